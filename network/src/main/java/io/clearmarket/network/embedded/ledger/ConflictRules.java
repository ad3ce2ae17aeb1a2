package io.clearmarket.network.embedded.ledger;

import java.util.List;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVRWSet;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVRead;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVReadHash;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.RangeQueryInfo;
import org.hyperledger.fabric.protos.peer.TxValidationCode;

/** Whether what a transaction read is still so: MVCC and phantom checks (fabric-protocol 5.4). */
final class ConflictRules {
    private final WorldState before;
    private final UpdateBatch earlier;

    /**
     * @param earlier updates of the block's earlier valid transactions, looked at anew by each check
     */
    ConflictRules(WorldState before, UpdateBatch earlier) {
        this.before = before;
        this.earlier = earlier;
    }

    TxValidationCode check(List<NamespaceReadWrites> readWrites) {
        for (NamespaceReadWrites inNamespace : readWrites) {
            KVRWSet keys = inNamespace.keys();
            for (KVRead read : keys.getReadsList()) {
                if (!holds(
                        new StateKey(inNamespace.namespace(), read.getKey()), read.hasVersion(), read.getVersion())) {
                    return TxValidationCode.MVCC_READ_CONFLICT;
                }
            }
            for (RangeQueryInfo range : keys.getRangeQueriesInfoList()) {
                if (!holds(inNamespace.namespace(), range)) {
                    return TxValidationCode.PHANTOM_READ_CONFLICT;
                }
            }
            for (CollectionReadWrites collection : inNamespace.collections()) {
                for (KVReadHash read : collection.hashes().getHashedReadsList()) {
                    if (!holds(collection.key(read.getKeyHash()), read.hasVersion(), read.getVersion())) {
                        return TxValidationCode.MVCC_READ_CONFLICT;
                    }
                }
            }
        }
        return TxValidationCode.VALID;
    }

    private boolean holds(
            StateKey key, boolean present, org.hyperledger.fabric.protos.ledger.rwset.kvrwset.Version version) {
        if (earlier.touches(key.namespace(), key.key())) {
            return false;
        }
        StateValue committed = before.get(key.namespace(), key.key());
        if (committed == null || !present) {
            return committed == null && !present;
        }
        return committed.version().block() == version.getBlockNum()
                && committed.version().transaction() == version.getTxNum();
    }

    /** The scan is made again and must give the same keys at the same versions. */
    private boolean holds(String namespace, RangeQueryInfo range) {
        int degree = range.hasReadsMerkleHashes() ? range.getReadsMerkleHashes().getMaxDegree() : Integer.MAX_VALUE;
        if (degree < 2) {
            return false;
        }
        RangeReads now = new RangeReads(degree);
        RangeScan scan = RangeScan.of(
                before, earlier, namespace, range.getStartKey(), range.getEndKey(), !range.getItrExhausted());
        int most = range.hasReadsMerkleHashes()
                ? Integer.MAX_VALUE
                : range.getRawReads().getKvReadsCount();
        for (int seen = 0; scan.hasNext(); seen++) {
            if (seen == most) {
                return false;
            }
            SortedTree.Entry<StateValue> entry = scan.next();
            now.add(entry.key(), entry.value().version());
        }
        RangeQueryInfo.Builder again = RangeQueryInfo.newBuilder();
        now.into(again);
        return again.getRawReads().equals(range.getRawReads())
                && again.getReadsMerkleHashes().equals(range.getReadsMerkleHashes());
    }
}
