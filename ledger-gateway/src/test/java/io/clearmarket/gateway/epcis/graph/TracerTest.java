package io.clearmarket.gateway.epcis.graph;

import static org.assertj.core.api.Assertions.assertThat;

import io.clearmarket.gateway.epcis.graph.Trace.Direction;
import io.clearmarket.gateway.epcis.store.EventStore;
import io.clearmarket.gateway.epcis.store.StoredEvent;
import io.clearmarket.gateway.testing.TestDatabase;
import io.clearmarket.wallet.json.Json;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Milk of two lots becomes cheese, cheese is packed on a pallet; another lot becomes another cheese on the same pallet. */
class TracerTest {
    private static final String MILK = "https://id.gs1.org/01/09521234000037/10/milk-";
    private static final String CHEESE = "https://id.gs1.org/01/09521234000044/21/cheese-";
    private static final String SHIP = "https://id.gs1.org/8004/095212340000000020";
    private static final String PALLET = "https://id.gs1.org/00/095212340000000013";

    private final TestDatabase database = TestDatabase.create();
    private final EventStore store = new EventStore(database.template());
    private final Tracer tracer = new Tracer(database.client());
    private int count;

    @Test
    void a_trace_leads_back_to_every_origin_and_to_nothing_else() {
        story();
        Trace trace = tracer.trace(CHEESE + "1", Direction.BACK);
        assertThat(ids(trace)).contains(MILK + "1", MILK + "2").doesNotContain(MILK + "3", PALLET, CHEESE + "2");
        assertThat(trace.ends()).containsExactlyInAnyOrder(MILK + "1", MILK + "2");
        assertThat(trace.complete()).isTrue();
        assertThat(trace.steps()).allSatisfy(step -> assertThat(step.eventId()).startsWith("event-"));
    }

    @Test
    void a_lot_leads_forward_to_all_that_holds_some_of_it_and_not_to_its_neighbours_on_the_pallet() {
        story();
        Trace trace = tracer.trace(MILK + "1", Direction.FORWARD);
        assertThat(ids(trace)).contains(CHEESE + "1", PALLET).doesNotContain(CHEESE + "2", MILK + "2");
    }

    @Test
    void items_of_a_lot_are_found_by_the_master_data_that_they_were_commissioned_with() {
        add("""
                {"type":"ObjectEvent","action":"ADD","bizStep":"commissioning","epcList":["%s9"],
                 "ilmd":{"cbvmda:lotNumber":"batch-7"}}""".formatted(CHEESE), "");
        Trace trace = tracer.trace("https://id.gs1.org/01/09521234000044/10/batch-7", Direction.FORWARD);
        assertThat(ids(trace)).contains(CHEESE + "9");
    }

    @Test
    void inputs_and_outputs_told_apart_meet_by_their_transformations_id() {
        add(
                "{\"type\":\"TransformationEvent\",\"transformationID\":\"urn:x:1\",\"inputEPCList\":[\"" + CHEESE
                        + "1\"]}",
                "");
        add(
                "{\"type\":\"TransformationEvent\",\"transformationID\":\"urn:x:1\",\"outputEPCList\":[\"" + CHEESE
                        + "2\"]}",
                "");
        assertThat(ids(tracer.trace(CHEESE + "1", Direction.FORWARD))).contains(CHEESE + "2");
    }

    @Test
    void an_event_in_error_leads_nowhere_any_more() {
        String event = "{\"type\":\"TransformationEvent\",\"inputEPCList\":[\"" + CHEESE + "1\"],\"outputEPCList\":[\""
                + CHEESE + "2\"]}";
        add(event, "");
        assertThat(ids(tracer.trace(CHEESE + "2", Direction.BACK))).contains(CHEESE + "1");
        count--;
        add(event, "declared");
        assertThat(ids(tracer.trace(CHEESE + "2", Direction.BACK))).containsExactly(CHEESE + "2");
    }

    @Test
    void what_was_taken_out_of_a_container_is_no_longer_in_it_nor_in_what_that_is_packed_into_later() {
        story();
        packed("DELETE", PALLET, CHEESE + "1");
        packed("ADD", SHIP, PALLET);
        Trace taken = tracer.trace(CHEESE + "1", Direction.FORWARD);
        assertThat(ids(taken)).contains(PALLET).doesNotContain(SHIP);
        assertThat(taken.ends()).containsExactly(CHEESE + "1");
        assertThat(taken.steps()).singleElement().satisfies(step -> {
            assertThat(step.endedBy()).isEqualTo("event-4");
            assertThat(step.until()).isEqualTo(Instant.ofEpochSecond(4));
        });
        Trace left = tracer.trace(CHEESE + "2", Direction.FORWARD);
        assertThat(ids(left)).contains(PALLET, SHIP);
        assertThat(left.ends()).containsExactly(SHIP);
        assertThat(left.steps()).allSatisfy(step -> assertThat(step.until()).isNull());
    }

    @Test
    void what_was_in_it_on_the_way_was_there_too_until_it_was_taken_out() {
        story();
        packed("ADD", SHIP, PALLET);
        packed("DELETE", PALLET, CHEESE + "1");
        Trace trace = tracer.trace(CHEESE + "1", Direction.FORWARD);
        assertThat(ids(trace)).contains(PALLET, SHIP);
        assertThat(trace.ends()).containsExactly(CHEESE + "1");
    }

    @Test
    void emptied_without_a_word_of_what_all_of_it_is_out_and_packed_again_it_is_in() {
        story();
        packed("DELETE", PALLET);
        assertThat(tracer.trace(CHEESE + "1", Direction.FORWARD).ends()).containsExactly(CHEESE + "1");
        packed("ADD", PALLET, CHEESE + "1");
        assertThat(tracer.trace(CHEESE + "1", Direction.FORWARD).ends()).containsExactly(PALLET);
        assertThat(tracer.trace(CHEESE + "2", Direction.FORWARD).ends()).containsExactly(CHEESE + "2");
    }

    @Test
    void of_a_lot_that_was_taken_out_in_part_some_may_still_be_in() {
        add("""
                {"type":"AggregationEvent","action":"ADD","parentID":"%s",
                 "childQuantityList":[{"epcClass":"%s1","quantity":9}]}""".formatted(PALLET, MILK), "");
        add("""
                {"type":"AggregationEvent","action":"DELETE","parentID":"%s",
                 "childQuantityList":[{"epcClass":"%s1","quantity":1}]}""".formatted(PALLET, MILK), "");
        assertThat(tracer.trace(MILK + "1", Direction.FORWARD).ends()).containsExactly(PALLET);
    }

    @Test
    void a_part_that_was_removed_is_not_in_what_its_old_place_was_built_into_later() {
        part("ADD", CHEESE + "7", CHEESE + "8");
        part("DELETE", CHEESE + "7", CHEESE + "8");
        part("ADD", CHEESE + "6", CHEESE + "7");
        assertThat(ids(tracer.trace(CHEESE + "8", Direction.FORWARD))).doesNotContain(CHEESE + "6");
        Trace back = tracer.trace(CHEESE + "6", Direction.BACK);
        assertThat(ids(back)).contains(CHEESE + "7").doesNotContain(CHEESE + "8");
        assertThat(ids(tracer.trace(CHEESE + "7", Direction.BACK))).contains(CHEESE + "8");
    }

    @Test
    void a_removal_in_error_took_nothing_out() {
        story();
        packed("DELETE", PALLET, CHEESE + "1");
        count--;
        add(aggregation("AggregationEvent", "DELETE", PALLET, CHEESE + "1"), "declared");
        assertThat(tracer.trace(CHEESE + "1", Direction.FORWARD).ends()).containsExactly(PALLET);
    }

    private void packed(String action, String container, String... things) {
        add(aggregation("AggregationEvent", action, container, things), "");
    }

    private void part(String action, String whole, String part) {
        add(aggregation("AssociationEvent", action, whole, part), "");
    }

    private static String aggregation(String type, String action, String parent, String... children) {
        return Json.MAPPER.writeValueAsString(
                Map.of("type", type, "action", action, "parentID", parent, "childEPCs", List.of(children)));
    }

    private void story() {
        cheese("1", "1", "2");
        cheese("2", "3");
        add("""
                {"type":"AggregationEvent","action":"ADD","parentID":"%s","childEPCs":["%s1","%s2"]}""".formatted(PALLET, CHEESE, CHEESE), "");
    }

    private void cheese(String serial, String... milk) {
        List<Map<String, Object>> inputs = List.of(milk).stream()
                .map(lot -> Map.<String, Object>of("epcClass", MILK + lot, "quantity", 100, "uom", "LTR"))
                .toList();
        add(
                Json.MAPPER.writeValueAsString(Map.of(
                        "type",
                        "TransformationEvent",
                        "inputQuantityList",
                        inputs,
                        "outputEPCList",
                        List.of(CHEESE + serial))),
                "");
    }

    private void add(String json, String declaration) {
        JsonNode event = Json.MAPPER.readTree(json);
        count++;
        StoredEvent stored = new StoredEvent(
                "event-" + count,
                "hash-" + count,
                declaration,
                event,
                null,
                "document",
                null,
                Instant.EPOCH.plusSeconds(count),
                Instant.EPOCH);
        database.transaction().executeWithoutResult(status -> store.add(List.of(stored), List.of(Map.of())));
    }

    private static List<String> ids(Trace trace) {
        return trace.things().stream().map(Trace.Reached::id).toList();
    }
}
