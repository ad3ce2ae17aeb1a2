package io.clearmarket.network.embedded.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import io.clearmarket.network.embedded.configtx.ConfigEdits;
import io.clearmarket.network.embedded.genesis.ChannelConfig;
import io.clearmarket.network.junit.EmbeddedNetworkExtension;
import io.clearmarket.network.testing.RigChaincode;
import java.time.Duration;
import java.util.List;
import org.hyperledger.fabric.client.Contract;
import org.hyperledger.fabric.client.Gateway;
import org.hyperledger.fabric.client.Status;
import org.hyperledger.fabric.client.SubmittedTransaction;
import org.hyperledger.fabric.client.Transaction;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.gateway.PreparedTransaction;
import org.hyperledger.fabric.protos.peer.TxValidationCode;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two transactions to a block: what the second sees of the first. */
class ConflictsTest {
    /** A timeout that nobody waits for. */
    private static final Duration LONG = Duration.ofMinutes(2);

    @RegisterExtension
    static final EmbeddedNetworkExtension NETWORK = EmbeddedNetworkExtension.with("rig", RigChaincode::new);

    private final Contract rig = NETWORK.client("PlatformMSP", "user").contract("rig");

    @BeforeAll
    static void two_to_a_block() {
        pairs(LONG);
    }

    private static void pairs(Duration timeout) {
        ChannelConfig.Batch batch = new ChannelConfig.Batch(timeout, 2, 512 << 10, 10 << 20);
        NETWORK.network().update(NETWORK.network().channel(), ConfigEdits.batch(batch), List.of("OrdererMSP"));
    }

    private Transaction endorse(String function, String... arguments) throws Exception {
        return rig.newProposal(function).addArguments(arguments).build().endorse();
    }

    /** Both in one block, in this order. */
    private Status[] together(Transaction first, Transaction second) throws Exception {
        SubmittedTransaction one = first.submitAsync();
        SubmittedTransaction two = second.submitAsync();
        Status[] statuses = {one.getStatus(), two.getStatus()};
        assertThat(statuses[0].getBlockNumber()).isEqualTo(statuses[1].getBlockNumber());
        return statuses;
    }

    /** In a block with another that has nothing to do with it. */
    private Status settled(Transaction transaction) throws Exception {
        return together(transaction, endorse("put", "beside", "x"))[0];
    }

    @Test
    void of_two_read_modify_writes_of_one_key_the_second_loses() throws Exception {
        Status[] statuses = together(endorse("add", "hot", "1"), endorse("add", "hot", "1"));

        assertThat(statuses)
                .extracting(Status::getCode)
                .containsExactly(TxValidationCode.VALID, TxValidationCode.MVCC_READ_CONFLICT);
        assertThat(rig.evaluateTransaction("get", "hot")).asString().isEqualTo("1");
    }

    @Test
    void of_two_blind_writes_both_are_valid_and_the_later_stays() throws Exception {
        Status[] statuses = together(endorse("put", "blind", "a"), endorse("put", "blind", "b"));

        assertThat(statuses).extracting(Status::getCode).containsOnly(TxValidationCode.VALID);
        assertThat(rig.evaluateTransaction("get", "blind")).asString().isEqualTo("b");
    }

    @Test
    void an_insert_into_a_range_that_was_read_is_a_phantom() throws Exception {
        Status[] statuses =
                together(endorse("put", "phantom5", "x"), endorse("countRange", "phantom", "phantom~", "count"));

        assertThat(statuses[1].getCode()).isEqualTo(TxValidationCode.PHANTOM_READ_CONFLICT);
    }

    @Test
    void what_a_later_block_changed_under_a_read_conflicts() throws Exception {
        Transaction slow = endorse("add", "slow", "1");
        assertThat(settled(endorse("put", "slow", "10")).getCode()).isEqualTo(TxValidationCode.VALID);

        assertThat(settled(slow).getCode()).isEqualTo(TxValidationCode.MVCC_READ_CONFLICT);
    }

    @Test
    void history_does_not_conflict() throws Exception {
        Transaction reader = endorse("history", "chronicle");
        assertThat(settled(endorse("put", "chronicle", "1")).getCode()).isEqualTo(TxValidationCode.VALID);

        assertThat(settled(reader).getCode()).isEqualTo(TxValidationCode.VALID);
    }

    @Test
    void the_same_envelope_twice_is_a_duplicate_in_the_block_and_valid_by_its_id() throws Exception {
        Transaction transaction = endorse("put", "once", "1");
        Status[] statuses = together(transaction, transaction);

        assertThat(statuses).extracting(Status::getCode).containsOnly(TxValidationCode.VALID);
        var block = NETWORK.network()
                .ledger("PlatformMSP")
                .block(statuses[0].getBlockNumber())
                .orElseThrow();
        assertThat(block.getMetadata().getMetadata(2).toByteArray())
                .containsExactly(TxValidationCode.VALID_VALUE, TxValidationCode.DUPLICATE_TXID_VALUE);
    }

    @Test
    void two_submits_share_a_block_at_once_and_one_alone_waits_for_the_timeout() throws Exception {
        assertThat(settled(endorse("put", "in company", "1")).getCode()).isEqualTo(TxValidationCode.VALID);
        Transaction lonely = endorse("put", "lonely", "1");
        pairs(Duration.ofSeconds(1));
        try {
            long start = System.nanoTime();
            lonely.submit();
            Duration alone = Duration.ofNanos(System.nanoTime() - start);

            assertThat(alone).isGreaterThan(Duration.ofMillis(990));
        } finally {
            pairs(LONG);
        }
    }

    @Test
    void arguments_changed_after_endorsement_are_found_out() throws Exception {
        Transaction endorsed = endorse("put", "edited", "1");
        Gateway gateway = NETWORK.client("PlatformMSP", "user").gateway();
        PreparedTransaction prepared = PreparedTransaction.parseFrom(endorsed.getBytes());
        Envelope tampered = Tampering.withArgument(prepared.getEnvelope(), "edited", "2");
        Transaction forged = gateway.newTransaction(
                prepared.toBuilder().setEnvelope(tampered).build().toByteArray());

        assertThat(settled(forged).getCode()).isEqualTo(TxValidationCode.INVALID_ENDORSER_TRANSACTION);
    }
}
