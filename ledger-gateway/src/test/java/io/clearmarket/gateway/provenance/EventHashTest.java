package io.clearmarket.gateway.provenance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EventHashTest {
    private static final Path VECTORS =
            Path.of(System.getProperty("clearmarket.root", ".."), "..", "shared", "data", "event-hash");

    /** The vectors' documents; a placeholder where they are not beside the project, so that the skip is seen. */
    static Stream<Path> vectors() throws IOException {
        if (!Files.isDirectory(VECTORS)) {
            return Stream.of(VECTORS);
        }
        try (Stream<Path> files = Files.list(VECTORS)) {
            return files.filter(file -> file.toString().endsWith(".jsonld")).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void published_vectors_are_reproduced(Path document) throws IOException {
        assumeTrue(Files.isRegularFile(document), "no vectors at " + VECTORS.normalize());
        EpcisDocument parsed = EpcisDocument.parse(Files.readAllBytes(document));
        assertThat(EventHash.ids(parsed)).isEqualTo(lines(document, ".hashes"));
        List<String> preHashes = lines(document, ".prehashes");
        for (int i = 0; i < preHashes.size(); i++) {
            // one published pre-hash belongs to another event than the hash beside it
            if (EventHash.idOf(preHashes.get(i))
                    .equals(lines(document, ".hashes").get(i))) {
                assertThat(EventHash.preHashes(parsed).get(i)).isEqualTo(preHashes.get(i));
            }
        }
    }

    @Test
    void order_spelling_and_time_zone_make_no_difference() {
        String one = """
                {"type":"ObjectEvent","eventTime":"2026-11-23T10:00:00Z","eventTimeZoneOffset":"+00:00",
                 "epcList":["urn:epc:id:sgtin:9521234.012345.1","urn:epc:id:sgtin:9521234.012345.2"],
                 "action":"OBSERVE","bizStep":"shipping","readPoint":{"id":"urn:epc:id:sgln:9521234.00001.0"}}""";
        String other = """
                {"readPoint":{"id":"https://shop.example/414/9521234000013"},"bizStep":"urn:epcglobal:cbv:bizstep:shipping",
                 "epcList":["https://shop.example/gtin/09521234123453/ser/2","https://id.gs1.org/01/09521234123453/21/1"],
                 "eventTime":"2026-11-23T11:00:00.000+01:00","eventTimeZoneOffset":"+00:00","recordTime":"2027-01-01T00:00:00Z",
                 "action":"OBSERVE","type":"ObjectEvent"}""";
        assertThat(ids(other)).isEqualTo(ids(one));
    }

    @Test
    void another_item_makes_another_id() {
        String event = """
                {"type":"ObjectEvent","eventTime":"2026-11-23T10:00:00Z","eventTimeZoneOffset":"+00:00",
                 "epcList":["https://id.gs1.org/01/09521234123453/21/1"],"action":"OBSERVE"}""";
        assertThat(ids(event.replace("/21/1", "/21/2"))).isNotEqualTo(ids(event));
    }

    @Test
    void master_data_without_content_are_hashed_as_the_reference_implementation_does() {
        String event = """
                {"type":"ObjectEvent","eventTime":"2026-11-23T10:00:00Z","eventTimeZoneOffset":"+00:00",
                 "epcList":["https://id.gs1.org/01/09521234123453/21/1"],"action":"ADD","ilmd":{}}""";
        assertThat(EventHash.preHashes(EpcisDocument.parse(event.getBytes(UTF_8))))
                .singleElement(InstanceOfAssertFactories.STRING)
                .endsWith("action=ADDilmd");
    }

    @Test
    void what_is_no_event_is_refused_with_a_reason() {
        assertThatThrownBy(() -> ids("{\"type\":\"EPCISDocument\"}")).hasMessageContaining("no event found");
        assertThatThrownBy(() -> ids("[1,")).hasMessageContaining("not a JSON document");
        assertThatThrownBy(() -> ids("{\"epcisBody\":{\"eventList\":[{\"type\":\"Party\"}]}}"))
                .hasMessageContaining("Party");
    }

    private static List<String> ids(String json) {
        return EventHash.ids(EpcisDocument.parse(json.getBytes(UTF_8)));
    }

    private static List<String> lines(Path document, String ending) throws IOException {
        Path file = Path.of(document.toString().replace(".jsonld", ending));
        return Files.readAllLines(file).stream().filter(line -> !line.isBlank()).toList();
    }
}
