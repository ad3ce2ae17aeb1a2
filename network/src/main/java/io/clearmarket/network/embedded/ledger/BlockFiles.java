package io.clearmarket.network.embedded.ledger;

import io.clearmarket.network.embedded.faults.WriteGuard;
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
import java.util.Optional;
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
    private volatile WriteGuard guard = WriteGuard.NONE;
    private @Nullable String broken;

    /** One file; access is serialised, and RandomAccessFile (unlike a channel) survives an interrupted reader. */
    private record Segment(Path path, RandomAccessFile file) {}

    private BlockFiles(Path directory, FileChannel lockFile) {
        this.directory = directory;
        this.lockFile = lockFile;
    }

    /**
     * Opens the directory's files; {@link #recover} is to be called before anything else.
     *
     * @throws UncheckedIOException if the directory can't be used or is open elsewhere
     */
    static BlockFiles open(Path directory) {
        try {
            Files.createDirectories(directory);
            BlockFiles files = new BlockFiles(directory, lock(directory));
            try {
                files.openSegments();
                return files;
            } catch (IOException e) {
                files.close();
                throw e;
            }
        } catch (IOException e) {
            throw unusable(directory, e);
        }
    }

    private static UncheckedIOException unusable(Path directory, IOException cause) {
        return new UncheckedIOException("ledger " + directory + " can't be opened: " + cause.getMessage(), cause);
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

    private void openSegments() throws IOException {
        List<Path> paths;
        try (Stream<Path> found = Files.list(directory)) {
            paths = found.filter(p -> p.getFileName().toString().matches("blocks-\\d{6}"))
                    .sorted()
                    .toList();
        }
        for (Path path : paths) {
            openSegment(path);
        }
    }

    /** The block at a position that {@link #positions} gave earlier, if it is there and undamaged. */
    Optional<Block> at(long position) {
        if (segmentOf(position) >= segments.size()) {
            return Optional.empty();
        }
        try {
            return Optional.of(readAt(position));
        } catch (IOException notThere) {
            return Optional.empty();
        }
    }

    /**
     * Hands every block from the first unknown one, oldest first, to the consumer, and cuts off a torn tail.
     *
     * @param known where the first blocks are, checked by the caller: they are not read again; may be empty
     * @throws UncheckedIOException if a file is damaged
     */
    void recover(long[] known, Consumer<Block> onBlock) {
        try {
            int first = 0;
            long from = 0;
            if (known.length > 0) {
                positions = known.clone();
                count = known.length;
                first = segmentOf(known[known.length - 1]);
                from = endOf(segments.get(first), known[known.length - 1]);
            }
            for (int i = first; i < segments.size(); i++) {
                recover(i, i == first ? from : 0, onBlock);
            }
        } catch (IOException e) {
            throw unusable(directory, e);
        }
    }

    private void recover(int number, long from, Consumer<Block> onBlock) throws IOException {
        Segment segment = segments.get(number);
        long end = scan(number, Math.toIntExact(from), onBlock);
        if (end < segment.file().length()) {
            segment.file().setLength(end);
            segment.file().getFD().sync();
        }
    }

    private static int segmentOf(long position) {
        return (int) (position >>> OFFSET_BITS);
    }

    private static long offsetOf(long position) {
        return position & ((1L << OFFSET_BITS) - 1);
    }

    /** Where the block at a position ends; its checksums must hold. */
    private static long endOf(Segment segment, long position) throws IOException {
        segment.file().seek(offsetOf(position));
        BlockFrame.readContent(segment.file());
        return segment.file().getFilePointer();
    }

    private long scan(int number, int from, Consumer<Block> onBlock) throws IOException {
        Segment segment = segments.get(number);
        boolean last = number == segments.size() - 1;
        byte[] bytes = Files.readAllBytes(segment.path());
        int at = from;
        while (at < bytes.length) {
            switch (BlockFrame.read(bytes, at)) {
                case BlockFrame.Whole(Block block, int next) -> {
                    record(number, at);
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

    private void record(int segment, long offset) {
        if (count == positions.length) {
            positions = Arrays.copyOf(positions, Math.multiplyExact(2, count));
        }
        positions[count] = ((long) segment << OFFSET_BITS) | offset;
        count = Math.addExact(count, 1);
    }

    int count() {
        return count;
    }

    /** Has every write ask first how much of it the disk takes. */
    void guard(WriteGuard writes) {
        guard = writes;
    }

    /** Where the first blocks are, to be handed to {@link #open} the next time. */
    long[] positions(int blocks) {
        return Arrays.copyOf(positions, Math.min(blocks, count));
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
            int taken = guard.allow(block.getHeader().getNumber(), frame.length);
            synchronized (segment) {
                segment.file().seek(offset);
                segment.file().write(frame, 0, taken);
            }
            if (taken < frame.length) {
                guard.refused();
                throw new IOException("No space left on device");
            }
            // outside the lock: readers of older blocks need not wait for the disk
            segment.file().getFD().sync();
            record(segments.size() - 1, offset);
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
        try {
            return readAt(position);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "block " + number + " can't be read from "
                            + segments.get(segmentOf(position)).path(),
                    e);
        }
    }

    private Block readAt(long position) throws IOException {
        Segment segment = segments.get(segmentOf(position));
        byte[] content;
        synchronized (segment) {
            segment.file().seek(offsetOf(position));
            content = BlockFrame.readContent(segment.file());
        }
        return Block.parseFrom(content);
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
