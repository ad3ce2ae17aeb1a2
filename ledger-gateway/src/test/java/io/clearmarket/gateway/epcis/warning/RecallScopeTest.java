package io.clearmarket.gateway.epcis.warning;

import static io.clearmarket.gateway.testing.LedgerFixture.BUYER;
import static io.clearmarket.gateway.testing.LedgerFixture.MERCHANT;
import static io.clearmarket.gateway.testing.LedgerFixture.OTHER_MERCHANT;
import static io.clearmarket.gateway.testing.LedgerFixture.STRANGER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clearmarket.gateway.epcis.graph.RecallScope;
import io.clearmarket.gateway.epcis.graph.RecallScope.Affected;
import io.clearmarket.gateway.epcis.graph.RecallScope.Scope;
import io.clearmarket.gateway.readmodel.InvalidQuery;
import io.clearmarket.gateway.readmodel.Viewer;
import io.clearmarket.wallet.identity.PartyId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One lot of milk became 25 cheeses; one of them was sold by an order, and another lot became one more. */
class RecallScopeTest {
    private static final String MILK = "https://id.gs1.org/01/09521234000037/10/milk-";
    private static final String CHEESE = "https://id.gs1.org/01/09521234000044/21/cheese-";
    private static final int CHEESES = 25;

    private final EpcisLedger ledger = new EpcisLedger();
    private final RecallScope scope = new RecallScope(ledger.database().client());

    @BeforeEach
    void make() {
        milk("1");
        milk("2");
        cheeses("1", IntStream.range(100, 100 + CHEESES).boxed().toList());
        cheeses("2", List.of(999));
        ledger.sold("order-0007", CHEESE + 100);
    }

    @Test
    void a_lot_reaches_every_item_made_of_it_and_no_other_part_by_part() {
        List<String> all = new ArrayList<>();
        String after = "";
        do {
            Scope part = scope.of(MILK + 1, viewer(MERCHANT), after, 10);
            assertThat(part.items()).isEqualTo(CHEESES);
            part.affected().forEach(affected -> all.add(affected.item()));
            after = part.next();
        } while (after != null);
        assertThat(all).hasSize(CHEESES).doesNotHaveDuplicates().doesNotContain(CHEESE + 999);
    }

    @Test
    void orders_and_buyers_are_named_to_those_who_have_a_part_in_them() {
        for (PartyId sees : List.of(BUYER, MERCHANT)) {
            assertThat(first(viewer(sees)))
                    .isEqualTo(
                            new Affected(CHEESE + 100, BUYER.value(), "order-0007", "order-0007.1", "PLACED", false));
        }
        assertThat(first(new Viewer(true, null)).owner()).isEqualTo(BUYER.value());
        assertThat(first(viewer(STRANGER))).isEqualTo(new Affected(CHEESE + 100, null, null, null, null, null));
        assertThat(scope.of(MILK + 1, viewer(STRANGER), "", 10).openOrders()).isEqualTo(1);
        assertThat(scope.of(MILK + 2, viewer(STRANGER), "", 10).openOrders()).isZero();
    }

    @Test
    void who_calls_it_back_is_named_until_the_recall_is_declared_to_be_in_error() {
        assertThat(scope.of(MILK + 1, viewer(STRANGER), "", 1).recalls()).isEmpty();
        String recall = """
                "action": "OBSERVE", "disposition": "recalled", "quantityList": [{"epcClass": "%s1"}]""".formatted(MILK);
        ledger.told(MERCHANT, "2026-03-05T08:00:00Z", recall);
        assertThat(scope.of(MILK + 1, viewer(STRANGER), "", 1).recalls())
                .singleElement()
                .satisfies(event -> assertThat(event.by()).isEqualTo(MERCHANT.value()));
        ledger.told(MERCHANT, "2026-03-05T08:00:00Z", recall + """
                , "errorDeclaration": {"declarationTime": "2026-03-06T08:00:00Z", "reason": "incorrect_data"}""");
        assertThat(scope.of(MILK + 1, viewer(STRANGER), "", 1).recalls()).isEmpty();
    }

    @Test
    void a_part_is_of_a_bounded_size() {
        assertThatThrownBy(() -> scope.of(MILK + 1, viewer(STRANGER), "", 1_001))
                .isInstanceOf(InvalidQuery.class);
    }

    private Affected first(Viewer viewer) {
        return scope.of(MILK + 1, viewer, "", 1).affected().getFirst();
    }

    private static Viewer viewer(PartyId party) {
        return new Viewer(false, party);
    }

    private void milk(String lot) {
        ledger.told(MERCHANT, "2026-03-01T08:00:00Z", """
                "action": "ADD", "bizStep": "commissioning",
                "quantityList": [{"epcClass": "%s", "quantity": 9}]""".formatted(MILK + lot));
    }

    private void cheeses(String lot, List<Integer> serials) {
        String outputs = serials.stream().map(n -> "\"" + CHEESE + n + "\"").collect(Collectors.joining(","));
        ledger.document(OTHER_MERCHANT, "", """
                {"type": "TransformationEvent", "eventTime": "2026-03-02T08:00:00Z", "eventTimeZoneOffset": "+00:00",
                 "outputEPCList": [%s], "inputQuantityList": [{"epcClass": "%s", "quantity": 9}]}""".formatted(outputs, MILK + lot));
    }
}
