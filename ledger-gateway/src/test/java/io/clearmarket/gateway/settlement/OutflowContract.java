package io.clearmarket.gateway.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import io.clearmarket.chaincode.api.Amount;
import io.clearmarket.chaincode.api.Asset;
import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.gateway.settlement.attester.OutflowLimit;
import io.clearmarket.gateway.settlement.attester.OutflowLimit.Outflow;
import io.clearmarket.gateway.settlement.attester.Pausable;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What holds wherever an attester keeps what it let out. */
public abstract class OutflowContract {
    private static final Asset ASSET = new Asset("eip155:31337/erc20:0x00000000000000000000000000000000000000aa");
    private static final Asset OTHER = new Asset("eip155:31337/erc20:0x00000000000000000000000000000000000000bb");

    /** Of an attester of its own, with nothing let out; at most 100 an hour. */
    protected abstract OutflowLimit limit();

    /** The pause in front of the limit that was given out last. */
    protected abstract Pausable pause();

    @Test
    void what_would_go_over_the_hours_limit_is_not_signed_and_nothing_is_reserved() {
        OutflowLimit limit = limit();
        assertThat(limit.reserve(List.of(outflow(1, 60)))).isEmpty();
        assertThat(limit.reserve(List.of(outflow(2, 30), outflow(3, 11)))).containsOnlyKeys(1);
        assertThat(limit.reserve(List.of(outflow(2, 30), outflow(4, 10)))).isEmpty();
        assertThat(limit.reserve(List.of(outflow(5, 1)))).containsOnlyKeys(0);
    }

    @Test
    void the_same_cumulative_amount_again_takes_nothing_from_the_limit() {
        OutflowLimit limit = limit();
        for (int i = 0; i < 3; i++) {
            assertThat(limit.reserve(List.of(outflow(1, 100)))).isEmpty();
        }
        assertThat(limit.reserve(List.of(outflow(1, 101)))).containsOnlyKeys(0);
    }

    @Test
    void an_escrow_twice_in_a_batch_counts_by_its_larger_amount() {
        OutflowLimit limit = limit();
        assertThat(limit.reserve(List.of(outflow(1, 50), outflow(1, 90)))).isEmpty();
        assertThat(limit.reserve(List.of(outflow(2, 10)))).isEmpty();
        assertThat(limit.reserve(List.of(outflow(2, 11)))).containsOnlyKeys(0);
    }

    @Test
    void each_asset_and_each_attester_has_its_own_limit() {
        OutflowLimit limit = limit();
        assertThat(limit.reserve(List.of(outflow(1, 100)))).isEmpty();
        assertThat(limit.reserve(List.of(new Outflow(digest(2), OTHER, Amount.of(100)))))
                .isEmpty();
        assertThat(limit().reserve(List.of(outflow(1, 100)))).isEmpty();
    }

    @Test
    void while_it_is_paused_nothing_is_signed() {
        OutflowLimit limit = limit();
        pause().pause(true, "operator");
        assertThat(pause().isPaused()).isTrue();
        assertThat(limit.reserve(List.of(outflow(1, 1), outflow(2, 1)))).containsOnlyKeys(0, 1);
        pause().pause(false, "operator");
        assertThat(limit.reserve(List.of(outflow(1, 1)))).isEmpty();
    }

    protected static Outflow outflow(int escrow, long cumulative) {
        return new Outflow(digest(escrow), ASSET, Amount.of(cumulative));
    }

    private static Digest digest(int number) {
        return Digest.sha256(new byte[] {(byte) number});
    }
}
