package io.clearmarket.network.embedded.ledger.snapshot;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The snapshots of one ledger: folders {@code snapshot-<height>} beside its blocks. A snapshot is written under another name
 * and renamed when every byte of it is on the disk, so a kill at any moment leaves either none or a whole one; a whole one is
 * believed only if the SHA-256 of each file is the one in its manifest. Losing a snapshot loses nothing but time.
 */
public final class SnapshotFolder {
    private static final System.Logger LOG = System.getLogger(SnapshotFolder.class.getName());
    private static final String PREFIX = "snapshot-";
    private static final String UNFINISHED = ".new";
    private static final String MANIFEST = "manifest";
    private static final String MANIFEST_HASH = "manifest";
    private static final String HASH_SUFFIX = ".sha256";

    private final Path ledger;

    public SnapshotFolder(Path ledger) {
        this.ledger = ledger;
    }

    /** Writes a part of a snapshot. */
    @FunctionalInterface
    public interface Part {
        void write(OutputStream to) throws IOException;
    }

    /**
     * A snapshot whose files are what its manifest says.
     *
     * @param facts what was noted beside the files' hashes, such as the height
     */
    public record Verified(Path directory, Map<String, String> facts) {
        public Path part(String name) {
            return directory.resolve(name);
        }

        /** @throws IOException if the snapshot does not say */
        public String fact(String name) throws IOException {
            String fact = facts.get(name);
            if (fact == null) {
                throw new IOException(directory + " does not say its " + name);
            }
            return fact;
        }
    }

    /** Writes a snapshot, makes it the only one, and returns it. */
    public Verified write(long height, Map<String, String> facts, Map<String, Part> parts) throws IOException {
        Path unfinished = ledger.resolve(PREFIX + height + UNFINISHED);
        Path finished = ledger.resolve(PREFIX + height);
        delete(unfinished);
        Files.createDirectories(unfinished);
        Map<String, String> manifest = new TreeMap<>(facts);
        for (Map.Entry<String, Part> part : parts.entrySet()) {
            manifest.put(hashOf(part.getKey()), write(unfinished.resolve(part.getKey()), part.getValue()));
        }
        String text = text(manifest);
        byte[] sealed = (text + MANIFEST_HASH + " " + hex(Fingerprints.sha256().digest(bytes(text))) + "\n")
                .getBytes(StandardCharsets.UTF_8);
        write(unfinished.resolve(MANIFEST), out -> out.write(sealed));
        sync(unfinished);
        delete(finished);
        Files.move(unfinished, finished, StandardCopyOption.ATOMIC_MOVE);
        sync(ledger);
        deleteAllBut(finished);
        return new Verified(finished, Map.copyOf(manifest));
    }

    /** The newest snapshot that holds what it says; what is unfinished or damaged is removed. */
    public Optional<Verified> newest() throws IOException {
        if (!Files.isDirectory(ledger)) {
            return Optional.empty();
        }
        for (Path candidate : candidates()) {
            if (!candidate.getFileName().toString().endsWith(UNFINISHED)) {
                try {
                    return Optional.of(verified(candidate));
                } catch (IOException damaged) {
                    LOG.log(System.Logger.Level.WARNING, "not used, and removed: {0}", damaged.getMessage());
                }
            }
            delete(candidate);
        }
        return Optional.empty();
    }

    /** Removes all snapshots, so that the next opening replays the blocks. */
    public void clear() throws IOException {
        for (Path candidate : candidates()) {
            delete(candidate);
        }
    }

    private List<Path> candidates() throws IOException {
        try (Stream<Path> found = Files.list(ledger)) {
            return found.filter(path -> path.getFileName().toString().matches(PREFIX + "\\d+(\\.new)?"))
                    .sorted(Comparator.comparingLong(SnapshotFolder::height).reversed())
                    .toList();
        }
    }

    private static long height(Path directory) {
        String name = directory.getFileName().toString().substring(PREFIX.length());
        return Long.parseLong(
                name.endsWith(UNFINISHED) ? name.substring(0, name.length() - UNFINISHED.length()) : name);
    }

    private static Verified verified(Path directory) throws IOException {
        String sealed = Files.readString(directory.resolve(MANIFEST));
        int end = sealed.lastIndexOf(MANIFEST_HASH + " ");
        String text = sealed.substring(0, Math.max(end, 0));
        String hash = MANIFEST_HASH + " " + hex(Fingerprints.sha256().digest(bytes(text))) + "\n";
        if (end < 0 || !sealed.substring(end).equals(hash)) {
            throw new IOException("the manifest of " + directory + " is damaged");
        }
        Map<String, String> manifest = new TreeMap<>();
        text.lines()
                .forEach(line ->
                        manifest.put(line.substring(0, line.indexOf(' ')), line.substring(line.indexOf(' ') + 1)));
        for (Map.Entry<String, String> entry : manifest.entrySet()) {
            if (entry.getKey().endsWith(HASH_SUFFIX)) {
                String part = entry.getKey().substring(0, entry.getKey().length() - HASH_SUFFIX.length());
                if (!hash(directory.resolve(part)).equals(entry.getValue())) {
                    throw new IOException(part + " of " + directory + " is damaged");
                }
            }
        }
        return new Verified(directory, Map.copyOf(manifest));
    }

    private static String hashOf(String part) {
        return part + HASH_SUFFIX;
    }

    private static String text(Map<String, String> manifest) {
        StringBuilder lines = new StringBuilder();
        manifest.forEach(
                (name, value) -> lines.append(name).append(' ').append(value).append('\n'));
        return lines.toString();
    }

    /** Writes a file to the disk and returns its hash. */
    private static String write(Path file, Part part) throws IOException {
        MessageDigest digest = Fingerprints.sha256();
        try (OutputStream out = new DigestOutputStream(Files.newOutputStream(file), digest)) {
            part.write(out);
        }
        sync(file);
        return hex(digest.digest());
    }

    private static String hash(Path file) throws IOException {
        MessageDigest digest = Fingerprints.sha256();
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        return hex(digest.digest());
    }

    private static void sync(Path fileOrDirectory) throws IOException {
        try (FileChannel channel = FileChannel.open(fileOrDirectory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private void deleteAllBut(Path kept) throws IOException {
        for (Path candidate : candidates()) {
            if (!candidate.equals(kept)) {
                delete(candidate);
            }
        }
    }

    private static void delete(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> paths = Files.walk(directory)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
