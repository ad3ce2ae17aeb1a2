package io.clearmarket.network.embedded.ledger;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.hyperledger.fabric.protos.common.Block;
import org.jspecify.annotations.Nullable;

/**
 * The blocks on disk: append-only files of at most 64 MiB or one block, each block in a {@link BlockFrame}. Every append is
 * synced before the next one begins, so at most the very last frame can be torn; it was never acknowledged and is cut off
 * on opening. Any other damage is refused, not repaired.
 */
final class BlockFiles implements AutoCloseable {
    private static final long FILE_BYTES = 64L << 20;
    private static final int OFFSET_BITS = 40;

    private final Path directory;
    private final FileChannel lockFile;
    private final List<Segment> segments = new CopyOnWriteArrayList<>();
    private volatile long[] positions = new long[1024];
    private volatile int count;
    private @Nullable String broken;

    /** One file; access is serialised, and RandomAccessFile (unlike a channel) survives an interrupted reader. */
    private record Segment(Path path, RandomAccessFile file) {}

    private BlockFiles(Path directory, FileChannel lockFile) {
        this.directory = directory;
        this.lockFile = lockFile;
    }

    /**
     * Opens the directory, cuts off a torn tail and hands every block, oldest first, to the consumer.
     *
     * @throws UncheckedIOException if the directory can't be used, is open elsewhere or is damaged
     */
    static BlockFiles open(Path directory, Consumer<Block> onBlock) {
        try {
            Files.createDirectories(directory);
            BlockFiles files = new BlockFiles(directory, lock(directory));
            try {
                files.recover(onBlock);
                return files;
            } catch (IOException | RuntimeException e) {
                files.close();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("ledger " + directory + " can't be opened: " + e.getMessage(), e);
        }
    }

    private static FileChannel lock(Path directory) throws IOException {
        FileChannel channel =
                FileChannel.open(directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return channel;
            }
        } catch (OverlappingFileLockException openInThisProcess) {
            // the message below holds for both
        }
        channel.close();
        throw new IOException("it is in use by another peer");
    }

    private void recover(Consumer<Block> onBlock) throws IOException {
        List<Path> paths;
        try (Stream<Path> found = Files.list(directory)) {
            paths = found.filter(p -> p.getFileName().toString().matches("blocks-\\d{6}"))
                    .sorted()
                    .toList();
        }
        for (Path path : paths) {
            boolean last = path.equals(paths.getLast());
            Segment segment = openSegment(path);
            long end = scan(segment, onBlock, last);
            if (end < segment.file().length()) {
                segment.file().setLength(end);
                segment.file().getFD().sync();
            }
        }
    }

    private long scan(Segment segment, Consumer<Block> onBlock, boolean last) throws IOException {
        byte[] bytes = Files.readAllBytes(segment.path());
        int at = 0;
        while (at < bytes.length) {
            switch (BlockFrame.read(bytes, at)) {
                case BlockFrame.Whole(Block block, int next) -> {
                    record(at);
                    onBlock.accept(block);
                    at = next;
                }
                case BlockFrame.Torn torn
                when last -> {
                    return at;
                }
                case BlockFrame.Torn torn -> throw new IOException(segment.path() + " ends too early, at byte " + at);
                case BlockFrame.Damaged damaged -> throw new IOException(segment.path() + " is damaged at byte " + at);
            }
        }
        return at;
    }

    private Segment openSegment(Path path) throws IOException {
        Segment segment = new Segment(path, new RandomAccessFile(path.toFile(), "rw"));
        segments.add(segment);
        return segment;
    }

    private void record(long offset) {
        if (count == positions.length) {
            positions = Arrays.copyOf(positions, Math.multiplyExact(2, count));
        }
        positions[count] = ((long) (segments.size() - 1) << OFFSET_BITS) | offset;
        count = Math.addExact(count, 1);
    }

    int count() {
        return count;
    }

    /**
     * Writes and syncs a block; when this returns, it survives a kill and a power cut.
     *
     * @throws UncheckedIOException if the disk refuses; nothing more is accepted then until the ledger is opened again
     */
    void append(Block block) {
        if (broken != null) {
            throw new IllegalStateException(
                    "ledger " + directory + " must be opened again, an earlier write failed: " + broken);
        }
        try {
            byte[] frame = BlockFrame.of(block);
            Segment segment = segmentFor(frame.length);
            long offset = segment.file().length();
            synchronized (segment) {
                segment.file().seek(offset);
                segment.file().write(frame);
            }
            // outside the lock: readers of older blocks need not wait for the disk
            segment.file().getFD().sync();
            record(offset);
        } catch (IOException e) {
            broken = e.getMessage();
            throw new UncheckedIOException(
                    "block " + block.getHeader().getNumber() + " could not be stored in " + directory + ": "
                            + e.getMessage(),
                    e);
        }
    }

    private Segment segmentFor(int bytes) throws IOException {
        if (!segments.isEmpty()) {
            Segment last = segments.getLast();
            if (last.file().length() == 0 || last.file().length() + bytes <= FILE_BYTES) {
                return last;
            }
        }
        Segment next = openSegment(directory.resolve("blocks-%06d".formatted(segments.size())));
        // the file's name must survive as well as its content
        try (FileChannel names = FileChannel.open(directory)) {
            names.force(true);
        }
        return next;
    }

    /** A stored block. */
    Block read(long number) {
        long position = positions[Math.toIntExact(number)];
        Segment segment = segments.get((int) (position >>> OFFSET_BITS));
        try {
            byte[] content;
            synchronized (segment) {
                segment.file().seek(position & ((1L << OFFSET_BITS) - 1));
                content = BlockFrame.readContent(segment.file());
            }
            return Block.parseFrom(content);
        } catch (IOException e) {
            throw new UncheckedIOException("block " + number + " can't be read from " + segment.path(), e);
        }
    }

    @Override
    public void close() {
        List<AutoCloseable> open =
                new ArrayList<>(segments.stream().map(Segment::file).toList());
        open.add(lockFile);
        for (AutoCloseable file : open) {
            try {
                file.close();
            } catch (Exception nothingToLose) {
                // every block was synced when it was written
            }
        }
    }
}
