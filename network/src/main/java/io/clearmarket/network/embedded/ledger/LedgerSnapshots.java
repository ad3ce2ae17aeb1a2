package io.clearmarket.network.embedded.ledger;

import com.google.protobuf.ByteString;
import io.clearmarket.network.embedded.ledger.snapshot.SnapshotFolder;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.System.Logger.Level;
import java.nio.LongBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Takes snapshots of a ledger now and then, beside the committer, and reads the newest one on opening. How often is a
 * balance: what came after the newest one is kept in memory and replayed on opening; each one writes the whole state.
 */
final class LedgerSnapshots implements AutoCloseable {
    /** Enough that writing a snapshot is little work per transaction, few enough that replaying them takes a moment. */
    static final int USUAL_INTERVAL = 10_000;

    private static final System.Logger LOG = System.getLogger(LedgerSnapshots.class.getName());
    private static final int LARGEST_SHARE = 20;
    private static final String STATE = "state";
    private static final String BLOCKS = "blocks";
    private static final String HEIGHT = "height";
    private static final String HASH = "header-hash";
    private static final String COMMIT_HASH = "commit-hash";
    private static final String TRANSACTIONS = "transactions-total";

    private final SnapshotFolder folder;
    private final Path directory;
    private final int interval;
    private long transactions;
    private long coveredTransactions;
    private @Nullable Thread writer;

    LedgerSnapshots(Path directory, int interval) {
        this.directory = directory;
        this.folder = new SnapshotFolder(directory);
        this.interval = interval;
    }

    /**
     * A snapshot as read.
     *
     * @param blocks where each block up to the height begins, for {@link BlockFiles}
     */
    record Opened(LedgerIndex.View view, SnapshotFolder.Verified files, LongBuffer blocks) {}

    /** The newest snapshot, its hashes checked, without private data, which has a store of its own; the caller compares it with the block that it ends with. */
    Optional<Opened> newest() {
        try {
            Optional<SnapshotFolder.Verified> found = folder.newest();
            return found.isPresent() ? Optional.of(read(found.get())) : Optional.empty();
        } catch (IOException | RuntimeException unusable) {
            LOG.log(Level.WARNING, "the snapshot in " + directory + " is not used: the blocks are replayed", unusable);
            return Optional.empty();
        }
    }

    private Opened read(SnapshotFolder.Verified snapshot) throws IOException {
        WorldState state;
        try (InputStream in = Files.newInputStream(snapshot.part(STATE))) {
            state = StateFile.read(in);
        }
        long height = Long.parseLong(snapshot.fact(HEIGHT));
        LedgerIndex.View view = new LedgerIndex.View(
                height, bytes(snapshot.fact(HASH)), bytes(snapshot.fact(COMMIT_HASH)), state, WorldState.EMPTY);
        transactions = Long.parseLong(snapshot.fact(TRANSACTIONS));
        coveredTransactions = transactions;
        long[] blocks = new long[Math.toIntExact(height)];
        try (DataInputStream in =
                new DataInputStream(new BufferedInputStream(Files.newInputStream(snapshot.part(BLOCKS))))) {
            for (int i = 0; i < blocks.length; i++) {
                blocks[i] = in.readLong();
            }
        }
        return new Opened(view, snapshot, LongBuffer.wrap(blocks));
    }

    /** Removes what turned out not to belong to these blocks. */
    void discard() {
        transactions = 0;
        coveredTransactions = 0;
        try {
            folder.clear();
        } catch (IOException e) {
            LOG.log(Level.WARNING, "snapshots in " + directory + " cannot be removed", e);
        }
    }

    /** Counts a replayed block. */
    void replayed(int more) {
        transactions += more;
    }

    /** Called by the committer after each block: begins a snapshot when one is due and none is being written. */
    void committed(int more, LedgerIndex index, BlockFiles files) {
        transactions += more;
        long due = Math.max(interval, coveredTransactions / LARGEST_SHARE);
        if (transactions - coveredTransactions < due || (writer != null && writer.isAlive())) {
            return;
        }
        coveredTransactions = transactions;
        index.freeze();
        LedgerIndex.View view = index.view();
        long[] blocks = files.positions(Math.toIntExact(view.height()));
        String total = Long.toString(transactions);
        writer = Thread.ofPlatform().name("snapshot").daemon().start(() -> write(view, total, blocks, index));
    }

    private void write(LedgerIndex.View view, String total, long[] blocks, LedgerIndex index) {
        Map<String, String> facts = Map.of(
                HEIGHT, Long.toString(view.height()),
                HASH, hex(view.hash()),
                COMMIT_HASH, hex(view.commitHash()),
                TRANSACTIONS, total);
        Map<String, SnapshotFolder.Part> parts = new LinkedHashMap<>();
        parts.put(STATE, out -> StateFile.write(view.state(), out));
        parts.put(BLOCKS, out -> write(blocks, out));
        index.parts().forEach((name, part) -> parts.put(name, part::writeFrozen));
        try {
            index.adopt(folder.write(view.height(), facts, parts));
        } catch (IOException | RuntimeException e) {
            LOG.log(
                    Level.WARNING,
                    "no snapshot of " + directory + " at block " + view.height()
                            + ": the ledger goes on, and will open more slowly",
                    e);
        }
    }

    private static void write(long[] numbers, OutputStream to) throws IOException {
        DataOutputStream out = new DataOutputStream(new BufferedOutputStream(to));
        for (long number : numbers) {
            out.writeLong(number);
        }
        out.flush();
    }

    private static ByteString bytes(String hex) {
        return ByteString.copyFrom(HexFormat.of().parseHex(hex));
    }

    private static String hex(ByteString bytes) {
        return HexFormat.of().formatHex(bytes.toByteArray());
    }

    /** Waits for a snapshot that is being written. */
    @Override
    public void close() {
        Thread running = writer;
        if (running != null) {
            try {
                running.join(TimeUnit.MINUTES.toMillis(1));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
