package io.clearmarket.gateway.up;

import io.clearmarket.chaincode.api.Digest;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The classes that a Java program loads, as one of its runs left them (JEP 350): a start with it takes half of the processor time. It belongs to
 * a build, whose jars alone it is good for, and is put in place whole, since a JVM that reads a half-written one ends.
 */
public final class ClassArchive {
    private static final String SUFFIX = ".jsa";

    private final Path file;
    /** What this run leaves, if there is no archive yet. */
    private final Path made;

    private ClassArchive(Path file) {
        this.file = file;
        this.made = file.resolveSibling(file.getFileName() + "." + UUID.randomUUID());
    }

    /**
     * For one run of a program.
     *
     * @param folder where archives are kept
     * @param classPath jars, and folders of jars ending in {@code *}
     */
    public static ClassArchive of(Path folder, String program, String classPath) {
        StringBuilder builtFrom = new StringBuilder(System.getProperty("java.home") + Runtime.version());
        try {
            Files.createDirectories(folder);
            for (String entry : classPath.split(File.pathSeparator, -1)) {
                Path path = Path.of(entry);
                try (Stream<Path> jars = entry.endsWith("*") ? Files.list(path.getParent()) : Stream.of(path)) {
                    jars.sorted().map(ClassArchive::stamp).forEach(builtFrom::append);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String key = Digest.sha256(builtFrom.toString()).hex().substring(0, 16);
        return new ClassArchive(folder.resolve(program + "-" + key + SUFFIX));
    }

    private static String stamp(Path jar) {
        try {
            return "\n" + jar + " " + Files.size(jar) + " " + Files.getLastModifiedTime(jar);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The JVM's options to use the archive, where there is one. */
    public List<String> use() {
        return Files.exists(file)
                ? List.of("-XX:SharedArchiveFile=" + file, "-Xlog:cds*=off", "-Xlog:aot*=off")
                : List.of();
    }

    /** The same, or else those to make one at the run's end. A run that halts itself (Runtime.halt) would fail at that. */
    List<String> useOrMake() {
        return Files.exists(file)
                ? use()
                : List.of("-XX:ArchiveClassesAtExit=" + made, "-Xlog:cds*=off", "-Xlog:aot*=off");
    }

    /** The run has ended as it was asked to: what it made is the archive from now on, in place of earlier builds'. */
    void ended() {
        try {
            if (Files.exists(made)) {
                Files.move(made, file, StandardCopyOption.ATOMIC_MOVE);
                deleteOthers();
            }
        } catch (IOException e) {
            System.err.println("clearmarket: the next start will be slower: " + e.getMessage());
        }
    }

    private void deleteOthers() throws IOException {
        String name = file.getFileName().toString();
        String program = name.substring(0, name.lastIndexOf('-') + 1);
        try (Stream<Path> all = Files.list(file.getParent())) {
            for (Path each : all.toList()) {
                String other = each.getFileName().toString();
                if (other.startsWith(program) && !other.startsWith(name)) {
                    Files.deleteIfExists(each);
                }
            }
        }
    }
}
