package io.clearmarket.gateway.epcis.query;

import static io.clearmarket.gateway.epcis.query.GeneratedEvents.START;
import static io.clearmarket.gateway.epcis.query.GeneratedEvents.lot;
import static io.clearmarket.gateway.epcis.query.GeneratedEvents.place;
import static io.clearmarket.gateway.epcis.query.NaiveEvaluator.filters;
import static io.clearmarket.gateway.epcis.query.NaiveEvaluator.text;
import static io.clearmarket.gateway.epcis.query.NaiveEvaluator.time;
import static io.clearmarket.gateway.epcis.query.NaiveSensors.ninths;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clearmarket.gateway.epcis.EpcisProblem;
import io.clearmarket.gateway.epcis.store.EventStore;
import io.clearmarket.gateway.epcis.store.StoredEvent;
import io.clearmarket.gateway.testing.TestDatabase;
import io.clearmarket.wallet.json.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.util.LinkedMultiValueMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Every filter against plain predicates; 10,000 generated events, or {@code -Dclearmarket.epcis.events=N}. */
class FilterTest {
    private static final long SEED = Long.getLong("clearmarket.seed", 20261126L);
    private static final int EVENTS = Integer.getInteger("clearmarket.epcis.events", 10_000);
    private static final String NAMESPACE = "http://ns.example.com/";
    private static final Map<String, JsonNode> ALL = new LinkedHashMap<>();
    private static final TestDatabase DATABASE = TestDatabase.create();
    private static final EventQueries QUERIES = new EventQueries(DATABASE.client());

    @BeforeAll
    static void fill() {
        EventStore store = new EventStore(DATABASE.template());
        GeneratedEvents generated = new GeneratedEvents(SEED);
        List<StoredEvent> events = new ArrayList<>();
        List<Map<String, String>> namespaces = new ArrayList<>();
        for (int i = 0; i < EVENTS; i++) {
            ObjectNode event = generated.next();
            event.put("recordTime", START.plusSeconds(i).toString());
            String id = event.path("eventID").asString("");
            ALL.put(id, event);
            events.add(new StoredEvent(
                    id,
                    "hash-" + i,
                    "",
                    event,
                    null,
                    "document",
                    null,
                    time(event.path("eventTime")),
                    START.plusSeconds(i)));
            namespaces.add(Map.of("ex", NAMESPACE));
        }
        DATABASE.transaction().executeWithoutResult(status -> store.add(events, namespaces));
        for (String cold :
                List.of("https://ref.gs1.org/cbv/BizStep-shipping", "urn:epcglobal:cbv:disp:expired", lot(3))) {
            store.addMasterData(described(cold, "[]"));
        }
        store.addMasterData(described(place(1), "[\"" + place(2) + "\"]"));
    }

    private static JsonNode described(String id, String children) {
        return Json.MAPPER.readTree("""
                {"epcisMasterData": {"vocabularyList": [{"type": "urn:example:vtype",
                  "vocabularyElementList": [{"id": "%s", "attributes": [{"id": "urn:example:kind", "attribute": "cold"}],
                    "children": %s}]}]}}""".formatted(id, children));
    }

    @Test
    void every_parameter_that_the_reader_knows_is_asked() {
        Set<String> asked = filters("").keySet().stream()
                .flatMap(query -> Stream.of(query.split("&")))
                .map(one -> one.substring(0, one.indexOf('=')))
                .collect(Collectors.toSet());
        assertThat(QueryReader.names())
                .hasSizeGreaterThan(200)
                .allSatisfy(
                        name -> assertThat(asked).as(name).anyMatch(form(name).asMatchPredicate()));
    }

    /** What a name with the asker's part in it looks like. */
    private static Pattern form(String name) {
        return Pattern.compile(name.replace("{unit}", "[A-Z0-9]{2,4}")
                .replace("{type}", "[a-z_]+")
                .replace("{attribute}", ".+")
                .replace("{name}", "[A-Za-z]+")
                .replace("{field}", "[a-z]+:[A-Za-z]+"));
    }

    @Test
    void every_filter_finds_what_a_plain_predicate_finds() {
        filters(ALL.keySet().iterator().next()).forEach((query, predicate) -> {
            Set<String> expected = new HashSet<>();
            ALL.forEach((id, event) -> {
                if (predicate.test(event)) {
                    expected.add(id);
                }
            });
            assertThat(expected.size()).as("%s tells events apart", query).isBetween(1, EVENTS - 1);
            assertThat(new HashSet<>(found(query, 1000)))
                    .as("%s, seed %d", query, SEED)
                    .isEqualTo(expected);
        });
    }

    @Test
    void results_are_ordered_as_asked_and_pages_hold_each_event_once() {
        List<String> byTime = found("orderBy=eventTime&orderDirection=ASC&EQ_action=DELETE", 37);
        assertThat(byTime).doesNotHaveDuplicates().hasSize((int) ALL.values().stream()
                .filter(e -> text(e, "action").equals("DELETE"))
                .count());
        assertThat(byTime.stream().map(id -> time(event(id).path("eventTime")))).isSorted();
        List<String> byRecord = found("orderBy=recordTime&EQ_action=DELETE", 41);
        List<String> stored = new ArrayList<>(ALL.keySet());
        assertThat(byRecord.stream().map(stored::indexOf)).isSortedAccordingTo(Comparator.reverseOrder());
        List<String> byWeight = found("orderBy=ex:weight&orderDirection=DESC&EXISTS_ex:weight=", 100);
        assertThat(byWeight.stream().map(id -> event(id).path("ex:weight").asInt(0)))
                .isSortedAccordingTo(Comparator.reverseOrder());
        List<String> byHeat = found("orderBy=value_FAH&orderDirection=ASC&GE_value_CEL=0", 100);
        assertThat(byHeat.stream()
                        .map(id -> ninths(
                                        event(id)
                                                .path("sensorElementList")
                                                .path(0)
                                                .path("sensorReport")
                                                .path(0),
                                        "value")
                                .orElseThrow()))
                .isNotEmpty()
                .isSorted();
        assertThat(new HashSet<>(found("orderBy=ex:weight&orderDirection=DESC&EQ_action=ADD", 500)))
                .isEqualTo(new HashSet<>(found("EQ_action=ADD", 1000)));
    }

    @Test
    void a_limit_cuts_the_result_and_a_maximum_refuses_it() {
        List<String> newest = found("orderBy=eventTime&eventCountLimit=25", 10);
        List<Instant> all = ALL.values().stream()
                .map(e -> time(e.path("eventTime")))
                .sorted(Comparator.reverseOrder())
                .toList();
        assertThat(newest.stream().map(id -> time(event(id).path("eventTime")))).isEqualTo(all.subList(0, 25));
        assertThatThrownBy(() -> found("EQ_action=ADD&maxEventCount=25", 10))
                .isInstanceOfSatisfying(
                        EpcisProblem.class,
                        problem -> assertThat(problem.kind()).isEqualTo(EpcisProblem.Kind.QUERY_TOO_LARGE));
        assertThat(found("EQ_eventID=urn:uuid:none&maxEventCount=25", 10)).isEmpty();
    }

    @Test
    void what_is_no_parameter_is_refused() {
        for (String query : List.of(
                "EQ_colour=red",
                "bizStep=shipping",
                "GE_eventTime=yesterday",
                "GT_quantity=many",
                "EXISTS=1",
                "HASATTR_epc=a",
                "orderBy=epc",
                "orderBy=eventTime&orderDirection=UP",
                "eventCountLimit=0",
                "eventCountLimit=5&maxEventCount=5")) {
            assertThatThrownBy(() -> found(query, 10))
                    .as(query)
                    .isInstanceOfSatisfying(
                            EpcisProblem.class,
                            problem -> assertThat(problem.kind()).isEqualTo(EpcisProblem.Kind.QUERY_PARAMETER));
        }
    }

    private static List<String> found(String query, int perPage) {
        LinkedMultiValueMap<String, String> parameters = new LinkedMultiValueMap<>();
        for (String one : query.split("&", -1)) {
            int equals = one.indexOf('=');
            parameters.add(one.substring(0, equals), one.substring(equals + 1));
        }
        EventQuery read = QueryReader.read(Parameters.ofUrl(parameters, "ex=" + NAMESPACE));
        List<String> ids = new ArrayList<>();
        String token = null;
        do {
            EventQueries.Page page = QUERIES.find(read, perPage, token);
            page.events().forEach(event -> ids.add(event.eventId()));
            token = page.next();
        } while (token != null);
        return ids;
    }

    private static JsonNode event(String id) {
        return Objects.requireNonNull(ALL.get(id));
    }
}
