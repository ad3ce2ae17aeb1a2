package io.clearmarket.network.embedded.ledger;

import static io.clearmarket.network.embedded.ledger.TestChannel.CHAINCODE;
import static io.clearmarket.network.embedded.ledger.TestChannel.POLICY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.ledger.queryresult.KeyModification;
import org.hyperledger.fabric.protos.peer.TxValidationCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileLedgerTest {
    private final TestChannel channel = new TestChannel();

    @TempDir
    private Path directory;

    private FileLedger ledger;

    @BeforeEach
    void found() {
        ledger = FileLedger.open(directory, channel.genesis);
        assertThat(channel.commit(ledger, channel.definition(ledger, CHAINCODE, 1, POLICY)))
                .containsExactly(TxValidationCode.VALID);
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    private String get(String key) throws Simulator.Refused {
        try (Simulator simulator = ledger.simulate("read")) {
            return simulator.getState(CHAINCODE, key).toStringUtf8();
        }
    }

    @Test
    void a_definition_is_derived_from_the_blocks() {
        assertThat(ledger.definition(CHAINCODE)).hasValueSatisfying(definition -> {
            assertThat(definition.version()).isEqualTo("1.0");
            assertThat(definition.sequence()).isEqualTo(1);
            assertThat(definition.policyText()).isEqualTo(POLICY.replace("','", "', '"));
        });
        assertThat(ledger.definition("unknown")).isEmpty();
    }

    @Test
    void an_endorsed_transaction_is_committed_and_read_back() throws Exception {
        TestTransaction put = channel.puts(ledger, Map.of("k", "v"));
        CommittedBlock committed = ledger.commit(channel.block(ledger, put.build()));
        assertThat(committed.number()).isEqualTo(2);
        assertThat(committed.codes()).containsExactly(TxValidationCode.VALID);
        assertThat(committed.transactionIds()).containsExactly(put.id());
        assertThat(get("k")).isEqualTo("v");
        assertThat(ledger.find(put.id())).contains(new TransactionLocation(2, 0, TxValidationCode.VALID));
        assertThat(ledger.block(2)).contains(committed.block());
        assertThat(ledger.block(3)).isEmpty();
        assertThat(ledger.blockByHash(ledger.currentHash())).contains(committed.block());
    }

    @Test
    void everything_is_the_same_after_reopening() throws Exception {
        channel.commit(ledger, channel.puts(ledger, Map.of("a", "1", "b", "2")).build());
        TestTransaction deletion = channel.transaction(ledger, s -> s.deleteState(CHAINCODE, "a"));
        channel.commit(ledger, deletion.build());
        Block last = ledger.block(3).orElseThrow();
        ledger.close();

        ledger = FileLedger.open(directory, null);
        assertThat(ledger.height()).isEqualTo(4);
        assertThat(ledger.block(3)).contains(last);
        assertThat(get("a")).isEmpty();
        assertThat(get("b")).isEqualTo("2");
        assertThat(ledger.find(deletion.id())).contains(new TransactionLocation(3, 0, TxValidationCode.VALID));
        assertThat(ledger.definition(CHAINCODE)).isPresent();
        assertThat(channel.commit(ledger, channel.puts(ledger, Map.of("c", "3")).build()))
                .containsExactly(TxValidationCode.VALID);
    }

    @Test
    void history_is_newest_first_with_deletions_and_without_what_was_overwritten_or_invalid() throws Exception {
        TestTransaction first = channel.transaction(ledger, s -> {
            s.putState(CHAINCODE, "k", ByteString.copyFromUtf8("overwritten"));
            s.putState(CHAINCODE, "k", ByteString.copyFromUtf8("1"));
        });
        TestTransaction refused = channel.puts(ledger, Map.of("k", "refused")).endorsers(channel.platformPeer);
        channel.commit(ledger, first.build(), refused.build());
        TestTransaction second = channel.transaction(ledger, s -> s.deleteState(CHAINCODE, "k"));
        channel.commit(ledger, second.build());

        List<KeyModification> history;
        try (Simulator simulator = ledger.simulate("read")) {
            history = simulator.history(CHAINCODE, "k");
            assertThat(simulator.results().getNsRwsetCount()).isZero();
        }
        assertThat(history).extracting(KeyModification::getTxId).containsExactly(second.id(), first.id());
        assertThat(history).extracting(KeyModification::getIsDelete).containsExactly(true, false);
        assertThat(history.get(1).getValue().toStringUtf8()).isEqualTo("1");
        assertThat(history.get(1).getTimestamp().getSeconds()).isEqualTo(TestChannel.NOW.getEpochSecond());
    }

    @Test
    void listeners_see_the_new_state_and_do_not_disturb_one_another() throws Exception {
        List<String> seen = new ArrayList<>();
        ledger.onCommit(committed -> {
            throw new IllegalStateException("a bad listener");
        });
        AutoCloseable handle = ledger.onCommit(committed -> {
            try {
                seen.add(committed.number() + get("k"));
            } catch (Simulator.Refused e) {
                throw new IllegalStateException(e);
            }
        });
        channel.commit(ledger, channel.puts(ledger, Map.of("k", "v")).build());
        handle.close();
        channel.commit(ledger, channel.puts(ledger, Map.of("k", "w")).build());
        assertThat(seen).containsExactly("2v");
    }

    @Test
    void a_block_that_does_not_continue_the_chain_is_refused_and_leaves_no_trace() throws Exception {
        Block next =
                channel.block(ledger, channel.puts(ledger, Map.of("k", "v")).build());
        Block gap = next.toBuilder()
                .setHeader(next.getHeader().toBuilder().setNumber(7))
                .build();
        assertThatThrownBy(() -> ledger.commit(gap)).hasMessageContaining("number is 7, expected 2");
        Block fork = next.toBuilder()
                .setHeader(next.getHeader().toBuilder().setPreviousHash(ByteString.copyFromUtf8("x")))
                .build();
        assertThatThrownBy(() -> ledger.commit(fork)).hasMessageContaining("previous hash");
        Block otherData = next.toBuilder()
                .setData(next.getData().toBuilder().addData(ByteString.copyFromUtf8("x")))
                .build();
        assertThatThrownBy(() -> ledger.commit(otherData)).hasMessageContaining("data hash");
        assertThat(ledger.height()).isEqualTo(2);
        assertThat(ledger.commit(next).number()).isEqualTo(2);
    }

    @Test
    void a_block_that_no_orderer_signed_is_refused() throws Exception {
        Block next =
                channel.block(ledger, channel.puts(ledger, Map.of("k", "v")).build());
        ByteString byPeer = BlockSignatures.sign(next.getHeader(), 0, channel.auditPeer, new byte[24])
                .toByteString();
        Block forged = next.toBuilder()
                .setMetadata(next.getMetadata().toBuilder().setMetadata(0, byPeer))
                .build();
        assertThatThrownBy(() -> ledger.commit(forged))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not signed by the ordering service");
    }

    @Test
    void a_directory_is_open_once_and_belongs_to_one_channel() {
        assertThatThrownBy(() -> FileLedger.open(directory, null)).hasMessageContaining("in use by another peer");
        ledger.close();
        Block stranger = new TestChannel().genesis;
        assertThatThrownBy(() -> FileLedger.open(directory, stranger)).hasMessageContaining("another block 0");
        assertThatThrownBy(() -> FileLedger.open(directory.resolve("empty"), null))
                .hasMessageContaining("no ledger in");
    }

    @Test
    void stored_blocks_have_five_metadata_entries_and_a_commit_hash_from_block_1() {
        Block founding = ledger.block(0).orElseThrow();
        assertThat(founding.getMetadata().getMetadataCount()).isEqualTo(5);
        assertThat(founding.getMetadata().getMetadata(2).toByteArray()).containsExactly(0);
        assertThat(founding.getMetadata().getMetadata(4)).isEmpty();
        assertThat(founding.getHeader().getPreviousHash()).isEmpty();
        assertThat(CompletedBlock.commitHash(ledger.block(1).orElseThrow()).size())
                .isEqualTo(32);
    }

    @Test
    void two_peers_come_to_the_same_commit_hash_each_by_itself() throws Exception {
        try (FileLedger other = FileLedger.open(directory.resolve("other"), channel.genesis)) {
            other.commit(ledger.block(1).orElseThrow());
            TestTransaction refused = channel.puts(ledger, Map.of("k", "x")).endorsers();
            Block next =
                    channel.block(ledger, channel.puts(ledger, Map.of("k", "v")).build(), refused.build());
            assertThat(other.commit(next)).isEqualTo(ledger.commit(next));
            assertThat(other.currentHash()).isEqualTo(ledger.currentHash());
        }
    }

    @Test
    void a_definition_out_of_sequence_is_not_even_made() {
        assertThatThrownBy(() -> channel.definition(ledger, CHAINCODE, 3, POLICY))
                .hasMessage("requested sequence is 3, but new definition must be sequence 2");
    }
}
