package io.clearmarket.gateway.epcis.store;

import io.clearmarket.wallet.json.Json;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Captured events with their indexes. Writing the same event twice is harmless. */
@Component
public class EventStore {
    private static final String EVENT = """
            insert into captured_event
                (event_id, hash, declaration, event, context, document, party, event_time, record_time, facets)
            values (?, ?, ?, ?::jsonb, ?::jsonb, ?, ?, ?, ?, ?)
            on conflict (hash, event_id, declaration) do nothing
            returning seq""";
    private static final String VALUE = "insert into captured_value (seq, name, number, at) values (?, ?, ?, ?)";
    private static final String EDGE = """
            insert into provenance_edge (source, kind, target, seq)
            select v.source, v.kind, v.target, v.seq
            from (values (?, ?, ?, ?::bigint, ?)) v (source, kind, target, seq, hash)
            on conflict do nothing""";
    private static final String NAME =
            "insert into captured_name (kind, name) values (?, ?) on conflict (kind, name) do nothing";
    private static final long WRITERS = 0x45504349_53L;
    private static final List<String> EPCS = List.of("epc", "parentID", "inputEPC", "outputEPC");
    private static final List<String> NAMED = List.of("bizStep", "disposition", "readPoint", "bizLocation");

    private final JdbcTemplate database;

    public EventStore(JdbcTemplate database) {
        this.database = database;
    }

    /**
     * Adds events that are not here yet; to be called inside a transaction.
     *
     * @param namespaces the prefixes in force inside each, in the same order
     */
    public void add(List<StoredEvent> events, List<Map<String, String>> namespaces) {
        // one writer at a time, so that an event's place is not passed by a reader before it is committed
        database.queryForList("select pg_advisory_xact_lock(?)", WRITERS);
        List<Object[]> values = new ArrayList<>();
        List<Object[]> edges = new ArrayList<>();
        Set<List<String>> names = new LinkedHashSet<>();
        for (int i = 0; i < events.size(); i++) {
            StoredEvent event = events.get(i);
            EventIndex index = EventIndex.of(event.event(), namespaces.get(i));
            insert(event, index).ifPresent(seq -> {
                graph(event, seq, edges);
                index.numbers().forEach(n -> values.add(new Object[] {seq, n.name(), n.value(), null}));
                index.times().forEach(t -> values.add(new Object[] {seq, t.name(), null, Timestamp.from(t.value())}));
                index.facets().forEach(facet -> name(facet).ifPresent(names::add));
            });
        }
        database.batchUpdate(VALUE, values);
        database.batchUpdate(EDGE, edges);
        database.batchUpdate(
                NAME,
                names.stream()
                        .sorted((a, b) -> a.toString().compareTo(b.toString()))
                        .map(List::toArray)
                        .toList());
    }

    /** An event's part of the graph; one that is in error has none, and a second spelling of an event adds none. */
    private void graph(StoredEvent event, long seq, List<Object[]> edges) {
        if (!event.declaration().isEmpty()) {
            database.update(
                    "delete from provenance_edge where seq in (select seq from captured_event where hash = ?)",
                    event.hash());
            edges.removeIf(row -> event.hash().equals(row[4]));
            return;
        }
        if (!isTold(event.hash(), seq)) {
            ProvenanceEdges.of(event.event(), event.hash())
                    .forEach(edge -> edges.add(
                            new Object[] {edge.source(), edge.kind().name(), edge.target(), seq, event.hash()}));
        }
    }

    /** True if the event is here in another spelling, or declared in error. */
    private boolean isTold(String hash, long seq) {
        return JdbcClient.create(database)
                .sql("select exists (select 1 from captured_event where hash = ? and seq <> ?)")
                .params(hash, seq)
                .query(Boolean.class)
                .single();
    }

    private Optional<Long> insert(StoredEvent event, EventIndex index) {
        return JdbcClient.create(database)
                .sql(EVENT)
                .params(Arrays.asList(
                        event.eventId(),
                        event.hash(),
                        event.declaration(),
                        Json.MAPPER.writeValueAsString(event.event()),
                        event.context() == null ? null : Json.MAPPER.writeValueAsString(event.context()),
                        event.document(),
                        event.party(),
                        Timestamp.from(event.eventTime()),
                        Timestamp.from(event.recordTime()),
                        index.facets().toArray(String[]::new)))
                .query(Long.class)
                .optional();
    }

    /** The kind and name that a facet makes known, if it is one that resources are listed by. */
    private static Optional<List<String>> name(String facet) {
        int equals = facet.indexOf('=');
        String field = equals < 0 ? "" : facet.substring(0, equals);
        String kind = EPCS.contains(field) ? "epc" : field;
        return kind.equals("epc") || NAMED.contains(kind)
                ? Optional.of(List.of(kind, facet.substring(equals + 1)))
                : Optional.empty();
    }

    /** Of these hash ids those that are here, as events or by what was declared of them. */
    public Set<String> known(Collection<String> hashes) {
        return Set.copyOf(JdbcClient.create(database)
                .sql("select distinct hash from captured_event where hash = any(?)")
                .param(hashes.toArray(String[]::new))
                .query(String.class)
                .list());
    }

    /** Of these ids, {@code hash event-id declaration}, those that are here. */
    public Set<String> present(Collection<String> ids) {
        return Set.copyOf(JdbcClient.create(database)
                .sql("""
                        select hash || ' ' || event_id || ' ' || declaration from captured_event
                        where hash || ' ' || event_id || ' ' || declaration = any(?)
                          and hash = any(?)""")
                .params(
                        ids.toArray(String[]::new),
                        ids.stream().map(id -> id.substring(0, id.indexOf(' '))).toArray(String[]::new))
                .query(String.class)
                .list());
    }

    /** The hash ids of the events that were captured under this id. */
    public List<String> hashesOf(String eventId) {
        return JdbcClient.create(database)
                .sql("select distinct hash from captured_event where event_id = ? order by hash")
                .param(eventId)
                .query((row, i) -> row.getString(1))
                .list();
    }

    /** Names of a kind after one, in order. */
    public List<String> names(String kind, String after, int limit) {
        return JdbcClient.create(database)
                .sql("select name from captured_name where kind = ? and name > ? order by name limit ?")
                .params(kind, after, limit)
                .query((row, i) -> row.getString(1))
                .list();
    }

    /** True if the name has been seen. */
    public boolean isKnown(String kind, String name) {
        return JdbcClient.create(database)
                .sql("select exists (select 1 from captured_name where kind = ? and name = ?)")
                .params(kind, name)
                .query(Boolean.class)
                .single();
    }

    /** Keeps attributes and children of master data (EPCIS 2.0, section 6.1.1), by canonical ids. */
    public void addMasterData(JsonNode header) {
        for (JsonNode vocabulary : header.path("epcisMasterData").path("vocabularyList")) {
            for (JsonNode element : vocabulary.path("vocabularyElementList")) {
                String id = Values.canonical(element.path("id").asString(""));
                for (JsonNode attribute : element.path("attributes")) {
                    JsonNode value = attribute.path("attribute");
                    database.update(
                            "insert into master_attribute values (?, ?, ?) on conflict do nothing",
                            id,
                            attribute.path("id").asString(""),
                            value.isContainer() ? value.toString() : value.asString(""));
                }
                for (JsonNode child : element.path("children")) {
                    database.update(
                            "insert into master_child values (?, ?) on conflict do nothing",
                            id,
                            Values.canonical(child.asString("")));
                }
            }
        }
    }

    /** Forgets the events, because every block comes again. */
    void clear() {
        database.execute("truncate captured_event, captured_value, captured_name, provenance_edge restart identity");
    }
}
