package io.clearmarket.network.embedded.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clearmarket.network.junit.EmbeddedNetworkExtension;
import io.clearmarket.network.testing.RigChaincode;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalLong;
import org.hyperledger.fabric.client.ChaincodeEvent;
import org.hyperledger.fabric.client.Checkpoint;
import org.hyperledger.fabric.client.CloseableIterator;
import org.hyperledger.fabric.client.Contract;
import org.hyperledger.fabric.client.Network;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.peer.FilteredBlock;
import org.hyperledger.fabric.protos.peer.TxValidationCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(120)
class EventsTest {
    @RegisterExtension
    static final EmbeddedNetworkExtension NETWORK = EmbeddedNetworkExtension.with("rig", RigChaincode::new);

    private final Network market = NETWORK.client("PlatformMSP", "user").network();
    private final Contract rig = market.getContract("rig");

    private long commit(String... names) throws Exception {
        return rig.newProposal("events")
                .addArguments(names)
                .build()
                .endorse()
                .submitAsync()
                .getStatus()
                .getBlockNumber();
    }

    @Test
    void only_the_last_event_of_a_transaction_is_delivered_under_the_peers_own_ids() throws Exception {
        try (CloseableIterator<ChaincodeEvent> events = market.getChaincodeEvents("rig")) {
            // a stream without a start begins with what is committed after the peer has heard of it
            awaitOneStream();
            long block = commit("first", "second");

            ChaincodeEvent event = events.next();
            assertThat(event.getEventName()).isEqualTo("second");
            assertThat(event.getPayload()).asString().isEqualTo("payload of second");
            assertThat(event.getChaincodeName()).isEqualTo("rig");
            assertThat(event.getBlockNumber()).isEqualTo(block);
        }
    }

    private static void awaitOneStream() throws InterruptedException {
        for (int i = 0; i < 6000 && NETWORK.network().openWaits() != 1; i++) {
            Thread.sleep(10);
        }
        assertThat(NETWORK.network().openWaits()).isEqualTo(1);
    }

    @Test
    void events_are_replayed_from_a_block_and_resumed_after_a_transaction() throws Exception {
        long from = commit("one");
        commit("two");
        commit("three");
        ChaincodeEvent one;
        try (CloseableIterator<ChaincodeEvent> events =
                market.newChaincodeEventsRequest("rig").startBlock(from).build().getEvents()) {
            one = events.next();
            assertThat(one.getEventName()).isEqualTo("one");
            assertThat(events.next().getEventName()).isEqualTo("two");
        }
        try (CloseableIterator<ChaincodeEvent> events = market.newChaincodeEventsRequest("rig")
                .startBlock(from)
                .checkpoint(new After(one))
                .build()
                .getEvents()) {
            assertThat(events.next().getEventName()).isEqualTo("two");
            assertThat(events.next().getEventName()).isEqualTo("three");
        }
    }

    @Test
    void an_event_stream_may_begin_in_the_future() throws Exception {
        long next = NETWORK.network().height("PlatformMSP");
        try (CloseableIterator<ChaincodeEvent> events = market.newChaincodeEventsRequest("rig")
                .startBlock(next + 1)
                .build()
                .getEvents()) {
            commit("too early");
            commit("in time");

            assertThat(events.next().getEventName()).isEqualTo("in time");
        }
    }

    @Test
    void block_events_carry_whole_blocks_and_wait_for_the_next() throws Exception {
        long height = NETWORK.network().height("PlatformMSP");
        try (CloseableIterator<Block> blocks =
                market.newBlockEventsRequest().startBlock(height).build().getEvents()) {
            long committed = commit("block");

            Block block = blocks.next();
            assertThat(block.getHeader().getNumber()).isEqualTo(height).isEqualTo(committed);
            assertThat(block.getMetadata().getMetadataCount()).isEqualTo(5);
            assertThat(block.getMetadata().getMetadata(2).size())
                    .isEqualTo(block.getData().getDataCount());
            assertThat(rig.evaluateTransaction("get", "event")).asString().isEqualTo("block");
        }
    }

    @Test
    void filtered_block_events_name_events_without_their_payload() throws Exception {
        long height = NETWORK.network().height("PlatformMSP");
        try (CloseableIterator<FilteredBlock> blocks = market.newFilteredBlockEventsRequest()
                .startBlock(height)
                .build()
                .getEvents()) {
            commit("filtered");

            var transaction = blocks.next().getFilteredTransactions(0);
            assertThat(transaction.getTxValidationCode()).isEqualTo(TxValidationCode.VALID);
            var event =
                    transaction.getTransactionActions().getChaincodeActions(0).getChaincodeEvent();
            assertThat(event.getEventName()).isEqualTo("filtered");
            assertThat(event.getPayload().isEmpty()).isTrue();
        }
    }

    @Test
    void block_events_from_beyond_the_next_block_end_at_once() {
        long height = NETWORK.network().height("PlatformMSP");
        try (CloseableIterator<Block> blocks =
                market.newBlockEventsRequest().startBlock(height + 1).build().getEvents()) {
            assertThatThrownBy(blocks::next)
                    .isInstanceOf(NoSuchElementException.class)
                    .hasMessageContaining("NOT_FOUND");
        }
    }

    /** What a reader remembers: everything up to this event is done. */
    private record After(ChaincodeEvent event) implements Checkpoint {
        @Override
        public OptionalLong getBlockNumber() {
            return OptionalLong.of(event.getBlockNumber());
        }

        @Override
        public Optional<String> getTransactionId() {
            return Optional.of(event.getTransactionId());
        }
    }
}
