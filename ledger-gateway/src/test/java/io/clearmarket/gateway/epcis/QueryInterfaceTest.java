package io.clearmarket.gateway.epcis;

import static io.clearmarket.gateway.epcis.EpcisClient.encoded;
import static io.clearmarket.gateway.epcis.EpcisClient.events;
import static io.clearmarket.gateway.epcis.EpcisClient.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.clearmarket.gateway.testing.EndlessAnswers;
import io.clearmarket.gateway.testing.GatewayTestSystem;
import io.clearmarket.wallet.json.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The query interface through HTTP: pages, resources, named queries, subscriptions, headers and problems. */
class QueryInterfaceTest {
    private final EpcisClient client = EpcisClient.of("merchant");
    private final String order = "urn:example:order:" + UUID.randomUUID();

    @Test
    void pages_follow_each_other_by_their_links() {
        capture(7);
        List<String> seen = new ArrayList<>();
        String path = "/epcis/events?EQ_bizTransaction_po=" + order + "&perPage=3";
        int pages = 0;
        while (path != null) {
            HttpResponse<String> answer = client.get(path);
            events(answer).forEach(event -> seen.add(event.path("eventID").asString()));
            path = answer.headers()
                    .firstValue("Link")
                    .map(link -> link.substring(1, link.indexOf('>')))
                    .orElse(null);
            pages++;
        }
        assertThat(seen).hasSize(7).doesNotHaveDuplicates();
        assertThat(pages).isEqualTo(3);
        for (String wrong : List.of("perPage=0", "perPage=x", "nextPageToken=abc", "EQ_colour=red")) {
            problem(client.get("/epcis/events?" + wrong), 400, "QueryParameterException");
        }
        assertThat(client.call("DELETE", "/epcis/nextPageToken/abc").statusCode())
                .isEqualTo(400);
    }

    @Test
    void names_are_listed_and_have_their_events() {
        String serial = capture(1);
        String epc = "https://id.gs1.org/01/10614141073464/21/" + serial;
        assertThat(members("/epcis")).contains("events", "capture", "queries", "epcs");
        assertThat(members("/epcis/eventTypes")).hasSize(5).contains("ObjectEvent");
        assertThat(members("/epcis/bizSteps?perPage=1000")).contains("receiving");
        assertThat(members("/epcis/readPoints?perPage=1000")).contains("https://id.gs1.org/414/9521234000013");
        assertThat(members("/epcis/bizLocations/" + encoded("https://id.gs1.org/414/9521234000013")))
                .containsExactly("events");
        assertThat(members("/epcis/dispositions?perPage=1")).hasSize(1);
        assertThat(members("/epcis/epcs/" + encoded(epc))).containsExactly("events");
        assertThat(events(client.get("/epcis/epcs/" + encoded(epc) + "/events")))
                .hasSize(1);
        assertThat(events(client.get("/epcis/epcs/urn:epc:id:sgtin:0614141.107346." + serial + "/events")))
                .hasSize(1);
        assertThat(events(client.get("/epcis/bizSteps/receiving/events?EQ_bizTransaction_po=" + order)))
                .hasSize(1);
        assertThat(events(client.get("/epcis/bizSteps/receiving/events?EQ_bizTransaction_po=urn:example:none")))
                .isEmpty();
        problem(client.get("/epcis/bizSteps/juggling/events"), 404, "NoSuchNameException");
        problem(client.get("/epcis/events/urn:uuid:none"), 404, "NoSuchNameException");
    }

    @Test
    void a_named_query_runs_under_its_name_and_only_its_owner_deletes_it() {
        capture(2);
        String name = "orders-" + UUID.randomUUID();
        String query = "{\"name\":\"" + name + "\",\"query\":{\"EQ_bizTransaction_po\":[\"" + order
                + "\"],\"eventType\":[\"ObjectEvent\"],\"GE_quantity\":1}}";
        assertThat(client.post("/epcis/queries", query.replace(",\"GE_quantity\":1", ""))
                        .statusCode())
                .isEqualTo(201);
        problem(client.post("/epcis/queries", query), 409, "ResourceAlreadyExistsException");
        problem(client.post("/epcis/queries", query.replace("EQ_biz", "LIKE_biz")), 400, "QueryParameterException");
        assertThat(events(client.get("/epcis/queries/" + name + "/events"))).hasSize(2);
        assertThat(json(client.get("/epcis/queries/" + name)).path("query").path("eventType"))
                .hasSize(1);
        EpcisClient other = EpcisClient.of("carrier");
        problem(other.call("DELETE", "/epcis/queries/" + name), 403, "SecurityException");
        assertThat(client.call("DELETE", "/epcis/queries/" + name).statusCode()).isEqualTo(204);
        problem(client.get("/epcis/queries/" + name + "/events"), 404, "NoSuchNameException");
    }

    @Test
    void a_subscriber_is_told_what_is_new_signed_and_told_again_after_a_failure() throws Exception {
        String name = "stream-" + UUID.randomUUID();
        client.post(
                "/epcis/queries", "{\"name\":\"" + name + "\",\"query\":{\"EQ_bizTransaction_po\":\"" + order + "\"}}");
        BlockingQueue<String> received = new LinkedBlockingQueue<>();
        HttpServer server = receiver(received);
        try {
            String dest = "http://127.0.0.1:" + server.getAddress().getPort() + "/told";
            String path = "/epcis/queries/" + name + "/subscriptions";
            problem(client.post(path, "{\"dest\":\"" + dest + "\"}"), 400, "SubscriptionControlsException");
            problem(
                    client.post(path, "{\"dest\":\"ftp://example.com/\",\"stream\":true}"),
                    400,
                    "SubscriptionControlsException");
            HttpResponse<String> created =
                    client.post(path, "{\"dest\":\"" + dest + "\",\"stream\":true,\"signatureToken\":\"secret\"}");
            assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
            assertThat(created.body()).doesNotContain("secret");
            capture(3);
            String told = received.poll(90, TimeUnit.SECONDS);
            assertThat(told).isEqualTo(received.poll(90, TimeUnit.SECONDS)).isNotNull();
            JsonNode document = Json.MAPPER.readTree(told);
            JsonNode results = document.path("epcisBody").path("queryResults");
            assertThat(results.path("queryName").asString()).isEqualTo(name);
            assertThat(results.path("resultsBody").path("eventList")).hasSize(3);
            String location = created.headers().firstValue("Location").orElseThrow();
            Instant end = Instant.now().plusSeconds(90);
            while (!json(client.get(location)).has("lastNotifiedAt")
                    && Instant.now().isBefore(end)) {
                EpcisClient.pause();
            }
            assertThat(json(client.get(location)).path("lastNotifiedAt").isString())
                    .isTrue();
            assertThat(json(client.get(path))).hasSize(1);
            assertThat(client.call("DELETE", location).statusCode()).isEqualTo(204);
            problem(client.get(location), 404, "NoSuchNameException");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void a_subscriber_that_never_ends_its_answer_holds_up_no_other_for_ever() throws Exception {
        String name = "endless-" + UUID.randomUUID();
        String path = "/epcis/queries/" + name + "/subscriptions";
        client.post(
                "/epcis/queries", "{\"name\":\"" + name + "\",\"query\":{\"EQ_bizTransaction_po\":\"" + order + "\"}}");
        BlockingQueue<String> received = new LinkedBlockingQueue<>();
        HttpServer server = receiver(received);
        try (EndlessAnswers endless = new EndlessAnswers()) {
            String dest = "http://127.0.0.1:" + server.getAddress().getPort() + "/told";
            client.post(path, "{\"dest\":\"" + endless.url() + "\",\"stream\":true}");
            problem(
                    client.post(path, "{\"dest\":\"https://127.0.0.1:70000/\",\"stream\":true}"),
                    400,
                    "SubscriptionControlsException");
            client.post(path, "{\"dest\":\"" + dest + "\",\"stream\":true,\"signatureToken\":\"secret\"}");

            capture(1);

            assertThat(received.poll(60, TimeUnit.SECONDS)).isNotNull();
            assertThat(endless.visits()).isPositive();
        } finally {
            client.call("DELETE", "/epcis/queries/" + name);
            server.stop(0);
        }
    }

    @Test
    void headers_tell_and_choose_versions_formats_and_limits() {
        HttpResponse<String> options = client.call("OPTIONS", "/epcis/capture");
        assertThat(options.statusCode()).isEqualTo(204);
        assertThat(options.headers().firstValue("GS1-EPCIS-Version")).contains("2.0.0");
        assertThat(options.headers().firstValue("GS1-EPCIS-Capture-Limit")).contains("100");
        assertThat(options.headers().firstValue("Allow").orElse(""))
                .contains("POST")
                .contains("GET");
        problem(client.get("/epcis/events", "GS1-EPCIS-Min", "3.0.0"), 406, "NotAcceptableException");
        problem(client.get("/epcis/events", "GS1-EPC-Format", "Always_EPC_URN"), 406, "NotAcceptableException");
        problem(client.get("/epcis/events", "Accept", "text/csv, application/yaml"), 406, "NotAcceptableException");
        problem(client.post("/epcis/capture", "a,b", "Content-Type", "text/csv"), 415, "UnsupportedMediaTypeException");
        problem(client.get("/epcis/events?EQ_bizStep=" + "x".repeat(7100)), 414, "URITooLongException");
        problem(client.post("/epcis/capture", " ".repeat(1_100_000)), 413, "CaptureLimitExceededException");
        assertThat(client.get("/epcis/events?perPage=1", "Accept", "application/ld+json")
                        .headers()
                        .firstValue("Content-Type"))
                .contains("application/ld+json");
        String serial = capture(1);
        JsonNode event = events(client.get(
                        "/epcis/events?EQ_bizTransaction_po=" + order, "GS1-EPC-Format", "Always_GS1_Digital_Link"))
                .path(0);
        assertThat(event.path("epcList").path(0).asString())
                .isEqualTo("https://id.gs1.org/01/10614141073464/21/" + serial);
        GatewayTestSystem system = GatewayTestSystem.get();
        assertThat(system.http((String) null).get("/epcis/events").text("type"))
                .isEqualTo("epcisException:SecurityException");
    }

    /** Refuses what comes first, and checks every signature. */
    private static HttpServer receiver(BlockingQueue<String> received) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        AtomicInteger calls = new AtomicInteger();
        server.createContext("/told", exchange -> {
            byte[] body = exchange.getRequestBody().readAllBytes();
            boolean signed = signature(body).equals(exchange.getRequestHeaders().getFirst("GS1-Signature"));
            int status = !signed ? 401 : calls.incrementAndGet() == 1 ? 503 : 200;
            if (signed) {
                received.add(new String(body, StandardCharsets.UTF_8).replaceFirst("\"creationDate\":\"[^\"]*\",", ""));
            }
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        server.start();
        return server;
    }

    private static String signature(byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec("secret".getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Captures so many events of the test's own order, and returns the serial of the first item. */
    private String capture(int count) {
        List<String> serials = new ArrayList<>();
        List<String> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            serials.add(UUID.randomUUID().toString().substring(0, 12));
            all.add(InvalidDocuments.sound(serials.get(i))
                    .replace(
                            "\"action\"",
                            "\"readPoint\": {\"id\": \"https://id.gs1.org/414/9521234000013\"},"
                                    + " \"bizLocation\": {\"id\": \"urn:epc:id:sgln:9521234.00001.0\"},"
                                    + " \"disposition\": \"in_progress\","
                                    + " \"bizTransactionList\": [{\"type\": \"po\", \"bizTransaction\": \"" + order
                                    + "\"}], \"action\""));
        }
        JsonNode job = client.captured(InvalidDocuments.of(String.join(",", all)), "rollback");
        assertThat(job.path("success").asBoolean()).as(job.toString()).isTrue();
        return serials.getFirst();
    }

    private List<String> members(String path) {
        return json(client.get(path))
                .path("member")
                .valueStream()
                .map(member -> member.asString(""))
                .toList();
    }

    private static void problem(HttpResponse<String> answer, int status, String exception) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).isEqualTo("application/problem+json");
        assertThat(json(answer).path("type").asString()).isEqualTo("epcisException:" + exception);
    }
}
