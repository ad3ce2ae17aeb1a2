package io.clearmarket.gateway.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import io.clearmarket.chaincode.api.Amount;
import io.clearmarket.chaincode.api.Asset;
import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.gateway.settlement.attester.OutflowGuard;
import io.clearmarket.gateway.settlement.attester.OutflowGuard.Outflow;
import io.clearmarket.gateway.testing.TestDatabase;
import io.clearmarket.wallet.eth.EthAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutflowGuardTest {
    private static final Asset ASSET = new Asset("eip155:31337/erc20:0x00000000000000000000000000000000000000aa");
    private static final Asset OTHER = new Asset("eip155:31337/erc20:0x00000000000000000000000000000000000000bb");

    private final TestDatabase database = TestDatabase.create();
    private final OutflowGuard guard = guard("0x00000000000000000000000000000000000000cc");

    @Test
    void what_would_go_over_the_hours_limit_is_not_signed_and_nothing_is_reserved() {
        assertThat(guard.reserve(List.of(outflow(1, 60)))).isEmpty();
        assertThat(guard.reserve(List.of(outflow(2, 30), outflow(3, 11)))).containsOnlyKeys(1);
        assertThat(guard.reserve(List.of(outflow(2, 30), outflow(4, 10)))).isEmpty();
        assertThat(guard.reserve(List.of(outflow(5, 1)))).containsOnlyKeys(0);
    }

    @Test
    void the_same_cumulative_amount_again_takes_nothing_from_the_limit() {
        for (int i = 0; i < 3; i++) {
            assertThat(guard.reserve(List.of(outflow(1, 100)))).isEmpty();
        }
        assertThat(guard.reserve(List.of(outflow(1, 101)))).containsOnlyKeys(0);
    }

    @Test
    void each_asset_and_each_attester_has_its_own_limit() {
        assertThat(guard.reserve(List.of(outflow(1, 100)))).isEmpty();
        assertThat(guard.reserve(List.of(new Outflow(digest(2), OTHER, Amount.of(100)))))
                .isEmpty();
        assertThat(guard("0x00000000000000000000000000000000000000dd").reserve(List.of(outflow(1, 100))))
                .isEmpty();
    }

    @Test
    void while_it_is_paused_nothing_is_signed() {
        guard.pause(true, "operator");
        assertThat(guard.reserve(List.of(outflow(1, 1), outflow(2, 1)))).containsOnlyKeys(0, 1);
        guard.pause(false, "operator");
        assertThat(guard.reserve(List.of(outflow(1, 1)))).isEmpty();
    }

    private OutflowGuard guard(String attester) {
        return new OutflowGuard(EthAddress.parse(attester), Amount.of(100), database.client(), database.transaction());
    }

    private static Outflow outflow(int escrow, long cumulative) {
        return new Outflow(digest(escrow), ASSET, Amount.of(cumulative));
    }

    private static Digest digest(int number) {
        return Digest.sha256(new byte[] {(byte) number});
    }
}
