package io.clearmarket.gateway.proof.witness;

import io.clearmarket.gateway.proof.tree.TilePath;
import io.clearmarket.gateway.proof.tree.TileTree;
import io.clearmarket.wallet.proof.Hash;
import io.clearmarket.wallet.proof.Merkle;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Tiles in files: {@code 0/x001/234} for hashes, {@code entries/x001/234} for leaves, each with its length before it, two bytes, big-endian. A
 * file grows until it is full; what stands beyond the size that its owner knows is written over.
 */
final class TileFiles {
    private static final String ENTRIES = "entries";

    private final Path folder;

    TileFiles(Path folder) {
        this.folder = folder;
    }

    /** Adds leaves to a log of that size. */
    void append(long size, List<byte[]> leaves) throws IOException {
        List<Hash> hashes = leaves.stream().map(Merkle::leaf).toList();
        int taken = 0;
        while (taken < leaves.size()) {
            long at = size + taken;
            int present = (int) (at % TileTree.TILE_WIDTH);
            int added = Math.min(TileTree.TILE_WIDTH - present, leaves.size() - taken);
            Path bundle = file(ENTRIES, at / TileTree.TILE_WIDTH);
            int end = present == 0 ? 0 : bytesOf(Files.readAllBytes(bundle), present);
            write(bundle, end, bundled(leaves.subList(taken, taken + added)));
            taken += added;
        }
        append(0, size, hashes);
    }

    /** Adds hashes to a level, and the roots of tiles that became full to the level above. */
    private void append(int level, long size, List<Hash> hashes) throws IOException {
        List<Hash> full = new ArrayList<>();
        int taken = 0;
        while (taken < hashes.size()) {
            long at = size + taken;
            int present = (int) (at % TileTree.TILE_WIDTH);
            int added = Math.min(TileTree.TILE_WIDTH - present, hashes.size() - taken);
            long index = at / TileTree.TILE_WIDTH;
            ByteBuffer bytes = ByteBuffer.allocate(added * Hash.BYTES);
            hashes.subList(taken, taken + added).forEach(hash -> bytes.put(hash.bytes()));
            write(file(Integer.toString(level), index), (long) present * Hash.BYTES, bytes.array());
            if (present + added == TileTree.TILE_WIDTH) {
                full.add(TileTree.full(hashes(level, index, TileTree.TILE_WIDTH)));
            }
            taken += added;
        }
        if (!full.isEmpty()) {
            append(level + 1, size / TileTree.TILE_WIDTH, full);
        }
    }

    private static byte[] bundled(List<byte[]> leaves) {
        ByteArrayOutputStream bundle = new ByteArrayOutputStream();
        for (byte[] leaf : leaves) {
            bundle.write(leaf.length >> 8);
            bundle.write(leaf.length);
            bundle.writeBytes(leaf);
        }
        return bundle.toByteArray();
    }

    private static void write(Path file, long at, byte[] bytes) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
            open.seek(at);
            open.write(bytes);
            open.setLength(at + bytes.length);
        }
    }

    /** As {@link TileTree} asks for it; {@link UncheckedIOException} where there is none. */
    byte[] tile(int level, long index) {
        try {
            return Files.readAllBytes(file(Integer.toString(level), index));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The first so many hashes of a tile. */
    byte[] hashes(int level, long index, int width) throws IOException {
        byte[] bytes = Files.readAllBytes(file(Integer.toString(level), index));
        if (bytes.length < width * Hash.BYTES) {
            throw new EOFException("tile " + index + " of level " + level + " is too short");
        }
        return Arrays.copyOf(bytes, width * Hash.BYTES);
    }

    /** The first so many leaves of a bundle. */
    byte[] entries(long index, int width) throws IOException {
        byte[] bundle = Files.readAllBytes(file(ENTRIES, index));
        return Arrays.copyOf(bundle, bytesOf(bundle, width));
    }

    /** True if every file that a log of that size has is there, and long enough; what is in them is not looked at. */
    boolean areThere(long size) throws IOException {
        for (int level = 0; size >> (level * TileTree.TILE_HEIGHT) > 0; level++) {
            for (long index = 0; ; index++) {
                Optional<TilePath> wanted = TilePath.in(size, level, index);
                if (wanted.isEmpty()) {
                    break;
                }
                if (!isThere(Integer.toString(level), index, wanted.get().width() * Hash.BYTES)
                        || (level == 0 && !isThere(ENTRIES, index, wanted.get().width() * Short.BYTES))) {
                    return false;
                }
            }
        }
        return true;
    }

    private boolean isThere(String level, long index, int bytes) throws IOException {
        Path file = file(level, index);
        return Files.exists(file) && Files.size(file) >= bytes;
    }

    /** How many bytes the first so many leaves take. */
    private static int bytesOf(byte[] bundle, int leaves) throws EOFException {
        int at = 0;
        for (int i = 0; i < leaves; i++) {
            if (at + Short.BYTES > bundle.length) {
                throw new EOFException("a bundle of leaves is too short");
            }
            at += Short.BYTES + (Byte.toUnsignedInt(bundle[at]) << 8 | Byte.toUnsignedInt(bundle[at + 1]));
        }
        if (at > bundle.length) {
            throw new EOFException("a bundle of leaves is too short");
        }
        return at;
    }

    private Path file(String level, long index) {
        return folder.resolve(level).resolve(new TilePath(index, TileTree.TILE_WIDTH).text());
    }
}
