package io.clearmarket.gateway.readmodel;

import static io.clearmarket.gateway.testing.LedgerFixture.MERCHANT;
import static org.assertj.core.api.Assertions.assertThat;

import io.clearmarket.chaincode.api.Asset;
import io.clearmarket.gateway.testing.LedgerFixture;
import io.clearmarket.gateway.testing.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EscrowsInPartsTest {
    private final ReadModelFixture fixture = new ReadModelFixture(TestDatabase.create());

    @Test
    void escrows_are_read_five_hundred_at_a_time_in_the_order_of_their_ids() {
        LedgerFixture ledger = new LedgerFixture();
        for (int order = 0; order < 501; order++) {
            ledger.place("order-%04d".formatted(order), MERCHANT);
        }
        ledger.seal();
        ledger.blocks().forEach(fixture::apply);

        List<List<MoneyAudit.Escrow>> parts = parts(null);
        assertThat(parts).extracting(List::size).containsExactly(500, 1);
        List<MoneyAudit.Escrow> all = parts.stream().flatMap(List::stream).toList();
        assertThat(all).extracting(escrow -> escrow.id().value()).isSorted().doesNotHaveDuplicates();
        assertThat(parts(all.getFirst().asset())).isEqualTo(parts);
        assertThat(parts(new Asset("eip155:1/erc20:0x" + "1".repeat(40)))).isEmpty();
    }

    private List<List<MoneyAudit.Escrow>> parts(@Nullable Asset asset) {
        List<List<MoneyAudit.Escrow>> parts = new ArrayList<>();
        return fixture.model()
                .answer(() -> {
                    fixture.audit().escrows(asset, parts::add);
                    return parts;
                })
                .value();
    }
}
