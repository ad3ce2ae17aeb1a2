package io.clearmarket.gateway.ownership;

import static io.clearmarket.gateway.testing.LedgerFixture.MERCHANT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clearmarket.chaincode.api.Epc;
import io.clearmarket.chaincode.api.RecordKind;
import io.clearmarket.chaincode.api.Records;
import io.clearmarket.chaincode.api.Role;
import io.clearmarket.gateway.readmodel.ReadModelFixture;
import io.clearmarket.gateway.testing.LedgerFixture;
import io.clearmarket.gateway.testing.TestDatabase;
import io.clearmarket.wallet.eth.EthAddress;
import io.clearmarket.wallet.identity.PartyId;
import java.time.Instant;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HeldItemsTest {
    private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");
    private static final Epc EPC = Epc.of("09521234543213", "1");
    private static final PartyId FIRST = party('1');
    private static final PartyId SECOND = party('2');
    private static final PartyId THIRD = party('3');

    private final LedgerFixture ledger = new LedgerFixture();
    private final ReadModelFixture readModel = new ReadModelFixture(TestDatabase.create());
    private final HeldItems items = new HeldItems(readModel.model());

    @Test
    void an_item_is_with_the_key_that_got_it_and_with_those_that_took_its_place_and_with_nobody_else() {
        recorded(null);
        assertThat(items.isWith(FIRST, EPC)).isTrue();
        assertThat(items.isWith(THIRD, EPC)).isTrue();
        items.requireFree(THIRD, EPC);
        assertThat(items.isWith(MERCHANT, EPC)).isFalse();
        assertThatThrownBy(() -> items.requireFree(MERCHANT, EPC))
                .hasMessageContaining("somebody else")
                .hasMessageNotContaining(FIRST.value());
    }

    @Test
    void what_a_new_key_got_is_not_with_the_old_one() {
        recorded(SECOND);
        assertThat(items.isWith(THIRD, EPC)).isTrue();
        assertThat(items.isWith(FIRST, EPC)).isFalse();
    }

    private void recorded(@Nullable PartyId custodian) {
        Records.Item item = new Records.Item(EPC.uri(), custodian == null ? FIRST : custodian, null, NOW);
        ledger.transaction(
                MERCHANT,
                LedgerFixture.event("items.handed_over", "recordHandOver", MERCHANT),
                LedgerFixture.write(RecordKind.ITEM, item, item.epc()),
                LedgerFixture.write(RecordKind.PARTY, record(FIRST, null), FIRST.value()),
                LedgerFixture.write(RecordKind.PARTY, record(SECOND, FIRST), SECOND.value()),
                LedgerFixture.write(RecordKind.PARTY, record(THIRD, SECOND), THIRD.value()));
        readModel.apply(ledger.seal());
    }

    private static Records.Party record(PartyId id, @Nullable PartyId predecessor) {
        return new Records.Party(
                id,
                "PlatformMSP",
                Role.BUYER,
                "certificate",
                "key",
                EthAddress.ZERO,
                new TreeSet<>(),
                null,
                null,
                null,
                predecessor,
                null,
                null);
    }

    private static PartyId party(char digit) {
        return new PartyId(String.valueOf(digit).repeat(64));
    }
}
