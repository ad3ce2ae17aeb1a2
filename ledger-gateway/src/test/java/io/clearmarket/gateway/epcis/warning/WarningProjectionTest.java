package io.clearmarket.gateway.epcis.warning;

import static io.clearmarket.gateway.testing.LedgerFixture.CARRIER;
import static io.clearmarket.gateway.testing.LedgerFixture.MERCHANT;
import static io.clearmarket.gateway.testing.LedgerFixture.OTHER_MERCHANT;
import static io.clearmarket.gateway.testing.LedgerFixture.STRANGER;
import static org.assertj.core.api.Assertions.assertThat;

import io.clearmarket.gateway.epcis.warning.ItemWarnings.Found;
import io.clearmarket.gateway.epcis.warning.Warning.Kind;
import io.clearmarket.gateway.readmodel.EventPosition;
import io.clearmarket.gateway.readmodel.MarketEvent;
import io.clearmarket.gateway.readmodel.Viewer;
import io.clearmarket.wallet.identity.PartyId;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Warnings come and go with the events; each is told to those whom it concerns. */
class WarningProjectionTest {
    private static final String CHEESE = "https://id.gs1.org/01/09521234000044/21/cheese-1";
    private static final String MILK = "https://id.gs1.org/01/09521234000037/10/milk-1";
    private static final String PALLET = "https://id.gs1.org/00/095212340000000013";
    private static final String ABOUT = "\"epcList\": [\"" + CHEESE + "\"]";

    private final EpcisLedger ledger = new EpcisLedger();

    @Test
    void a_hand_over_is_missing_until_the_late_word_comes() {
        commissioned();
        step(OTHER_MERCHANT, "2026-03-03T08:00:00Z", "receiving");
        assertThat(found()).extracting(Found::kind).containsExactly(Kind.MISSING_HAND_OVER);
        assertThat(told(OTHER_MERCHANT)).containsExactly("item.warning");
        step(MERCHANT, "2026-03-02T08:00:00Z", "shipping");
        assertThat(found()).isEmpty();
        assertThat(told(OTHER_MERCHANT)).containsExactly("item.warning", "item.warning_withdrawn");
        assertThat(told(STRANGER)).isEmpty();
    }

    @Test
    void the_ledgers_own_word_of_custody_counts() {
        commissioned();
        ledger.held(OTHER_MERCHANT, CHEESE, Instant.parse("2026-03-02T08:00:00Z"));
        step(OTHER_MERCHANT, "2026-03-03T08:00:00Z", "stocking");
        assertThat(found()).isEmpty();
    }

    @Test
    void places_in_master_data_make_a_journey_impossible() {
        String header = """
                "epcisHeader": {"epcisMasterData": {"vocabularyList": [{"type": "urn:epcglobal:epcis:vtype:Location",
                 "vocabularyElementList": [%s, %s]}]}},""".formatted(place("london", 51.5, -0.1), place("sydney", -33.9, 151.2));
        ledger.document(MERCHANT, header, at("commissioning", "ADD", "2026-03-01T08:00:00Z", "london"));
        ledger.document(MERCHANT, "", at("storing", "OBSERVE", "2026-03-01T12:00:00Z", "sydney"));
        assertThat(found()).extracting(Found::kind).containsExactly(Kind.IMPOSSIBLE_JOURNEY);
    }

    @Test
    void what_happens_to_a_pallet_happens_to_what_is_on_it_until_it_is_taken_off() {
        ledger.told(MERCHANT, "2026-03-01T08:00:00Z", """
                "action": "ADD", "bizStep": "commissioning", %s,
                "ilmd": {"clearmarket:storageTemperatureMin": 2, "clearmarket:storageTemperatureMax": 8}""".formatted(ABOUT));
        pallet("ADD", "2026-03-01T09:00:00Z");
        warm("2026-03-01T10:00:00Z", 7);
        assertThat(found()).isEmpty();
        warm("2026-03-01T11:00:00Z", 12);
        assertThat(found()).extracting(Found::kind).containsExactly(Kind.SENSOR_OUT_OF_RANGE);
        pallet("DELETE", "2026-03-01T12:00:00Z");
        warm("2026-03-01T13:00:00Z", 30);
        assertThat(found()).hasSize(1);
    }

    @Test
    void a_recall_of_the_milk_by_its_maker_reaches_the_cheese_and_who_has_it() {
        made();
        recall(STRANGER, "2026-03-05T08:00:00Z");
        assertThat(found()).isEmpty();
        recall(CARRIER, "2026-03-05T09:00:00Z");
        assertThat(found()).extracting(Found::kind).containsExactly(Kind.RECALLED);
        assertThat(told(OTHER_MERCHANT)).containsExactly("item.recalled");
        assertThat(told(STRANGER)).doesNotContain("item.recalled");
    }

    @Test
    void what_is_made_of_recalled_milk_later_is_recalled_as_well() {
        recalledMilk();
        transformed();
        assertThat(found()).extracting(Found::kind).containsExactly(Kind.RECALLED);
    }

    @Test
    void the_last_day_of_the_milk_is_that_of_the_cheese_that_names_none_of_its_own() {
        milk("\"ilmd\": {\"cbvmda:itemExpirationDate\": \"2026-03-04\"},");
        transformed();
        step(OTHER_MERCHANT, "2026-03-04T20:00:00Z", "shipping");
        assertThat(found()).isEmpty();
        step(OTHER_MERCHANT, "2026-03-05T08:00:00Z", "retail_selling");
        assertThat(found()).extracting(Found::kind).containsExactly(Kind.EXPIRED);
        assertThat(found().getFirst().events()).hasSize(2);
    }

    @Test
    void a_last_day_that_is_told_late_reaches_what_was_made_and_only_its_maker_sets_it() {
        made();
        step(OTHER_MERCHANT, "2026-03-05T08:00:00Z", "retail_selling");
        lastDay(STRANGER, "2026-03-03");
        assertThat(found()).isEmpty();
        lastDay(CARRIER, "2026-03-04");
        assertThat(found()).extracting(Found::kind).containsExactly(Kind.EXPIRED);
        assertThat(told(OTHER_MERCHANT)).containsExactly("item.warning");
    }

    @Test
    void an_item_of_an_expired_lot_is_expired_and_what_names_its_own_day_is_not() {
        String lot = "https://id.gs1.org/01/09521234000044/10/batch-1";
        ledger.told(MERCHANT, "2026-03-01T07:00:00Z", """
                "action": "ADD", "bizStep": "commissioning", "quantityList": [{"epcClass": "%s", "quantity": 2}],
                "ilmd": {"cbvmda:itemExpirationDate": "2026-03-04"}""".formatted(lot));
        ledger.told(MERCHANT, "2026-03-01T08:00:00Z", """
                "action": "ADD", "bizStep": "commissioning", "ilmd": {"cbvmda:lotNumber": "batch-1"},""" + ABOUT);
        String other = CHEESE.replace("cheese-1", "cheese-2");
        ledger.told(MERCHANT, "2026-03-01T08:00:00Z", """
                "action": "ADD", "bizStep": "commissioning", "epcList": ["%s"],
                "ilmd": {"cbvmda:lotNumber": "batch-1", "cbvmda:itemExpirationDate": "2026-04-01"}""".formatted(other));
        ledger.told(MERCHANT, "2026-03-05T08:00:00Z", """
                "action": "OBSERVE", "bizStep": "shipping", "epcList": ["%s", "%s"]""".formatted(CHEESE, other));
        assertThat(found()).extracting(Found::kind).containsExactly(Kind.EXPIRED);
        assertThat(ledger.warnings().of(other)).isEmpty();
    }

    @Test
    void nothing_is_made_of_milk_that_has_expired() {
        milk("\"ilmd\": {\"cbvmda:itemExpirationDate\": \"2026-03-01\"},");
        transformed();
        assertThat(found()).extracting(Found::kind).containsExactly(Kind.EXPIRED);
    }

    @Test
    void all_of_it_is_derived_again_alike() {
        made();
        recall(CARRIER, "2026-03-05T09:00:00Z");
        lastDay(CARRIER, "2026-03-04");
        step(STRANGER, "2026-03-06T08:00:00Z", "retail_selling");
        List<Found> before = found();
        List<MarketEvent> events = events(Viewer.GATEWAY);
        assertThat(before).hasSizeGreaterThan(1);
        ledger.rebuild();
        assertThat(found()).isEqualTo(before);
        assertThat(events(Viewer.GATEWAY)).isEqualTo(events);
    }

    /** Signed past the door, which takes no such name: a warning is about it all the same, and the block is applied. */
    @Test
    void an_event_of_a_long_name_that_shows_a_warning_stops_no_block() {
        String item = CHEESE + "234567890123";
        String about = "\"epcList\": [\"" + item + "\"]";
        String name = new Random(1)
                .ints(2_590, 'a', 'z' + 1)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        ledger.told(MERCHANT, "2026-03-01T08:00:00Z", """
                "action": "ADD", "bizStep": "commissioning", %s,
                "ilmd": {"clearmarket:storageTemperatureMin": 2, "clearmarket:storageTemperatureMax": 8}""".formatted(about));
        ledger.told(MERCHANT, "2026-03-01T11:00:00Z", """
                "eventID": "%s", "action": "OBSERVE", "bizStep": "storing", %s, "sensorElementList": [{"sensorReport":
                 [{"type": "Temperature", "value": 12, "uom": "CEL"}]}]""".formatted(name, about));

        assertThat(ledger.warnings().of(item)).singleElement().satisfies(warning -> {
            assertThat(warning.kind()).isEqualTo(Kind.SENSOR_OUT_OF_RANGE);
            assertThat(warning.events()).containsExactly(name);
        });
    }

    private void commissioned() {
        ledger.told(MERCHANT, "2026-03-01T08:00:00Z", "\"action\": \"ADD\", \"bizStep\": \"commissioning\", " + ABOUT);
    }

    private void made() {
        milk();
        transformed();
        ledger.held(OTHER_MERCHANT, CHEESE, Instant.parse("2026-03-02T09:00:00Z"));
    }

    private void recalledMilk() {
        milk();
        recall(CARRIER, "2026-03-01T12:00:00Z");
    }

    private void milk() {
        milk("");
    }

    private void milk(String masterData) {
        ledger.told(CARRIER, "2026-03-01T08:00:00Z", """
                "action": "ADD", "bizStep": "commissioning", %s "quantityList": [{"epcClass": "%s", "quantity": 9}]""".formatted(masterData, MILK));
    }

    /** A later word about the lot, with master data. */
    private void lastDay(PartyId by, String day) {
        ledger.told(by, "2026-03-01T10:00:00Z", """
                "action": "ADD", "bizStep": "commissioning", "ilmd": {"cbvmda:itemExpirationDate": "%s"},
                "quantityList": [{"epcClass": "%s", "quantity": 1}]""".formatted(day, MILK));
    }

    private void transformed() {
        ledger.document(OTHER_MERCHANT, "", """
                {"type": "TransformationEvent", "eventTime": "2026-03-02T08:00:00Z", "eventTimeZoneOffset": "+00:00",
                 "bizStep": "creating_class_instance", "outputEPCList": ["%s"],
                 "inputQuantityList": [{"epcClass": "%s", "quantity": 9}]}""".formatted(CHEESE, MILK));
    }

    private void recall(PartyId by, String time) {
        ledger.told(by, time, """
                "action": "OBSERVE", "bizStep": "holding", "disposition": "recalled",
                "quantityList": [{"epcClass": "%s"}]""".formatted(MILK));
    }

    private void step(PartyId by, String time, String step) {
        ledger.told(by, time, "\"action\": \"OBSERVE\", \"bizStep\": \"" + step + "\", " + ABOUT);
    }

    private void pallet(String action, String time) {
        ledger.document(MERCHANT, "", """
                {"type": "AggregationEvent", "action": "%s", "eventTime": "%s", "eventTimeZoneOffset": "+00:00",
                 "parentID": "%s", "childEPCs": ["%s"]}""".formatted(action, time, PALLET, CHEESE));
    }

    private void warm(String time, int celsius) {
        ledger.told(MERCHANT, time, """
                "action": "OBSERVE", "bizStep": "storing", "epcList": ["%s"], "sensorElementList": [{"sensorReport":
                 [{"type": "Temperature", "value": %d, "uom": "CEL"}]}]""".formatted(PALLET, celsius));
    }

    private static String at(String step, String action, String time, String place) {
        return """
                {"type": "ObjectEvent", "eventTime": "%s", "eventTimeZoneOffset": "+00:00", "action": "%s", "bizStep": "%s",
                 "readPoint": {"id": "https://example.org/places/%s"}, %s}""".formatted(time, action, step, place, ABOUT);
    }

    private static String place(String name, double latitude, double longitude) {
        return """
                {"id": "https://example.org/places/%s", "attributes": [{"id": "cbvmda:latitude", "attribute": %s},
                 {"id": "cbvmda:longitude", "attribute": %s}]}""".formatted(name, latitude, longitude);
    }

    private List<Found> found() {
        return ledger.warnings().of(CHEESE);
    }

    private List<String> told(PartyId party) {
        return events(new Viewer(false, party)).stream()
                .map(MarketEvent::type)
                .filter(type -> type.startsWith("item."))
                .toList();
    }

    private List<MarketEvent> events(Viewer viewer) {
        return ledger.readModel().model().eventsAfter(EventPosition.parse("-1"), viewer, 200);
    }
}
