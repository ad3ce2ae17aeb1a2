package io.clearmarket.gateway.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clearmarket.chaincode.api.Amount;
import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.wallet.eth.EthAddress;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Three nodes of a real chain, of which one or two lie, lag or are away. */
class QuorumReaderTest {
    private static ChainFixture fixture;
    private static EscrowReader honest;

    @BeforeAll
    static void start() throws Exception {
        fixture = ChainFixture.start();
        honest = fixture.reader();
        fixture.anvil("anvil_mine", "\"0x8\"");
    }

    @AfterAll
    static void stop() {
        honest.close();
        fixture.close();
    }

    @Test
    void one_node_that_lies_changes_nothing() {
        EscrowReader three = of(new Lying(honest), honest, honest);
        BlockRef head = three.finalizedBlock();
        assertThat(head).isEqualTo(honest.block(head.number()));
        assertThat(three.balance(fixture.deployment.token(), head.number())).isEqualTo(Amount.ZERO);
        assertThat(three.statuses(List.of(Digest.ZERO), head.number())
                        .getFirst()
                        .deposited())
                .isFalse();
    }

    @Test
    void a_node_that_is_away_is_done_without() {
        EscrowReader three = of(new Away(), honest, honest);
        assertThat(three.finalizedBlock().number()).isPositive();
        assertThat(three.logs(0, three.finalizedBlock().number()))
                .isEqualTo(honest.logs(0, three.finalizedBlock().number()));
    }

    @Test
    void a_node_that_lags_holds_up_nobody_and_one_that_is_ahead_leads_nobody() {
        long lag = honest.finalizedBlock().number() - 3;
        assertThat(of(new AtBlock(honest, lag), honest, honest).finalizedBlock().number())
                .isGreaterThanOrEqualTo(lag + 3);
        assertThat(of(new AtBlock(honest, Long.MAX_VALUE), honest, honest)
                        .finalizedBlock()
                        .number())
                .isLessThan(Long.MAX_VALUE);
    }

    @Test
    void without_a_quorum_nothing_is_told() {
        EscrowReader three = of(new Lying(honest), new Away(), honest);
        assertThatThrownBy(() -> three.balance(
                        fixture.deployment.token(), honest.finalizedBlock().number()))
                .isInstanceOf(ChainException.Unavailable.class)
                .hasMessageContaining("no quorum");
        assertThatThrownBy(() -> of(new Away(), new Away(), honest).finalizedBlock())
                .isInstanceOf(ChainException.Unavailable.class);
    }

    @Test
    void half_of_the_nodes_are_no_quorum() {
        assertThatThrownBy(() -> new QuorumReader(fixture.deployment, List.of(() -> honest, () -> honest), 1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_request_goes_to_the_next_node_when_one_is_away() throws IOException {
        URI nobody;
        try (ServerSocket closed = new ServerSocket(0)) {
            nobody = URI.create("http://127.0.0.1:" + closed.getLocalPort());
        }
        try (Rpc rpc = new Rpc(List.of(nobody, fixture.anvil.address()))) {
            assertThat(rpc.chainId()).isEqualTo(fixture.deployment.chainId());
        }
    }

    private static EscrowReader of(EscrowReader... nodes) {
        return new QuorumReader(
                fixture.deployment,
                Arrays.stream(nodes)
                        .<Supplier<EscrowReader>>map(node -> () -> node)
                        .toList(),
                2);
    }

    /** Tells of blocks, money and escrows that are not there. */
    private static final class Lying extends ReaderAround {
        Lying(EscrowReader real) {
            super(real);
        }

        @Override
        public BlockRef block(long number) {
            return new BlockRef(number, Digest.ZERO, real.block(number).time());
        }

        @Override
        public List<EscrowStatus> statuses(List<Digest> escrowIds, long block) {
            return List.of(new EscrowStatus(Amount.ZERO, Amount.ZERO, true, false, false, false));
        }

        @Override
        public Amount balance(EthAddress token, long block) {
            return Amount.of(1_000_000);
        }
    }

    /** Has this block as its newest final one. */
    private static final class AtBlock extends ReaderAround {
        private final long number;

        AtBlock(EscrowReader real, long number) {
            super(real);
            this.number = number;
        }

        @Override
        public BlockRef finalizedBlock() {
            return new BlockRef(number, Digest.ZERO, real.finalizedBlock().time());
        }
    }

    private static final class Away extends ReaderAround {
        Away() {
            super(honest);
        }

        @Override
        public BlockRef finalizedBlock() {
            throw new ChainException.Unavailable("away", null);
        }

        @Override
        public BlockRef block(long number) {
            throw new ChainException.Unavailable("away", null);
        }

        @Override
        public List<ChainLog> logs(long from, long to) {
            throw new ChainException.Unavailable("away", null);
        }

        @Override
        public Amount balance(EthAddress token, long block) {
            throw new ChainException.Unavailable("away", null);
        }
    }
}
