package io.clearmarket.gateway.epcis.graph;

import static org.assertj.core.api.Assertions.assertThat;

import io.clearmarket.gateway.epcis.graph.LotBalance.LotMovement;
import io.clearmarket.gateway.epcis.graph.LotBalance.LotSum;
import io.clearmarket.gateway.epcis.store.EventStore;
import io.clearmarket.gateway.epcis.store.StoredEvent;
import io.clearmarket.gateway.testing.TestDatabase;
import io.clearmarket.wallet.json.Json;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A lot of flour, milled, told of in kilograms, pounds, sacks and litres. */
class LotBalancesTest {
    private static final String FLOUR = "https://id.gs1.org/01/09521234000037/10/flour";

    private final TestDatabase database = TestDatabase.create();
    private final EventStore store = new EventStore(database.template());
    private final LotBalances balances = new LotBalances(database.client());
    private int count;

    @Test
    void quantities_in_different_units_of_mass_are_added_up_exactly() {
        transformed("output", "1", "TNE");
        transformed("input", "500", "KGM");
        transformed("input", "1000", "LBR");
        transformed("input", "46407.63", "GRM");
        LotSum sum = balance().sums().getFirst();
        assertThat(sum.uom()).isEqualTo("KGM");
        assertThat(sum.made()).isEqualByComparingTo("1000");
        assertThat(sum.used()).isEqualByComparingTo("1000");
        assertThat(sum.left()).isEqualByComparingTo("0");
        assertThat(balance().complete()).isTrue();
    }

    @Test
    void more_used_than_was_made_is_below_zero() {
        transformed("output", "1", "KGM");
        transformed("input", "1001", "GRM");
        assertThat(balance().sums().getFirst().left()).isEqualByComparingTo("-0.001");
    }

    @Test
    void mass_and_volume_and_pieces_are_not_mixed_and_what_nobody_can_convert_is_listed_and_not_added() {
        transformed("output", "2", "HLT");
        transformed("output", "3", "KGM");
        transformed("output", "7", null);
        transformed("output", "9", "AS");
        LotBalance balance = balance();
        assertThat(balance.sums()).extracting(LotSum::uom).containsExactly("C62", "KGM", "LTR");
        assertThat(balance.sums().getLast().made()).isEqualByComparingTo("200");
        LotMovement unknown = balance.movements().getLast();
        assertThat(unknown.uom()).isEqualTo("AS");
        assertThat(unknown.quantity()).isEqualByComparingTo("9");
        assertThat(unknown.converted()).isNull();
    }

    @Test
    void commissioned_is_made_and_decommissioned_is_used_and_merely_observed_is_neither() {
        observed("ADD", "10");
        observed("OBSERVE", "10");
        observed("DELETE", "4");
        LotSum sum = balance().sums().getFirst();
        assertThat(List.of(sum.made(), sum.used(), sum.left()))
                .extracting(BigDecimal::intValueExact)
                .containsExactly(10, 4, 6);
    }

    @Test
    void what_is_declared_in_error_and_what_came_twice_does_not_count_again() {
        String event = transformation("output", "5", "KGM");
        add("first", "one", "", event);
        add("second", "one", "", event);
        assertThat(balance().sums().getFirst().made()).isEqualByComparingTo("5");
        add("third", "one", "declared", event);
        assertThat(balance().sums()).isEmpty();
    }

    private LotBalance balance() {
        return balances.of("urn:epc:class:lgtin:9521234.000003.flour");
    }

    private void transformed(String side, String quantity, @Nullable String uom) {
        count++;
        add("event-" + count, "hash-" + count, "", transformation(side, quantity, uom));
    }

    private static String transformation(String side, String quantity, @Nullable String uom) {
        String other = side.equals("input") ? "output" : "input";
        String unit = uom == null ? "" : ",\"uom\":\"" + uom + "\"";
        return """
                {"type":"TransformationEvent","%sEPCList":["https://id.gs1.org/01/09521234000044/21/1"],
                 "%sQuantityList":[{"epcClass":"%s","quantity":%s%s}]}""".formatted(other, side, FLOUR, quantity, unit);
    }

    private void observed(String action, String quantity) {
        count++;
        add("event-" + count, "hash-" + count, "", """
                {"type":"ObjectEvent","action":"%s",
                 "quantityList":[{"epcClass":"%s","quantity":%s,"uom":"KGM"}]}""".formatted(action, FLOUR, quantity));
    }

    private void add(String id, String hash, String declaration, String event) {
        StoredEvent stored = new StoredEvent(
                id,
                hash,
                declaration,
                Json.MAPPER.readTree(event),
                null,
                "document",
                null,
                Instant.EPOCH.plusSeconds(count),
                Instant.EPOCH);
        database.transaction().executeWithoutResult(status -> store.add(List.of(stored), List.of(Map.of())));
    }
}
