package io.clearmarket.network.embedded.ledger;

import static io.clearmarket.network.embedded.ledger.TestChannel.CHAINCODE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.hyperledger.fabric.protos.ledger.queryresult.KV;
import org.hyperledger.fabric.protos.ledger.rwset.NsReadWriteSet;
import org.hyperledger.fabric.protos.ledger.rwset.TxReadWriteSet;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVRWSet;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVRead;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVWrite;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.RangeQueryInfo;
import org.junit.jupiter.api.Test;

/** Statements 33 to 44 of fabric-protocol section 9, as far as the ledger decides them. */
class SimulationTest extends LedgerTestCase {
    private static final ByteString VALUE = ByteString.copyFromUtf8("v");

    private void store(String... keys) throws Simulator.Refused {
        TreeMap<String, String> values = new TreeMap<>();
        for (String key : keys) {
            values.put(key, "v");
        }
        commit(CHANNEL.puts(ledger, values).build());
    }

    private void store(int count) throws Simulator.Refused {
        String[] keys = new String[count];
        for (int i = 0; i < count; i++) {
            keys[i] = "k%04d".formatted(i);
        }
        store(keys);
    }

    private static KVRWSet of(TxReadWriteSet results, String namespace) throws InvalidProtocolBufferException {
        for (NsReadWriteSet set : results.getNsRwsetList()) {
            if (set.getNamespace().equals(namespace)) {
                return KVRWSet.parseFrom(set.getRwset());
            }
        }
        throw new AssertionError("no namespace " + namespace);
    }

    private static List<String> keys(List<KV> results) {
        return results.stream().map(KV::getKey).toList();
    }

    @Test
    void own_writes_and_deletes_are_not_seen() throws Exception {
        store("a", "b");
        try (Simulator simulator = ledger.simulate("tx")) {
            simulator.putState(CHAINCODE, "a", ByteString.copyFromUtf8("new"));
            simulator.putState(CHAINCODE, "aa", VALUE);
            simulator.deleteState(CHAINCODE, "b");
            assertThat(simulator.getState(CHAINCODE, "a")).isEqualTo(VALUE);
            assertThat(keys(simulator.range(CHAINCODE, "", "").next().results()))
                    .containsExactly("a", "b");
        }
    }

    @Test
    void a_simulation_keeps_its_height_while_blocks_are_committed() throws Exception {
        store("a");
        try (Simulator simulator = ledger.simulate("tx")) {
            commit(put("a", "later").build(), put("b", "later").build());
            assertThat(simulator.getState(CHAINCODE, "a")).isEqualTo(VALUE);
            assertThat(simulator.getState(CHAINCODE, "b")).isEmpty();
        }
        assertThat(get("a")).isEqualTo("later");
    }

    @Test
    void reads_carry_versions_absent_keys_none_and_writes_add_no_read() throws Exception {
        store("b", "a");
        try (Simulator simulator = ledger.simulate("tx")) {
            simulator.getState(CHAINCODE, "b");
            simulator.getState(CHAINCODE, "absent");
            simulator.getState(CHAINCODE, "b");
            simulator.putState(CHAINCODE, "z", VALUE);
            simulator.putState(CHAINCODE, "y", ByteString.EMPTY);
            simulator.readDefinition(CHAINCODE);
            KVRWSet set = of(simulator.results(), CHAINCODE);
            assertThat(set.getReadsList()).extracting(KVRead::getKey).containsExactly("absent", "b");
            assertThat(set.getReads(0).hasVersion()).isFalse();
            assertThat(set.getReads(1).getVersion().getBlockNum()).isEqualTo(2);
            assertThat(set.getWritesList()).extracting(KVWrite::getKey).containsExactly("y", "z");
            assertThat(set.getWritesList()).extracting(KVWrite::getIsDelete).containsExactly(true, false);
            KVRWSet lifecycle = of(simulator.results(), "_lifecycle");
            assertThat(lifecycle.getReadsList())
                    .extracting(KVRead::getKey)
                    .containsExactly("namespaces/fields/market/Sequence");
            assertThat(lifecycle.getReads(0).getVersion().getBlockNum()).isEqualTo(1);
            assertThat(simulator.results()).isSameAs(simulator.results());
            assertThatThrownBy(() -> simulator.getState(CHAINCODE, "b")).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void namespaces_and_keys_are_sorted_by_their_utf8_bytes() throws Exception {
        String emoji = "\uD83D\uDE00";
        String replacement = "\uFFFD";
        try (Simulator simulator = ledger.simulate("tx")) {
            for (String namespace : List.of("a", "_b", "Z")) {
                simulator.putState(namespace, emoji, VALUE);
                simulator.putState(namespace, replacement, VALUE);
            }
            TxReadWriteSet results = simulator.results();
            assertThat(results.getNsRwsetList())
                    .extracting(NsReadWriteSet::getNamespace)
                    .containsExactly("Z", "_b", "a");
            assertThat(of(results, "Z").getWritesList())
                    .extracting(KVWrite::getKey)
                    .containsExactly(replacement, emoji);
        }
        store(emoji, replacement);
        try (Simulator simulator = ledger.simulate("tx")) {
            assertThat(keys(simulator.range(CHAINCODE, "", "").next().results()))
                    .containsExactly(replacement, emoji);
        }
    }

    @Test
    void a_range_comes_in_batches_of_100_and_more_is_only_promised_when_fetched() throws Exception {
        store(200);
        try (Simulator simulator = ledger.simulate("tx")) {
            Simulator.Cursor cursor = simulator.range(CHAINCODE, "", "");
            Simulator.Batch first = cursor.next();
            assertThat(first.results()).hasSize(100);
            assertThat(first.hasMore()).isTrue();
            Simulator.Batch second = cursor.next();
            assertThat(second.results()).hasSize(100);
            assertThat(second.hasMore()).isFalse();
            assertThat(cursor.next().results()).isEmpty();
            List<String> all = new ArrayList<>(keys(first.results()));
            all.addAll(keys(second.results()));
            assertThat(all).isSorted().doesNotHaveDuplicates();
        }
    }

    @Test
    void a_scan_that_was_not_finished_ends_at_the_last_key_fetched() throws Exception {
        store(150);
        try (Simulator simulator = ledger.simulate("tx")) {
            simulator.range(CHAINCODE, "k", "l").next();
            RangeQueryInfo info = of(simulator.results(), CHAINCODE).getRangeQueriesInfo(0);
            assertThat(info.getStartKey()).isEqualTo("k");
            assertThat(info.getEndKey()).isEqualTo("k0100");
            assertThat(info.getItrExhausted()).isFalse();
        }
    }

    @Test
    void fifty_results_are_recorded_one_by_one_and_51_as_a_merkle_summary() throws Exception {
        store(51);
        try (Simulator simulator = ledger.simulate("tx")) {
            simulator.range(CHAINCODE, "", "k0050").next();
            simulator.range(CHAINCODE, "", "").next();
            simulator.range(CHAINCODE, "", "").next();
            simulator.range(CHAINCODE, "x", "y").next();
            KVRWSet set = of(simulator.results(), CHAINCODE);
            assertThat(set.getReadsCount()).isZero();
            assertThat(set.getRangeQueriesInfoCount()).isEqualTo(3);
            assertThat(set.getRangeQueriesInfo(0).getRawReads().getKvReadsCount())
                    .isEqualTo(50);
            assertThat(set.getRangeQueriesInfo(0).getEndKey()).isEqualTo("k0050");
            assertThat(set.getRangeQueriesInfo(0).getItrExhausted()).isTrue();
            assertThat(set.getRangeQueriesInfo(1).hasRawReads()).isFalse();
            assertThat(set.getRangeQueriesInfo(1).getReadsMerkleHashes().getMaxDegree())
                    .isEqualTo(50);
            RangeQueryInfo empty = set.getRangeQueriesInfo(2);
            assertThat(empty.hasRawReads() || empty.hasReadsMerkleHashes()).isFalse();
        }
    }

    @Test
    void pages_of_ten_over_25_keys() throws Exception {
        store(25);
        try (Simulator simulator = ledger.simulate("tx")) {
            Simulator.Page first = simulator.page(CHAINCODE, "", "", 10, "");
            assertThat(first.results()).hasSize(10);
            assertThat(first.bookmark()).isEqualTo("k0010");
            Simulator.Page second = simulator.page(CHAINCODE, "", "", 10, first.bookmark());
            assertThat(keys(second.results())).startsWith("k0010").hasSize(10);
            Simulator.Page third = simulator.page(CHAINCODE, "", "", 10, second.bookmark());
            assertThat(third.results()).hasSize(5);
            assertThat(third.bookmark()).isEmpty();
            assertThat(simulator.page(CHAINCODE, "", "", 0, "k0020").results()).hasSize(5);
        }
    }

    @Test
    void pages_and_writes_exclude_each_other() throws Exception {
        try (Simulator simulator = ledger.simulate("tx1")) {
            simulator.page(CHAINCODE, "", "", 10, "");
            assertThatThrownBy(() -> simulator.putState(CHAINCODE, "k", VALUE))
                    .isInstanceOf(Simulator.Refused.class)
                    .hasMessage("txid [tx1]: unsuppored transaction. Transaction has already performed a paginated"
                            + " query. Writes are not allowed");
        }
        try (Simulator simulator = ledger.simulate("tx2")) {
            simulator.range(CHAINCODE, "", "").next();
            simulator.putState(CHAINCODE, "k", VALUE);
            assertThatThrownBy(() -> simulator.page(CHAINCODE, "", "", 10, ""))
                    .isInstanceOf(Simulator.Refused.class)
                    .hasMessage("txid [tx2]: unsuppored transaction. Paginated queries are supported only in a"
                            + " read-only transaction");
        }
    }

    @Test
    void metadata_is_recorded_as_a_read_or_as_a_metadata_write() throws Exception {
        store("k");
        try (Simulator simulator = ledger.simulate("tx")) {
            assertThat(simulator.getValidationParameter(CHAINCODE, "k")).isNull();
            simulator.putValidationParameter(CHAINCODE, "m", VALUE);
            KVRWSet set = of(simulator.results(), CHAINCODE);
            assertThat(set.getReadsList()).extracting(KVRead::getKey).containsExactly("k");
            assertThat(set.getMetadataWrites(0).getKey()).isEqualTo("m");
            assertThat(set.getMetadataWrites(0).getEntries(0).getName()).isEqualTo("VALIDATION_PARAMETER");
            assertThat(set.getWritesCount()).isZero();
        }
    }
}
