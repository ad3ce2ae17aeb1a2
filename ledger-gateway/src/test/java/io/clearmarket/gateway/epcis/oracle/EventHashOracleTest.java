package io.clearmarket.gateway.epcis.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.clearmarket.gateway.epcis.bench.GeneratedStories;
import io.clearmarket.gateway.epcis.query.GeneratedEvents;
import io.clearmarket.gateway.provenance.EpcisDocument;
import io.clearmarket.gateway.provenance.EventHash;
import io.clearmarket.wallet.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/** Event hashes against other people's generators, on generated events of every type. */
class EventHashOracleTest {
    private static final long SEED = Long.getLong("clearmarket.seed", 20261127L);
    private static final int EVENTS = 300;
    private static final Map<String, String> PREFIXES =
            Map.of("ex", "http://ns.example.com/", "clearmarket", "https://clearmarket.example/epcis/");

    @TempDir
    Path folder;

    @Test
    void the_python_tool_hashes_the_same_but_for_known_differences() throws IOException {
        Optional<EventHashOracle> python = EventHashOracle.python();
        assumeTrue(python.isPresent(), "no python3 with venv on this machine");
        agree(python.orElseThrow(), KnownDifference.OF_PYTHON);
    }

    @Test
    void open_epcis_hashes_the_same_but_for_known_differences() throws IOException {
        agree(EventHashOracle.openEpcis(), KnownDifference.OF_OPEN_EPCIS);
    }

    /** All events without the differences are hashed alike; with each alone some are not, so that the list names no more than there is. */
    private void agree(EventHashOracle oracle, List<KnownDifference> known) throws IOException {
        List<ObjectNode> events = events();
        List<ObjectNode> asked = new ArrayList<>();
        events.forEach(event -> asked.add(KnownDifference.without(known, event)));
        for (KnownDifference kept : known) {
            List<KnownDifference> others =
                    known.stream().filter(one -> !one.equals(kept)).toList();
            events.forEach(event -> asked.add(KnownDifference.without(others, event)));
        }
        Path document = document(asked);
        List<String> ours = EventHash.preHashes(EpcisDocument.parse(Files.readAllBytes(document)));
        List<String> theirs = oracle.preHashes(document, PREFIXES);
        assertThat(theirs).as("one for each event").hasSameSizeAs(ours);
        int size = events.size();
        assertThat(unequal(ours, theirs, 0, size)).as("seed %d", SEED).isEmpty();
        for (int i = 0; i < known.size(); i++) {
            assertThat(unequal(ours, theirs, size * (i + 1), size))
                    .as("still different: %s", known.get(i).reason())
                    .isNotEmpty();
        }
    }

    /** The first few that are unequal, each ours and theirs. */
    private static List<String> unequal(List<String> ours, List<String> theirs, int from, int count) {
        return IntStream.range(from, from + count)
                .filter(i -> !ours.get(i).equals(theirs.get(i)))
                .limit(3)
                .mapToObj(i -> "ours   " + ours.get(i) + "\ntheirs " + theirs.get(i))
                .toList();
    }

    private static List<ObjectNode> events() {
        GeneratedEvents generated = new GeneratedEvents(SEED);
        List<ObjectNode> events = new ArrayList<>();
        for (int i = 0; i < EVENTS; i++) {
            events.add(generated.next());
        }
        events.addAll(GeneratedStories.events(SEED));
        return events;
    }

    private Path document(List<ObjectNode> events) throws IOException {
        SortedMap<String, Object> document = EpcisDocument.around(events, Instant.EPOCH);
        document.put("@context", List.of(EpcisDocument.CONTEXT, PREFIXES));
        Path file = folder.resolve("events.jsonld");
        return Files.write(file, Json.MAPPER.writeValueAsBytes(document));
    }
}
