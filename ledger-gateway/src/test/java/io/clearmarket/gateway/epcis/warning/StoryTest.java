package io.clearmarket.gateway.epcis.warning;

import static org.assertj.core.api.Assertions.assertThat;

import io.clearmarket.gateway.epcis.warning.ItemEvent.Limits;
import io.clearmarket.gateway.epcis.warning.Warning.Kind;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StoryTest {
    private static final OffsetDateTime START = OffsetDateTime.parse("2026-03-01T08:00:00Z");
    private static final Position LONDON = new Position(51.51, -0.13);
    private static final Position SYDNEY = new Position(-33.87, 151.21);

    private final List<ItemEvent> events = new ArrayList<>();
    private final List<CustodyChange> custody = new ArrayList<>();
    private final List<Recall> recalls = new ArrayList<>();
    private @Nullable Expiry inherited;

    @Test
    void goods_that_are_sent_and_received_are_handed_over() {
        tell("maker", 0, "commissioning", "active");
        tell("maker", 10, "shipping", "in_transit");
        tell("dealer", 20, "receiving", "in_progress");
        tell("dealer", 30, "stocking", "sellable_accessible");
        assertThat(warnings()).isEmpty();
    }

    @Test
    void goods_that_nobody_sent_or_nobody_received_are_not() {
        tell("maker", 0, "commissioning", "active");
        tell("dealer", 20, "receiving", "in_progress");
        assertThat(warnings()).containsExactly(new Warning(Kind.MISSING_HAND_OVER, List.of("e0", "e1")));
        events.clear();
        tell("maker", 0, "shipping", "in_transit");
        tell("dealer", 20, "stocking", "sellable_accessible");
        assertThat(kinds()).containsExactly(Kind.MISSING_HAND_OVER);
    }

    @Test
    void a_hand_over_that_both_signed_on_the_ledger_is_enough() {
        tell("maker", 0, "commissioning", "active");
        tell("dealer", 20, "stocking", "sellable_accessible");
        custody.add(new CustodyChange("maker", "dealer", at(19), false));
        assertThat(warnings()).isEmpty();
    }

    @Test
    void clocks_that_differ_by_minutes_break_no_chain() {
        tell("maker", 0, "commissioning", "active");
        tell("maker", 10, "shipping", "in_transit");
        minutes("carrier", 10 * 60 - 9, "loading");
        minutes("carrier", 20 * 60 + 5, "arriving");
        minutes("carrier", 20 * 60 + 8, "unloading");
        minutes("dealer", 20 * 60, "receiving");
        minutes("dealer", 20 * 60 + 6, "storing");
        tell("dealer", 40, "stocking", "sellable_accessible");
        assertThat(warnings()).isEmpty();
    }

    @Test
    void all_that_a_party_tells_may_have_come_before_the_word_of_the_next() {
        tell("maker", 10, "shipping", "in_transit");
        tell("carrier", 11, "loading", "in_transit");
        minutes("dealer", 20 * 60, "receiving");
        minutes("carrier", 20 * 60 + 3, "arriving");
        minutes("carrier", 20 * 60 + 8, "unloading");
        tell("dealer", 22, "storing", "in_progress");
        assertThat(warnings()).isEmpty();
    }

    @Test
    void somebody_who_looks_at_it_where_it_is_has_not_got_it() {
        tell("maker", 0, "commissioning", "active");
        events.add(event("inspector", START.plusHours(5), "inspecting", "conformant", "maker's place", null));
        tell("maker", 10, "storing", "in_progress");
        assertThat(warnings()).isEmpty();
    }

    @Test
    void what_a_sensor_on_it_reports_through_somebody_else_is_no_step_of_its_way() {
        tell("maker", 0, "commissioning", "active");
        events.add(event("collector", START.plusHours(5), "sensor_reporting", "", "", null));
        tell("maker", 10, "storing", "in_progress");
        assertThat(warnings()).isEmpty();
    }

    @Test
    void a_serial_that_goes_on_where_it_was_while_another_tells_of_it_is_in_two_places() {
        tell("maker", 0, "commissioning", "active");
        tell("copier", 5, "stocking", "sellable_accessible");
        tell("maker", 10, "storing", "in_progress");
        tell("copier", 20, "storing", "in_progress");
        assertThat(warnings()).containsExactly(new Warning(Kind.SERIAL_IN_TWO_PLACES, List.of("e0", "e1", "e2")));
    }

    @Test
    void a_serial_that_begins_twice_is_in_two_places() {
        tell("maker", 0, "commissioning", "active");
        tell("copier", 5, "commissioning", "active");
        assertThat(kinds()).containsExactly(Kind.SERIAL_IN_TWO_PLACES);
    }

    @Test
    void what_is_received_elsewhere_and_at_its_destination_too_is_in_two_places() {
        events.add(new ItemEvent(
                "sent",
                "maker",
                START,
                "shipping",
                "in_transit",
                "m",
                "dealer's place",
                null,
                null,
                null,
                List.of(),
                false));
        tell("copier", 5, "receiving", "in_progress");
        tell("dealer", 10, "receiving", "in_progress");
        assertThat(kinds()).containsExactly(Kind.SERIAL_IN_TWO_PLACES);
    }

    @Test
    void nothing_travels_from_London_to_Sydney_in_six_hours() {
        events.add(event("maker", START, "shipping", "in_transit", "london", LONDON));
        events.add(event("dealer", START.plusHours(6), "receiving", "in_progress", "sydney", SYDNEY));
        assertThat(kinds()).containsExactly(Kind.IMPOSSIBLE_JOURNEY);
        events.removeLast();
        events.add(event("dealer", START.plusHours(24), "receiving", "in_progress", "sydney", SYDNEY));
        assertThat(warnings()).isEmpty();
    }

    @Test
    void a_second_sale_without_a_return_is_warned_of() {
        tell("dealer", 0, "retail_selling", "retail_sold");
        tell("dealer", 50, "retail_selling", "retail_sold");
        assertThat(kinds()).containsExactly(Kind.SALE_AFTER_SALE);
        tell("dealer", 30, "receiving", "returned");
        assertThat(warnings()).isEmpty();
    }

    @Test
    void a_till_that_tells_a_sale_twice_has_sold_once() {
        tell("dealer", 0, "retail_selling", "retail_sold");
        minutes("dealer", 1, "retail_selling");
        assertThat(warnings()).isEmpty();
    }

    @Test
    void a_buyer_may_sell_it_to_a_dealer_by_a_hand_over_that_both_sign() {
        tell("dealer", 0, "retail_selling", "retail_sold");
        custody.add(new CustodyChange("buyer", "other", at(90), false));
        tell("other", 91, "accepting", "in_progress");
        tell("other", 100, "retail_selling", "retail_sold");
        assertThat(warnings()).isEmpty();
    }

    @Test
    void what_was_sold_by_an_order_can_not_be_sold_in_a_shop() {
        tell("dealer", 0, "stocking", "sellable_accessible");
        custody.add(new CustodyChange("dealer", "buyer", at(10), true));
        tell("dealer", 20, "retail_selling", "retail_sold");
        assertThat(kinds()).containsExactly(Kind.SALE_AFTER_SALE);
    }

    @Test
    void the_last_day_is_a_good_one_where_the_sale_is() {
        expiring(LocalDate.parse("2026-03-03"));
        events.add(event(
                "maker",
                OffsetDateTime.parse("2026-03-03T23:30:00-05:00"),
                "retail_selling",
                "retail_sold",
                "m",
                null));
        assertThat(warnings()).isEmpty();
        events.add(
                event("maker", OffsetDateTime.parse("2026-03-04T00:30:00-05:00"), "shipping", "in_transit", "m", null));
        assertThat(kinds()).containsExactly(Kind.EXPIRED);
        events.removeLast();
        events.add(event("maker", OffsetDateTime.parse("2026-03-09T00:30:00Z"), "shipping", "expired", "m", null));
        assertThat(warnings()).isEmpty();
    }

    @Test
    void the_last_day_of_a_lot_or_ingredient_counts_where_the_item_names_none() {
        inherited = new Expiry("lot", START.toLocalDate().plusDays(1));
        tell("maker", 0, "commissioning", "active");
        tell("maker", 20, "shipping", "in_transit");
        assertThat(warnings()).isEmpty();
        tell("maker", 50, "retail_selling", "retail_sold");
        assertThat(warnings()).containsExactly(new Warning(Kind.EXPIRED, List.of("lot", "e2")));
        events.clear();
        expiring(START.toLocalDate().plusDays(9));
        tell("maker", 50, "retail_selling", "retail_sold");
        assertThat(warnings()).isEmpty();
        inherited = new Expiry("lot", START.toLocalDate().minusDays(1));
        assertThat(warnings()).containsExactly(new Warning(Kind.EXPIRED, List.of("lot", "born")));
    }

    @Test
    void only_its_maker_calls_an_item_back_and_who_passes_it_on_is_named() {
        tell("maker", 0, "commissioning", "active");
        tell("maker", 20, "shipping", "in_transit");
        recalls.add(new Recall("by stranger", START.plusHours(10), "stranger", Set.of("maker")));
        assertThat(warnings()).isEmpty();
        recalls.add(new Recall("by maker", START.plusHours(10), "maker", Set.of("maker")));
        assertThat(warnings()).containsExactly(new Warning(Kind.RECALLED, List.of("by maker", "e1")));
    }

    @Test
    void readings_outside_the_items_limits_and_alarms_are_warned_of() {
        events.add(measured("born", "commissioning", new Limits(2, 8), List.of(), false));
        events.add(measured("fine", "storing", null, List.of(2.0, 8.0), false));
        assertThat(warnings()).isEmpty();
        events.add(measured("warm", "storing", null, List.of(5.0, 8.1), false));
        events.add(measured("alarm", "storing", null, List.of(), true));
        assertThat(warnings())
                .containsExactlyInAnyOrder(
                        new Warning(Kind.SENSOR_OUT_OF_RANGE, List.of("warm")),
                        new Warning(Kind.SENSOR_OUT_OF_RANGE, List.of("alarm")));
    }

    @Test
    void what_somebody_else_reports_of_it_soon_after_it_was_made_is_held_to_its_limits() {
        custody.add(new CustodyChange("", "maker", START.toInstant(), false));
        events.add(measured("born", "commissioning", new Limits(2, 8), List.of(), false));
        for (int minutes : List.of(1, 2)) {
            events.add(new ItemEvent(
                    "warm" + minutes,
                    "collector",
                    START.plusMinutes(minutes),
                    "sensor_reporting",
                    "",
                    "",
                    "",
                    null,
                    null,
                    null,
                    List.of(8.1),
                    false));
        }
        assertThat(warnings())
                .containsExactly(
                        new Warning(Kind.SENSOR_OUT_OF_RANGE, List.of("warm1")),
                        new Warning(Kind.SENSOR_OUT_OF_RANGE, List.of("warm2")));
    }

    private void tell(String party, int hours, String step, String disposition) {
        events.add(event(party, START.plusHours(hours), step, disposition, party + "'s place", null));
    }

    private void minutes(String party, int minutes, String step) {
        events.add(event(party, START.plusMinutes(minutes), step, "in_progress", party + "'s place", null));
    }

    private void expiring(LocalDate day) {
        events.add(new ItemEvent(
                "born", "maker", START, "commissioning", "active", "m", "", null, day, null, List.of(), false));
    }

    private ItemEvent event(
            String party,
            OffsetDateTime time,
            String step,
            String disposition,
            String place,
            @Nullable Position position) {
        return new ItemEvent(
                "e" + events.size(), party, time, step, disposition, place, "", position, null, null, List.of(), false);
    }

    private static ItemEvent measured(
            String id, String step, @Nullable Limits limits, List<Double> readings, boolean alarm) {
        return new ItemEvent(id, "maker", START, step, "active", "m", "", null, null, limits, readings, alarm);
    }

    private static Instant at(int hours) {
        return START.plusHours(hours).toInstant();
    }

    private List<Warning> warnings() {
        return Story.warnings(events, custody, recalls, inherited);
    }

    private List<Kind> kinds() {
        return warnings().stream().map(Warning::kind).toList();
    }
}
