package io.clearmarket.network.embedded.ledger;

import com.google.protobuf.ByteString;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVRead;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.QueryReads;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.QueryReadsMerkleSummary;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.RangeQueryInfo;

/**
 * What a range scan returned, in the form of a read-write set: the reads themselves up to {@value #MAX_DEGREE}, a Merkle
 * summary of them above (fabric-protocol 4.2).
 */
final class RangeReads {
    /** Fabric's fixed degree of the summary tree. */
    static final int MAX_DEGREE = 50;

    private final int maxDegree;
    private List<KVRead> pending = new ArrayList<>();

    /** Hashes per level; the leaves' level is the first. */
    private final List<List<ByteString>> levels = new ArrayList<>();

    RangeReads(int maxDegree) {
        this.maxDegree = maxDegree;
        levels.add(new ArrayList<>());
    }

    void add(String key, Version version) {
        pending.add(read(key, version));
        if (pending.size() > maxDegree) {
            foldPending();
        }
    }

    /** A read of one key at a version. */
    static KVRead read(String key, Version version) {
        return KVRead.newBuilder().setKey(key).setVersion(version.toProto()).build();
    }

    /** Sets the reads or their summary; neither if there were none. Ends the collection. */
    void into(RangeQueryInfo.Builder info) {
        if (levels.size() > 1 || !levels.getFirst().isEmpty()) {
            info.setReadsMerkleHashes(summary());
        } else if (!pending.isEmpty()) {
            info.setRawReads(QueryReads.newBuilder().addAllKvReads(pending));
        }
    }

    private QueryReadsMerkleSummary summary() {
        if (!pending.isEmpty()) {
            foldPending();
        }
        // complete the levels below the top one, each into a single hash of the next
        for (int level = 0; level + 1 < levels.size(); level++) {
            List<ByteString> hashes = levels.get(level);
            if (!hashes.isEmpty()) {
                levels.get(level + 1).add(hashes.size() == 1 ? hashes.getFirst() : hash(ByteString.copyFrom(hashes)));
            }
        }
        List<ByteString> top = levels.getLast();
        if (top.size() > maxDegree) {
            top = List.of(hash(ByteString.copyFrom(top)));
            levels.add(top);
        }
        return QueryReadsMerkleSummary.newBuilder()
                .setMaxDegree(maxDegree)
                .setMaxLevel(levels.size())
                .addAllMaxLevelHashes(top)
                .build();
    }

    private void foldPending() {
        levels.getFirst()
                .add(hash(QueryReads.newBuilder().addAllKvReads(pending).build().toByteString()));
        pending = new ArrayList<>();
        for (int level = 0; levels.get(level).size() > maxDegree; level++) {
            if (level + 1 == levels.size()) {
                levels.add(new ArrayList<>());
            }
            levels.get(level + 1).add(hash(ByteString.copyFrom(levels.get(level))));
            levels.get(level).clear();
        }
    }

    private static ByteString hash(ByteString bytes) {
        MessageDigest digest = BlockHashes.sha256();
        digest.update(bytes.asReadOnlyByteBuffer());
        return ByteString.copyFrom(digest.digest());
    }
}
