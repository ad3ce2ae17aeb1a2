package io.clearmarket.gateway.epcis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Every path and method of GS1's own description is there, and sends the headers that it lists. */
class EpcisOpenApiTest {
    private static final Path DESCRIPTION = Path.of(
            System.getProperty("clearmarket.root", ".."), "..", "shared", "data", "epcis", "epcis-openapi.yaml");

    /** Sent where there is a next page, which its own test asks for; and for queries by record time, of which there is no least one. */
    private static final Set<String> NOT_ALWAYS =
            Set.of("Link", "GS1-Next-Page-Token-Expires", "GS1-Query-Min-Record-Time");

    private static final String SUBSCRIPTION =
            "{\"dest\":\"http://127.0.0.1:9/told\",\"stream\":true,\"signatureToken\":\"secret\"}";
    private static final String PLACE = "urn:epc:id:sgln:0614141.00777.0";

    private final EpcisClient client = EpcisClient.of("merchant");
    private final String query = "walk-" + UUID.randomUUID();

    /** An operation of the description with the answer that it has for a good request. */
    private record Operation(String path, String method, int status, Set<String> headers) {}

    @Test
    void each_operation_is_there_and_sends_its_headers() throws Exception {
        assumeTrue(Files.isRegularFile(DESCRIPTION), "no description at " + DESCRIPTION.normalize());
        List<Operation> operations = operations();
        assertThat(operations).hasSize(63);
        Map<String, String> named = named();
        List<String> wrong = new ArrayList<>();
        for (Operation operation : operations) {
            HttpResponse<String> answer = ask(operation, filled(operation.path(), named));
            if (answer.statusCode() != operation.status()) {
                wrong.add(operation + " answers " + answer.statusCode() + " " + answer.body());
            }
            operation.headers().stream()
                    .filter(header -> !NOT_ALWAYS.contains(header))
                    .filter(header -> answer.headers().firstValue(header).isEmpty())
                    .forEach(header -> wrong.add(operation + " does not send " + header));
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void each_list_tells_of_its_next_page_and_until_when_the_token_is_good() throws Exception {
        assumeTrue(Files.isRegularFile(DESCRIPTION), "no description at " + DESCRIPTION.normalize());
        Map<String, String> named = named();
        client.post("/epcis/queries", "{\"name\":\"" + query + "-2\",\"query\":{}}");
        String elsewhere = event("walk" + UUID.randomUUID().toString().substring(0, 8))
                .replace("receiving", "inspecting")
                .replace("in_progress", "in_transit")
                .replace(PLACE, "urn:epc:id:sgln:0614141.00778.0");
        assertThat(client.captured(InvalidDocuments.of(elsewhere), "rollback")
                        .path("success")
                        .asBoolean())
                .isTrue();
        List<Operation> lists = operations().stream()
                .filter(operation -> operation.headers().contains("GS1-Next-Page-Token-Expires"))
                .filter(operation -> !operation.path().endsWith("/subscriptions"))
                .toList();
        assertThat(lists).hasSize(16);
        for (Operation list : lists) {
            HttpResponse<String> answer = client.get(filled(list.path(), named) + "?perPage=1");
            assertThat(answer.headers().map()).as(list + " " + answer.body()).containsKeys("link");
            assertThat(answer.headers().firstValue("GS1-Next-Page-Token-Expires"))
                    .as(list.path())
                    .get()
                    .asString()
                    .matches("\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}Z");
        }
    }

    /** In the description's order, but that what takes something away comes last, and what is inside of something before it. */
    private static List<Operation> operations() {
        JsonNode root = new YAMLMapper().readTree(DESCRIPTION.toFile());
        List<Operation> operations = new ArrayList<>();
        root.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(method -> {
                    for (Map.Entry<String, JsonNode> response :
                            method.getValue().path("responses").properties()) {
                        if (response.getKey().startsWith("2")) {
                            JsonNode answer = resolved(root, response.getValue());
                            operations.add(new Operation(
                                    path.getKey(),
                                    method.getKey().toUpperCase(Locale.ROOT),
                                    Integer.parseInt(response.getKey()),
                                    Set.copyOf(answer.path("headers").propertyNames())));
                        }
                    }
                }));
        Comparator<Operation> takingLast =
                Comparator.comparing(one -> one.method().equals("DELETE"));
        operations.sort(takingLast.thenComparingInt(
                one -> one.method().equals("DELETE") ? -one.path().length() : 0));
        return operations;
    }

    private static JsonNode resolved(JsonNode root, JsonNode response) {
        String reference = response.path("$ref").asString("");
        return reference.isEmpty() ? response : root.at(reference.substring(1));
    }

    /** Two events, a query and a subscription of it, by the names that the description gives their ids. */
    private Map<String, String> named() {
        String serial = "walk" + UUID.randomUUID().toString().substring(0, 8);
        JsonNode job = client.captured(InvalidDocuments.of(event(serial) + "," + event(serial + "b")), "rollback");
        assertThat(job.path("success").asBoolean()).as(job.toString()).isTrue();
        assertThat(client.post(
                                "/epcis/queries",
                                "{\"name\":\"" + query + "\",\"query\":{\"EQ_bizStep\":\"receiving\"}}")
                        .statusCode())
                .isIn(201, 409);
        String subscriptions = "/epcis/queries/" + query + "/subscriptions";
        String subscription = last(client.post(subscriptions, SUBSCRIPTION));
        HttpResponse<String> page =
                client.get("/epcis/events?perPage=1&MATCH_epc=" + epc(serial) + "%7C" + epc(serial + "b"));
        String link = page.headers().firstValue("Link").orElseThrow();
        return Map.ofEntries(
                Map.entry("captureID", job.path("captureID").asString()),
                Map.entry(
                        "eventID",
                        EpcisClient.events(page).path(0).path("eventID").asString()),
                Map.entry("eventType", "ObjectEvent"),
                Map.entry("epc", "urn:epc:id:sgtin:0614141.107346.shared"),
                Map.entry("bizStep", "receiving"),
                Map.entry("bizLocation", PLACE),
                Map.entry("readPoint", PLACE),
                Map.entry("disposition", "in_progress"),
                Map.entry("queryName", query),
                Map.entry("subscriptionID", subscription),
                Map.entry("token", link.replaceAll(".*nextPageToken=([^&>]+).*", "$1")));
    }

    private static String last(HttpResponse<String> created) {
        String location = created.headers().firstValue("Location").orElseThrow();
        return location.substring(location.lastIndexOf('/') + 1);
    }

    private static String epc(String serial) {
        return "urn:epc:id:sgtin:0614141.107346." + serial;
    }

    private static String event(String serial) {
        return """
            {"type": "ObjectEvent", "eventTime": "2026-01-01T00:00:00Z", "eventTimeZoneOffset": "+00:00",
             "action": "OBSERVE", "bizStep": "receiving", "disposition": "in_progress",
             "readPoint": {"id": "%s"}, "bizLocation": {"id": "%s"},
             "epcList": ["%s", "%s"]}""".formatted(PLACE, PLACE, epc(serial), epc("shared"));
    }

    private static String filled(String path, Map<String, String> named) {
        String filled = path;
        for (Map.Entry<String, String> name : named.entrySet()) {
            filled = filled.replace("{" + name.getKey() + "}", EpcisClient.encoded(name.getValue()));
        }
        return path.equals("/") ? "/epcis" : "/epcis" + filled;
    }

    private HttpResponse<String> ask(Operation operation, String path) {
        if (!operation.method().equals("POST")) {
            return client.call(operation.method(), path);
        }
        String serial = "walk" + UUID.randomUUID().toString().substring(0, 8);
        return client.post(
                path,
                switch (operation.path()) {
                    case "/capture" -> InvalidDocuments.of(event(serial));
                    case "/events" ->
                        event(serial)
                                .replaceFirst(
                                        "\\{",
                                        "{\"@context\": [\"https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld\"],");
                    case "/queries" -> "{\"name\":\"" + query + "-made\",\"query\":{}}";
                    default -> SUBSCRIPTION;
                });
    }
}
