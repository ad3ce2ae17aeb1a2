package io.clearmarket.network.embedded.ledger;

import static io.clearmarket.network.embedded.ledger.TestChannel.CHAINCODE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hyperledger.fabric.protos.peer.TxValidationCode.ENDORSEMENT_POLICY_FAILURE;
import static org.hyperledger.fabric.protos.peer.TxValidationCode.MVCC_READ_CONFLICT;
import static org.hyperledger.fabric.protos.peer.TxValidationCode.PHANTOM_READ_CONFLICT;
import static org.hyperledger.fabric.protos.peer.TxValidationCode.VALID;

import com.google.protobuf.ByteString;
import io.clearmarket.network.embedded.policy.SignaturePolicyParser;
import java.util.TreeMap;
import org.hyperledger.fabric.protos.common.Envelope;
import org.junit.jupiter.api.Test;

/** Statements 45 to 53 and 56 of fabric-protocol section 9. */
class ConflictTest extends LedgerTestCase {
    private static final ByteString PLATFORM_ONLY =
            SignaturePolicyParser.parse("OR('PlatformMSP.peer')").toByteString();
    private static final ByteString AUDIT_ONLY =
            SignaturePolicyParser.parse("OR('AuditMSP.peer')").toByteString();

    private static ByteString bytes(String text) {
        return ByteString.copyFromUtf8(text);
    }

    private TestTransaction readAndPut(String key, String value) throws Simulator.Refused {
        return transaction(s -> {
            s.getState(CHAINCODE, key);
            s.putState(CHAINCODE, key, bytes(value));
        });
    }

    private TestTransaction scanAndPut(String start, String end, String key) throws Simulator.Refused {
        return transaction(s -> {
            s.range(CHAINCODE, start, end).next();
            s.putState(CHAINCODE, key, bytes("scanned"));
        });
    }

    private TestTransaction delete(String key) throws Simulator.Refused {
        return transaction(s -> s.deleteState(CHAINCODE, key));
    }

    private TestTransaction bind(String key, ByteString policy) throws Simulator.Refused {
        return transaction(s -> s.putValidationParameter(CHAINCODE, key, policy));
    }

    @Test
    void of_two_read_modify_writes_in_one_block_the_first_wins() throws Exception {
        commit(put("k", "0").build());
        Envelope first = readAndPut("k", "1").build();
        Envelope second = readAndPut("k", "2").build();
        assertThat(commit(first, second)).containsExactly(VALID, MVCC_READ_CONFLICT);
        assertThat(get("k")).isEqualTo("1");
    }

    @Test
    void of_two_blind_writes_in_one_block_both_are_valid_and_the_last_stays() throws Exception {
        assertThat(commit(put("k", "1").build(), put("k", "2").build())).containsExactly(VALID, VALID);
        assertThat(get("k")).isEqualTo("2");
    }

    @Test
    void a_read_of_an_older_version_or_of_absence_conflicts() throws Exception {
        Envelope readAbsent = readAndPut("k", "late").build();
        commit(put("k", "1").build());
        assertThat(commit(readAbsent)).containsExactly(MVCC_READ_CONFLICT);
        Envelope readFirst = readAndPut("k", "late").build();
        commit(delete("k").build());
        assertThat(commit(readFirst)).containsExactly(MVCC_READ_CONFLICT);
        assertThat(commit(readAndPut("k", "again").build())).containsExactly(VALID);
    }

    @Test
    void an_invalid_transaction_conflicts_with_nobody() throws Exception {
        Envelope refused = readAndPut("k", "1").endorsers(CHANNEL.auditPeer).build();
        Envelope good = readAndPut("k", "2").build();
        assertThat(commit(refused, good)).containsExactly(ENDORSEMENT_POLICY_FAILURE, VALID);
    }

    @Test
    void insert_delete_and_update_in_a_scanned_range_are_phantoms_outside_it_they_are_not() throws Exception {
        commit(put("b", "1").build(), put("d", "1").build());
        for (TestTransaction change : new TestTransaction[] {put("c", "new"), put("b", "other"), delete("d")}) {
            Envelope scan = scanAndPut("b", "e", "out").build();
            assertThat(commit(change.build(), scan)).containsExactly(VALID, PHANTOM_READ_CONFLICT);
        }
        Envelope scan = scanAndPut("b", "e", "out").build();
        assertThat(commit(
                        put("e", "end is exclusive").build(), put("a", "before").build(), scan))
                .containsExactly(VALID, VALID, VALID);
    }

    @Test
    void a_change_in_an_earlier_block_is_a_phantom_too_also_in_an_open_range() throws Exception {
        Envelope scan = scanAndPut("", "", "out").build();
        commit(put("zz", "1").build());
        assertThat(commit(scan)).containsExactly(PHANTOM_READ_CONFLICT);
    }

    @Test
    void taking_only_the_first_result_conflicts_up_to_the_prefetched_101st() throws Exception {
        TreeMap<String, String> many = new TreeMap<>();
        for (int i = 0; i < 150; i++) {
            many.put("k%03d".formatted(i), "v");
        }
        commit(CHANNEL.puts(ledger, many).build());
        Envelope first = scanAndPut("k", "l", "out").build();
        assertThat(commit(put("k101", "beyond what was fetched").build(), first))
                .containsExactly(VALID, VALID);
        Envelope second = scanAndPut("k", "l", "out").build();
        assertThat(commit(put("k100", "the 101st").build(), second)).containsExactly(VALID, PHANTOM_READ_CONFLICT);
    }

    @Test
    void history_protects_from_nothing() throws Exception {
        commit(put("k", "1").build());
        Envelope reader = transaction(s -> {
                    s.history(CHAINCODE, "k");
                    s.putState(CHAINCODE, "out", bytes("x"));
                })
                .build();
        commit(put("k", "2").build());
        assertThat(commit(reader)).containsExactly(VALID);
    }

    @Test
    void a_read_only_transaction_needs_the_chaincode_policy_and_can_lose() throws Exception {
        TestChannel.Steps read = s -> s.getState(CHAINCODE, "k");
        assertThat(commit(transaction(read).endorsers(CHANNEL.auditPeer).build()))
                .containsExactly(ENDORSEMENT_POLICY_FAILURE);
        Envelope good = transaction(read).build();
        Envelope late = transaction(read).build();
        assertThat(commit(good, put("k", "1").build(), late)).containsExactly(VALID, VALID, MVCC_READ_CONFLICT);
    }

    @Test
    void a_bound_key_needs_its_own_policy_and_other_keys_the_chaincodes() throws Exception {
        commit(put("k", "1").build());
        assertThat(commit(bind("k", PLATFORM_ONLY).build())).containsExactly(VALID);
        assertThat(commit(
                        put("k", "2")
                                .endorsers(CHANNEL.auditPeer, CHANNEL.merchantsPeer)
                                .build(),
                        put("k", "3").endorsers(CHANNEL.platformPeer).build(),
                        put("other", "4").endorsers(CHANNEL.platformPeer).build()))
                .containsExactly(ENDORSEMENT_POLICY_FAILURE, VALID, ENDORSEMENT_POLICY_FAILURE);
        assertThat(commit(bind("k", AUDIT_ONLY).endorsers(CHANNEL.auditPeer).build()))
                .containsExactly(ENDORSEMENT_POLICY_FAILURE);
        assertThat(commit(bind("k", AUDIT_ONLY).endorsers(CHANNEL.platformPeer).build()))
                .containsExactly(VALID);
        assertThat(commit(put("k", "5").endorsers(CHANNEL.auditPeer).build())).containsExactly(VALID);
    }

    @Test
    void deleting_a_key_drops_its_policy_and_overwriting_keeps_it() throws Exception {
        commit(put("k", "1").build());
        commit(bind("k", PLATFORM_ONLY).build());
        commit(put("k", "2").endorsers(CHANNEL.platformPeer).build());
        try (Simulator simulator = ledger.simulate("read")) {
            assertThat(simulator.getValidationParameter(CHAINCODE, "k")).isEqualTo(PLATFORM_ONLY);
        }
        assertThat(commit(delete("k").endorsers(CHANNEL.platformPeer).build())).containsExactly(VALID);
        assertThat(commit(put("k", "3").endorsers(CHANNEL.platformPeer).build()))
                .containsExactly(ENDORSEMENT_POLICY_FAILURE);
    }

    @Test
    void writing_only_metadata_changes_the_version_and_on_an_absent_key_nothing() throws Exception {
        commit(put("k", "1").build());
        Envelope reader = readAndPut("k", "2").build();
        assertThat(commit(bind("k", PLATFORM_ONLY).build(), reader)).containsExactly(VALID, ENDORSEMENT_POLICY_FAILURE);
        Envelope onlyRead = transaction(s -> s.getState(CHAINCODE, "k")).build();
        commit(bind("k", ByteString.EMPTY).endorsers(CHANNEL.platformPeer).build());
        assertThat(commit(onlyRead)).containsExactly(MVCC_READ_CONFLICT);
        assertThat(get("k")).isEqualTo("1");
        assertThat(commit(bind("absent", PLATFORM_ONLY).build())).containsExactly(VALID);
        assertThat(commit(put("absent", "1").endorsers(CHANNEL.platformPeer).build()))
                .containsExactly(ENDORSEMENT_POLICY_FAILURE);
    }

    @Test
    void after_rebinding_in_a_block_nobody_else_writes_the_key_in_it() throws Exception {
        commit(put("k", "1").build());
        // bound by a transaction that then loses: it passed the endorsement check, and that is what counts
        Envelope loser = transaction(s -> {
                    s.getState(CHAINCODE, "hot");
                    s.putValidationParameter(CHAINCODE, "k", PLATFORM_ONLY);
                })
                .build();
        assertThat(commit(put("hot", "1").build(), loser, put("k", "2").build()))
                .containsExactly(VALID, MVCC_READ_CONFLICT, ENDORSEMENT_POLICY_FAILURE);
        assertThat(commit(put("k", "2").build())).containsExactly(VALID);
    }

    @Test
    void a_write_into_another_chaincode_needs_that_chaincodes_policy_too() throws Exception {
        commit(CHANNEL.definition(ledger, "strict", 1, "AND('AuditMSP.peer','PlatformMSP.peer','MerchantsMSP.peer')"));
        TestChannel.Steps write = s -> s.putState("strict", "k", bytes("v"));
        assertThat(commit(transaction(write).build())).containsExactly(ENDORSEMENT_POLICY_FAILURE);
        assertThat(commit(transaction(write)
                        .endorsers(CHANNEL.auditPeer, CHANNEL.platformPeer, CHANNEL.merchantsPeer)
                        .build()))
                .containsExactly(VALID);
        assertThat(commit(transaction(s -> s.getState("strict", "k")).build())).containsExactly(VALID);
    }
}
