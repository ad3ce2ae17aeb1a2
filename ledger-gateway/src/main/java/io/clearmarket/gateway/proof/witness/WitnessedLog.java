package io.clearmarket.gateway.proof.witness;

import io.clearmarket.gateway.proof.tree.TilePath;
import io.clearmarket.gateway.proof.tree.TileTree;
import io.clearmarket.wallet.json.Json;
import io.clearmarket.wallet.proof.CompactRange;
import io.clearmarket.wallet.proof.LogLeaf;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/**
 * A witness's own copy of the log in files: tiles of hashes and of leaves, and the block that it has come to. It is derived from blocks, so what
 * a crash leaves unfinished is written again, and files that are not sound are begun anew.
 */
final class WitnessedLog implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WitnessedLog.class);
    private static final Position START = new Position(0, "0".repeat(64), 0, new byte[0]);

    private final Path folder;
    private final FileChannel lock;
    private final TileFiles tiles;
    private volatile Position position;

    /**
     * Where it is.
     *
     * @param nextBlock the block that comes next
     * @param lastHash the hash that it must name as its previous one
     * @param size of the tree
     * @param subtrees of the tree, as {@link CompactRange} saves them
     */
    @SuppressWarnings("ArrayRecordComponent") // read once, never compared
    record Position(long nextBlock, String lastHash, long size, byte[] subtrees) {
        CompactRange tree() {
            return CompactRange.restore(size, subtrees);
        }
    }

    private WitnessedLog(Path folder, FileChannel lock) throws IOException {
        this.folder = folder;
        this.lock = lock;
        this.tiles = new TileFiles(folder.resolve("tile"));
        this.position = saved(folder.resolve("position"));
    }

    /**
     * Opens a folder, made where it is absent.
     *
     * @throws IllegalStateException if another process has it open
     */
    static WitnessedLog open(Path folder) throws IOException {
        Files.createDirectories(folder);
        FileChannel lock =
                FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (!locked(lock)) {
                throw new IllegalStateException(folder + " is in use: another witness runs on it");
            }
            return new WitnessedLog(folder, lock);
        } catch (IOException | RuntimeException failure) {
            lock.close();
            throw failure;
        }
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException sameProcess) {
            return false;
        }
    }

    /** What was written last, if the files have it; else the start. */
    private Position saved(Path file) throws IOException {
        if (!Files.exists(file)) {
            return START;
        }
        try {
            Position last = Json.MAPPER.readValue(Files.readAllBytes(file), Position.class);
            if (tiles.areThere(last.size())
                    && new TileTree(tiles::tile)
                            .root(last.size())
                            .equals(last.tree().root())) {
                return last;
            }
            LOG.warn("All blocks are read again: the files in {} are not as they were left", folder);
        } catch (UncheckedIOException | JacksonException | IllegalArgumentException e) {
            LOG.warn("All blocks are read again: {}", e.getMessage());
        }
        return START;
    }

    Position position() {
        return position;
    }

    long size() {
        return position.size();
    }

    /** A tree over the tiles as they are now. */
    TileTree tree() {
        return new TileTree(tiles::tile);
    }

    /** Adds a block's leaves; seen by readers all at once. */
    void append(long nextBlock, String hash, List<LogLeaf> leaves) throws IOException {
        Position before = position;
        CompactRange tree = before.tree();
        for (LogLeaf leaf : leaves) {
            tree.append(leaf.hash());
        }
        tiles.append(before.size(), leaves.stream().map(LogLeaf::bytes).toList());
        Position after = new Position(nextBlock, hash, tree.size(), tree.save());
        Path written = folder.resolve("position.new");
        Files.write(written, Json.MAPPER.writeValueAsBytes(after));
        Files.move(
                written,
                folder.resolve("position"),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
        position = after;
    }

    /** A tile's hashes, if the tree has so many. */
    Optional<byte[]> hashes(int level, TilePath path) throws IOException {
        return isIn(level, path) ? Optional.of(tiles.hashes(level, path.index(), path.width())) : Optional.empty();
    }

    /** A bundle of leaves, if the tree has so many. */
    Optional<byte[]> entries(TilePath path) throws IOException {
        return isIn(0, path) ? Optional.of(tiles.entries(path.index(), path.width())) : Optional.empty();
    }

    private boolean isIn(int level, TilePath path) {
        return TilePath.in(position.size(), level, path.index())
                .filter(there -> there.width() >= path.width())
                .isPresent();
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
