package io.clearmarket.gateway.epcis;

import static org.assertj.core.api.Assertions.assertThat;

import io.clearmarket.gateway.provenance.EpcisDocument;
import io.clearmarket.gateway.provenance.EventHash;
import io.clearmarket.wallet.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** GS1's own example documents, all into one repository. */
class Gs1ExamplesTest {
    private static final Path EXAMPLES = Path.of(System.getProperty("clearmarket.root", "."))
            .resolve("../shared/data/epcis/examples")
            .normalize();

    private final EpcisClient client = EpcisClient.of("merchant");

    @Test
    void every_example_is_captured_and_its_events_read_back_equal() throws IOException {
        List<Path> files;
        try (Stream<Path> list = Files.list(EXAMPLES)) {
            files = list.sorted().toList();
        }
        assertThat(files).hasSize(32);
        for (Path file : files) {
            String text = Files.readString(file);
            JsonNode job = client.captured(text, "rollback");
            assertThat(job.path("success").asBoolean())
                    .as("%s: %s", file.getFileName(), job)
                    .isTrue();
            readBack(file, text);
        }
        JsonNode again = client.captured(Files.readString(files.getFirst()), "rollback");
        assertThat(again.path("success").asBoolean()).isTrue();
        assertThat(again.path("duplicates")).hasSize(1);
    }

    private void readBack(Path file, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        EpcisDocument document = EpcisDocument.parse(bytes);
        List<String> hashes = EventHash.ids(document);
        for (int i = 0; i < hashes.size(); i++) {
            JsonNode event = document.events().get(i);
            String id = event.path("eventID").asString(hashes.get(i));
            List<JsonNode> found = EpcisClient.events(client.get("/epcis/events/" + EpcisClient.encoded(id)))
                    .valueStream()
                    .map(one -> asCaptured(one, event))
                    .toList();
            assertThat(found).as("%s %s", file.getFileName(), id).contains(withoutRecordTime(event));
        }
    }

    /** Without what the repository adds. */
    private static JsonNode asCaptured(JsonNode found, JsonNode captured) {
        ObjectNode event = (ObjectNode) found.deepCopy();
        assertThat(event.path("recordTime").isString()).isTrue();
        event.remove("recordTime");
        if (!captured.has("eventID")) {
            event.remove("eventID");
        }
        return event;
    }

    /** The time of recording is the repository's, whatever a document says (EPCIS 2.0, section 7.4.1). */
    private static JsonNode withoutRecordTime(JsonNode event) {
        ObjectNode copy = (ObjectNode) event.deepCopy();
        copy.remove("recordTime");
        return copy;
    }

    @Test
    void a_query_document_is_captured_too() throws IOException {
        ObjectNode example = (ObjectNode) Json.MAPPER.readTree(
                Files.readString(EXAMPLES.resolve("Example_9.6.2-ObjectEventWithDigitalLink.jsonld")));
        JsonNode list = example.path("epcisBody").path("eventList");
        ((ObjectNode) list.path(0)).put("eventTime", "2014-01-01T00:00:00Z").remove("eventID");
        example.put("type", "EPCISQueryDocument");
        ObjectNode results = example.putObject("epcisBody").putObject("queryResults");
        results.put("queryName", "SimpleEventQuery").putObject("resultsBody").set("eventList", list);
        assertThat(client.captured(Json.MAPPER.writeValueAsString(example), "rollback")
                        .path("success")
                        .asBoolean())
                .isTrue();
    }
}
