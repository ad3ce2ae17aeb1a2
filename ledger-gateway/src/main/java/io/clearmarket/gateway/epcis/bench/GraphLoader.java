package io.clearmarket.gateway.epcis.bench;

import io.clearmarket.gateway.epcis.store.EventIndex;
import io.clearmarket.gateway.epcis.store.ProvenanceEdges;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.util.FileSystemUtils;
import tools.jackson.databind.JsonNode;

/** Brings generated events into the repository's tables by COPY, with the facets and edges that a capture would give them. */
final class GraphLoader {
    private static final String EVENTS = "events";
    private static final String EDGES = "edges";

    private final GraphEvents generated;
    private int events;
    private long edges;

    private GraphLoader(GraphEvents generated) {
        this.generated = generated;
    }

    /** @param source a server of this machine, since it reads files that are written here */
    static GraphLoader load(DataSource source, int events, long seed) {
        GraphLoader loader = new GraphLoader(new GraphEvents(events, seed));
        JdbcClient client = JdbcClient.create(source);
        try {
            Path folder = Files.createTempDirectory("clearmarket-copy");
            try {
                loader.write(folder);
                List<String> indexes = dropIndexes(client);
                loader.copy(client, folder);
                indexes.forEach(definition -> client.sql(definition).update());
                client.sql("analyze captured_event, provenance_edge").update();
            } finally {
                FileSystemUtils.deleteRecursively(folder);
            }
            return loader;
        } catch (IOException e) {
            throw new UncheckedIOException("the graph can't be loaded", e);
        }
    }

    int events() {
        return events;
    }

    long edges() {
        return edges;
    }

    String item(Random random) {
        return generated.item(random);
    }

    String lot(Random random) {
        return generated.lot(random);
    }

    /** Building an index at once is quicker than keeping it; those of constraints stay. */
    private static List<String> dropIndexes(JdbcClient client) {
        String of = " from pg_indexes i where tablename in ('captured_event', 'provenance_edge') and not exists ("
                + "select 1 from pg_constraint c where c.conname = i.indexname)";
        List<String> definitions = texts(client, "select indexdef" + of);
        texts(client, "select indexname" + of)
                .forEach(name -> client.sql("drop index " + name).update());
        return definitions;
    }

    private static List<String> texts(JdbcClient client, String query) {
        return client.sql(query).query((row, i) -> row.getString(1)).list();
    }

    private void write(Path folder) throws IOException {
        try (BufferedWriter eventRows = Files.newBufferedWriter(folder.resolve(EVENTS));
                BufferedWriter edgeRows = Files.newBufferedWriter(folder.resolve(EDGES))) {
            while (generated.hasNext()) {
                JsonNode event = generated.next();
                events++;
                String hash = "ni:///sha-256;" + "%064x".formatted(events) + "?ver=CBV2.0";
                eventRows.write(row(event, hash));
                for (ProvenanceEdges.Edge edge : ProvenanceEdges.of(event, hash)) {
                    edges++;
                    edgeRows.write(edge.source() + '\t' + edge.kind() + '\t' + edge.target() + '\t' + events + '\n');
                }
            }
        }
    }

    private void copy(JdbcClient client, Path folder) {
        client.sql("copy captured_event (seq, event_id, hash, declaration, event, document, party, event_time,"
                        + " record_time, facets) from '" + folder.resolve(EVENTS) + "'")
                .update();
        client.sql("copy provenance_edge (source, kind, target, seq) from '" + folder.resolve(EDGES) + "'")
                .update();
    }

    /** In the text form of COPY: nothing that is generated needs an escape. */
    private String row(JsonNode event, String hash) {
        String time = event.path("eventTime").asString("");
        String facets = EventIndex.of(event, Map.of()).facets().stream()
                .map(facet -> '"' + facet + '"')
                .collect(Collectors.joining(",", "{", "}"));
        return String.join(
                        "\t",
                        Integer.toString(events),
                        "urn:uuid:" + events,
                        hash,
                        "",
                        event.toString(),
                        "generated",
                        generated.party(),
                        time,
                        time,
                        facets)
                + '\n';
    }
}
