package io.clearmarket.gateway.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.gateway.client.DomainEvents;
import io.clearmarket.gateway.webhooks.ExampleMessages;
import io.clearmarket.gateway.webhooks.Message;
import io.clearmarket.wallet.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;

/** listen and trigger, against a server as a shop has one. */
class WebhookCommandsTest {
    private final String secret = Message.newSecret();
    private final List<String> bodies = Collections.synchronizedList(new ArrayList<>());
    private final List<Map<String, List<String>>> headers = Collections.synchronizedList(new ArrayList<>());
    private volatile int answer = 200;
    private HttpServer shop;

    @BeforeEach
    void open() throws IOException {
        shop = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        shop.createContext("/", this::receive);
        shop.start();
    }

    @AfterEach
    void close() {
        shop.stop(0);
    }

    private void receive(HttpExchange exchange) throws IOException {
        headers.add(Map.copyOf(exchange.getRequestHeaders()));
        bodies.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
        exchange.sendResponseHeaders(answer, -1);
        exchange.close();
    }

    @Test
    void an_example_of_any_type_is_sent_signed_and_with_the_fields_one_likes() throws Exception {
        assertThat(ExampleMessages.types()).contains("consignment.funded", "consignment.paid");
        for (String type : ExampleMessages.types()) {
            assertThat(trigger(type, "--set", "data.consignmentId=order-7.1", "--set", "data.data.version=3"))
                    .isZero();
            new com.standardwebhooks.Webhook(secret).verify(bodies.getLast(), headers.getLast());
            JsonNode body = Json.MAPPER.readTree(bodies.getLast());
            assertThat(body.path("type").asString()).isEqualTo(type);
            assertThat(body.path("data").path("consignmentId").asString()).isEqualTo("order-7.1");
            assertThat(body.path("data").path("data").path("version").intValue())
                    .isEqualTo(3);
        }
    }

    @Test
    void what_the_server_does_not_take_or_nobody_knows_is_said_by_the_exit_code() {
        answer = 500;
        assertThat(trigger("order.placed")).isEqualTo(1);
        assertThat(trigger("order.lost")).isEqualTo(2);
        assertThat(trigger("order.placed", "--set", "type.of=x")).isEqualTo(2);
        assertThat(trigger("order.placed", "--set", "timestamp=yesterday")).isEqualTo(2);
        assertThat(bodies).hasSize(1);
    }

    @Test
    void what_is_listened_to_is_printed_and_passed_on_in_a_chain_without_gaps() throws Exception {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        Listening listening = new Listening(
                Set.of("order.placed"), false, new Forwarding(url(), secret), new PrintStream(printed, true, UTF_8));
        listening.happened(happened("order.placed", "7.0.0"));
        listening.happened(happened("deposit.seen", "7.1.0"));
        listening.happened(happened("order.placed", "8.0.0"));
        assertThat(printed.toString(UTF_8).lines())
                .hasSize(2)
                .allSatisfy(line -> assertThat(line).contains("order.placed", "order-1.1", "-> 200"));
        assertThat(bodies).hasSize(2);
        JsonNode second = Json.MAPPER.readTree(bodies.get(1));
        assertThat(second.path("number").intValue()).isEqualTo(2);
        assertThat(second.path("previous").asString())
                .isEqualTo(Digest.sha256(bodies.get(0).getBytes(UTF_8)).hex());
        new com.standardwebhooks.Webhook(secret).verify(bodies.get(1), headers.get(1));
    }

    private static DomainEvents.Happened happened(String type, String position) {
        JsonNode event = Json.MAPPER.valueToTree(Map.of(
                "position", position, "type", type, "at", Instant.EPOCH.toString(), "consignmentId", "order-1.1"));
        return new DomainEvents.Happened(7, null, Json.MAPPER.createObjectNode(), event);
    }

    private int trigger(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--to", url().toString(), "--secret", secret));
        return new CommandLine(new TriggerCommand()).execute(all.toArray(String[]::new));
    }

    private URI url() {
        return URI.create("http://127.0.0.1:" + shop.getAddress().getPort() + "/hook");
    }
}
