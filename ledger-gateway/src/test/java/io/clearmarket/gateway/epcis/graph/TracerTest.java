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
                Instant.EPOCH,
                Instant.EPOCH);
        database.transaction().executeWithoutResult(status -> store.add(List.of(stored), List.of(Map.of())));
    }

    private static List<String> ids(Trace trace) {
        return trace.things().stream().map(Trace.Reached::id).toList();
    }
}
