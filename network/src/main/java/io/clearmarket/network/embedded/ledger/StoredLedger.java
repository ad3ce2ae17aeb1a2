package io.clearmarket.network.embedded.ledger;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.Optional;
import org.hyperledger.fabric.protos.common.Block;

/** What is found in a ledger's directory: its blocks and all that is known about them. */
record StoredLedger(BlockFiles files, LedgerIndex index, LedgerSnapshots snapshots) {
    private static final System.Logger LOG = System.getLogger(StoredLedger.class.getName());
    private static final long[] NONE = {};

    /**
     * From the newest snapshot and the blocks after it, each checked against the one before; from all blocks if there is no
     * snapshot or it does not belong to them.
     */
    static StoredLedger open(Path directory, int snapshotInterval) {
        BlockFiles files = BlockFiles.open(directory);
        try {
            LedgerSnapshots snapshots = new LedgerSnapshots(directory, snapshotInterval);
            LedgerIndex index = new LedgerIndex(files::read);
            long[] known = snapshots
                    .newest()
                    .filter(snapshot -> endsWithItsBlock(snapshot, files, directory))
                    .map(snapshot -> restored(index, snapshot))
                    .orElse(NONE);
            if (known.length == 0) {
                snapshots.discard();
            }
            files.recover(known, block -> {
                index.replay(block);
                snapshots.replayed(block.getData().getDataCount());
            });
            return new StoredLedger(files, index, snapshots);
        } catch (RuntimeException e) {
            files.close();
            throw e;
        }
    }

    /** The block says what the state after it must hash to, and its header what came before. */
    private static boolean endsWithItsBlock(LedgerSnapshots.Opened snapshot, BlockFiles files, Path directory) {
        LedgerIndex.View view = snapshot.view();
        Optional<Block> last = files.at(snapshot.blocks().get(snapshot.blocks().limit() - 1));
        boolean same = last.isPresent()
                && last.get().getHeader().getNumber() == view.height() - 1
                && CompletedBlock.commitHash(last.get()).equals(view.commitHash())
                && view.hash().equals(LedgerIndex.headerHash(last.get()));
        if (!same) {
            LOG.log(Level.WARNING, "the snapshot in {0} does not belong to its blocks: they are replayed", directory);
        }
        return same;
    }

    private static long[] restored(LedgerIndex index, LedgerSnapshots.Opened snapshot) {
        try {
            index.restore(snapshot);
            return snapshot.blocks().array();
        } catch (IOException e) {
            throw new UncheckedIOException("a snapshot that was checked cannot be read", e);
        }
    }
}
