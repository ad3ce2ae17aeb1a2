package io.clearmarket.network.embedded.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.clearmarket.wallet.Digests;
import java.util.ArrayList;
import java.util.List;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.QueryReads;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.QueryReadsMerkleSummary;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.RangeQueryInfo;
import org.junit.jupiter.api.Test;

class RangeReadsTest {
    private static final Version VERSION = new Version(3, 1);

    private static QueryReadsMerkleSummary summary(int results) {
        RangeReads reads = new RangeReads(RangeReads.MAX_DEGREE);
        for (int i = 0; i < results; i++) {
            reads.add("k" + i, VERSION);
        }
        RangeQueryInfo.Builder info = RangeQueryInfo.newBuilder();
        reads.into(info);
        return info.getReadsMerkleHashes();
    }

    /** The hash of results from (inclusive) to (exclusive). */
    private static ByteString leaf(int from, int to) {
        QueryReads.Builder reads = QueryReads.newBuilder();
        for (int i = from; i < to; i++) {
            reads.addKvReads(RangeReads.read("k" + i, VERSION));
        }
        return ByteString.copyFrom(Digests.sha256(reads.build().toByteArray()));
    }

    private static ByteString hash(List<ByteString> hashes) {
        return ByteString.copyFrom(Digests.sha256(ByteString.copyFrom(hashes).toByteArray()));
    }

    private static List<ByteString> leaves(int count) {
        List<ByteString> leaves = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            leaves.add(leaf(51 * i, 51 * (i + 1)));
        }
        return leaves;
    }

    @Test
    void a_leaf_holds_51_results_and_the_rest_is_a_leaf_of_its_own() {
        assertThat(summary(51).getMaxLevelHashesList()).containsExactly(leaf(0, 51));
        assertThat(summary(60).getMaxLevelHashesList()).containsExactly(leaf(0, 51), leaf(51, 60));
        assertThat(summary(60).getMaxLevel()).isEqualTo(1);
    }

    @Test
    void fifty_one_leaves_become_one_hash_a_level_up() {
        QueryReadsMerkleSummary summary = summary(51 * 51);
        assertThat(summary.getMaxLevel()).isEqualTo(2);
        assertThat(summary.getMaxLevelHashesList()).containsExactly(hash(leaves(51)));
    }

    @Test
    void fifty_leaves_and_a_rest_become_one_hash_at_the_end() {
        List<ByteString> all = leaves(50);
        all.add(leaf(2550, 2551));
        QueryReadsMerkleSummary summary = summary(2551);
        assertThat(summary.getMaxLevel()).isEqualTo(2);
        assertThat(summary.getMaxLevelHashesList()).containsExactly(hash(all));
    }

    @Test
    void a_lone_leaf_moves_up_unhashed_and_several_are_combined() {
        ByteString full = hash(leaves(51));
        assertThat(summary(51 * 51 + 1).getMaxLevelHashesList()).containsExactly(full, leaf(2601, 2602));
        assertThat(summary(51 * 51 + 52).getMaxLevelHashesList())
                .containsExactly(full, hash(List.of(leaf(2601, 2652), leaf(2652, 2653))));
    }
}
