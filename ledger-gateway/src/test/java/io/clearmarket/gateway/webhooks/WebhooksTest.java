package io.clearmarket.gateway.webhooks;

import static io.clearmarket.gateway.testing.LedgerFixture.BUYER;
import static io.clearmarket.gateway.testing.LedgerFixture.MERCHANT;
import static io.clearmarket.gateway.testing.LedgerFixture.OTHER_MERCHANT;
import static io.clearmarket.gateway.testing.LedgerFixture.STRANGER;
import static io.clearmarket.gateway.testing.LedgerFixture.held;
import static io.clearmarket.gateway.testing.LedgerFixture.with;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.clearmarket.chaincode.api.Consignment;
import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.chaincode.api.Role;
import io.clearmarket.gateway.config.GatewayProperties;
import io.clearmarket.gateway.identity.Caller;
import io.clearmarket.gateway.readmodel.EventPosition;
import io.clearmarket.gateway.readmodel.ReadModelFixture;
import io.clearmarket.gateway.testing.EndlessAnswers;
import io.clearmarket.gateway.testing.LedgerFixture;
import io.clearmarket.gateway.testing.TestDatabase;
import io.clearmarket.gateway.testing.TestProperties;
import io.clearmarket.wallet.identity.PartyId;
import io.clearmarket.wallet.json.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class WebhooksTest {
    private static final Caller SHOP = caller(MERCHANT);

    private final LedgerFixture ledger = new LedgerFixture();
    private final TestDatabase database = TestDatabase.create();
    private final ReadModelFixture readModel = new ReadModelFixture(database);
    private final WebhookOutbox outbox = new WebhookOutbox(database.client(), readModel.model());
    private final DeliveryQueue queue = new DeliveryQueue(database.client(), database.transaction());
    private final List<Received> received = Collections.synchronizedList(new ArrayList<>());
    private final List<Socket> kept = Collections.synchronizedList(new ArrayList<>());
    private volatile int answer = 204;
    private HttpServer receiver;
    private int applied;

    private record Received(Map<String, List<String>> headers, String body) {}

    @BeforeEach
    void listen() throws IOException {
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/", this::receive);
        receiver.start();
    }

    @AfterEach
    void close() throws IOException {
        receiver.stop(0);
        for (Socket socket : kept) {
            socket.close();
        }
    }

    @Test
    void a_merchant_is_told_of_its_own_events_signed_and_once() throws Exception {
        Webhooks.Created made = webhooks().create(SHOP, url(), List.of());
        webhooks().create(caller(OTHER_MERCHANT), url(), List.of());
        fund("order-0001");
        apply();
        assertThat(sender(List.of()).sendDue()).isEqualTo(3);
        assertThat(sender(List.of()).sendDue()).isZero();
        assertThat(received)
                .extracting(r -> Json.MAPPER.readTree(r.body()).path("type").asString())
                .containsExactlyInAnyOrder("order.placed", "consignment.funded", "deposit.seen");
        for (Received one : received) {
            new com.standardwebhooks.Webhook(made.secret()).verify(one.body(), one.headers());
        }
        assertThat(webhooks().deliveries(SHOP, made.webhook().id(), 10))
                .extracting(Delivery::state)
                .containsOnly(Delivery.State.DELIVERED);
    }

    @Test
    void only_the_wanted_types_are_sent_and_nothing_from_before_the_webhook() {
        fund("order-0001");
        apply();
        webhooks().create(SHOP, url(), List.of("deposit.seen"));
        fund("order-0002");
        apply();
        sender(List.of()).sendDue();
        assertThat(received)
                .singleElement()
                .satisfies(one -> assertThat(one.body()).contains("order-0002.1"));
    }

    @Test
    void a_failed_delivery_is_tried_again_after_the_pause_and_then_given_up() {
        answer = 500;
        Webhooks.Created made = webhooks().create(SHOP, url(), List.of("order.placed"));
        fund("order-0001");
        apply();
        WebhookSender sender = sender(List.of(Duration.ZERO, Duration.ofHours(1)));
        assertThat(sender.sendDue()).isEqualTo(1);
        assertThat(sender.sendDue()).isEqualTo(1);
        assertThat(sender.sendDue()).isZero();
        database.client()
                .sql("update webhook_delivery set next_attempt = now()")
                .update();
        sender.sendDue();
        Delivery delivery = webhooks().deliveries(SHOP, made.webhook().id(), 10).get(0);
        assertThat(delivery.state()).isEqualTo(Delivery.State.FAILED);
        assertThat(delivery.attempts()).extracting(Delivery.Attempt::status).containsExactly(500, 500, 500);
    }

    @Test
    void a_receiver_that_is_gone_is_not_told_again() {
        answer = 410;
        Webhooks.Created made = webhooks().create(SHOP, url(), List.of("order.placed"));
        fund("order-0001");
        apply();
        sender(List.of(Duration.ZERO)).sendDue();
        assertThat(webhooks().find(SHOP, made.webhook().id()))
                .map(Webhook::active)
                .contains(false);
    }

    @Test
    void a_receiver_that_never_ends_its_answer_holds_up_nobody_for_ever() throws Exception {
        try (EndlessAnswers endless = new EndlessAnswers()) {
            Webhooks.Created made = webhooks().create(SHOP, endless.url(), List.of("order.placed"));
            fund("order-0001");
            apply();
            WebhookSender sender = sender(List.of(), Duration.ofSeconds(1));

            assertTimeoutPreemptively(Duration.ofSeconds(20), sender::sendDue);

            Delivery delivery =
                    webhooks().deliveries(SHOP, made.webhook().id(), 10).getFirst();
            assertThat(delivery.attempts())
                    .singleElement()
                    .extracting(Delivery.Attempt::error)
                    .asString()
                    .startsWith("TimeoutException");
        }
    }

    @Test
    void a_webhook_that_is_off_is_sent_nothing_until_it_is_on_again() {
        answer = 500;
        Webhooks.Created made = webhooks().create(SHOP, url(), List.of("order.placed"));
        fund("order-0001");
        apply();
        sender(List.of(Duration.ZERO)).sendDue();
        answer = 410;
        fund("order-0002");
        apply();
        database.client()
                .sql("update webhook_delivery set next_attempt = now() + interval '1 hour' where number = 1")
                .update();
        sender(List.of(Duration.ZERO)).sendDue();
        database.client()
                .sql("update webhook_delivery set next_attempt = now() where number = 1")
                .update();
        assertThat(sender(List.of(Duration.ZERO)).sendDue()).isZero();

        answer = 204;
        webhooks().change(SHOP, made.webhook().id(), url(), List.of("order.placed"), true);
        assertThat(sender(List.of(Duration.ZERO)).sendDue()).isEqualTo(1);
    }

    @Test
    void a_message_that_is_asked_for_again_while_it_is_being_sent_is_sent_again() {
        Webhooks.Created made = webhooks().create(SHOP, url(), List.of("order.placed"));
        fund("order-0001");
        apply();
        DeliveryQueue.Due sent =
                queue.claim(made.webhook().id(), 10, Duration.ofSeconds(30)).getFirst();
        assertThat(webhooks().resend(SHOP, made.webhook().id(), sent.position()))
                .isTrue();
        queue.record(sent, Instant.now(), Duration.ZERO, 500, null, List.of());

        assertThat(sender(List.of()).sendDue()).isEqualTo(1);
        assertThat(webhooks()
                        .deliveries(SHOP, made.webhook().id(), 10)
                        .getFirst()
                        .attempts())
                .extracting(Delivery.Attempt::status)
                .containsExactly(500, 204);
    }

    @Test
    void an_answer_that_is_no_http_is_noted_and_tried_again_after_the_pause() throws Exception {
        try (ServerSocket odd = answering("HTTP/1.1 2\0 " + "x".repeat(2_000) + "\r\n\r\n")) {
            Webhooks.Created made = webhooks().create(SHOP, url(odd), List.of("order.placed"));
            fund("order-0001");
            apply();
            sender(List.of(Duration.ofHours(1))).sendDue();
            Delivery delivery =
                    webhooks().deliveries(SHOP, made.webhook().id(), 10).getFirst();
            assertThat(delivery.nextAttempt()).isAfter(Instant.now().plusSeconds(3_000));
            assertThat(delivery.attempts())
                    .singleElement()
                    .satisfies(
                            attempt -> assertThat(attempt.error()).isNotNull().hasSizeLessThan(400));
        }
    }

    /** A server that answers this to whoever connects, and then says no more. */
    private ServerSocket answering(String bytes) throws IOException {
        ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(() -> {
            try {
                while (true) {
                    Socket socket = server.accept();
                    kept.add(socket);
                    socket.getInputStream().read();
                    socket.getOutputStream().write(bytes.getBytes(UTF_8));
                }
            } catch (IOException closed) {
                // the test is over
            }
        });
        return server;
    }

    private static URI url(ServerSocket server) {
        return URI.create("http://127.0.0.1:" + server.getLocalPort() + "/hook");
    }

    @Test
    void a_receiver_that_does_not_answer_holds_up_nobody_else() throws Exception {
        WebhookSender sender = sender(List.of(), Duration.ofSeconds(2));
        try (EndlessAnswers endless = new EndlessAnswers()) {
            webhooks().create(caller(OTHER_MERCHANT), endless.url(), List.of());
            for (int i = 0; i < 40; i++) {
                ledger.place("slow-order-" + i, OTHER_MERCHANT);
                ledger.seal();
            }
            apply();
            webhooks().create(SHOP, url(), List.of("order.placed"));
            sender.start();
            await(() -> endless.visits() > 0);
            fund("order-0001");
            Instant told = Instant.now();
            apply();
            ledger.blocks().forEach(sender::committed);
            await(() -> !received.isEmpty());
            assertThat(Duration.between(told, Instant.now())).isLessThan(Duration.ofSeconds(1));
        } finally {
            sender.stop();
        }
    }

    @Test
    void an_address_with_a_port_that_there_is_not_is_refused_and_given_up_where_it_was_taken_before() {
        URI none = URI.create("https://127.0.0.1:70000/hook");
        assertThatThrownBy(() -> webhooks().create(SHOP, none, List.of())).isInstanceOf(InvalidWebhook.class);

        Webhooks.Created made = webhooks().create(SHOP, url(), List.of("order.placed"));
        database.client()
                .sql("update webhook set url = ?")
                .param(none.toString())
                .update();
        fund("order-0001");
        apply();
        sender(List.of()).sendDue();
        assertThat(webhooks()
                        .deliveries(SHOP, made.webhook().id(), 10)
                        .getFirst()
                        .state())
                .isEqualTo(Delivery.State.FAILED);
    }

    @Test
    void messages_are_numbered_and_each_names_the_hash_of_the_one_before() {
        webhooks().create(SHOP, url(), List.of());
        fund("order-0001");
        fund("order-0002");
        apply();
        while (sender(List.of()).sendDue() > 0) {
            // until nothing is left
        }
        List<Received> inOrder = received.stream()
                .sorted(Comparator.comparingLong(
                        one -> Json.MAPPER.readTree(one.body()).path("number").longValue()))
                .toList();
        Digest previous = Digest.ZERO;
        for (int i = 0; i < inOrder.size(); i++) {
            JsonNode body = Json.MAPPER.readTree(inOrder.get(i).body());
            assertThat(body.path("number").longValue()).isEqualTo(i + 1L);
            assertThat(body.path("previous").asString()).isEqualTo(previous.hex());
            previous = Digest.sha256(inOrder.get(i).body().getBytes(UTF_8));
        }
        assertThat(inOrder).hasSize(6);
    }

    @Test
    void a_message_can_be_sent_again_with_the_same_bytes_and_its_log_goes_on() {
        answer = 500;
        Webhooks.Created made = webhooks().create(SHOP, url(), List.of("order.placed"));
        fund("order-0001");
        apply();
        sender(List.of()).sendDue();
        UUID id = made.webhook().id();
        Delivery failed = webhooks().deliveries(SHOP, id, 10).getFirst();
        assertThat(failed.state()).isEqualTo(Delivery.State.FAILED);

        answer = 204;
        EventPosition event = EventPosition.parse(failed.eventId());
        assertThat(webhooks().resend(caller(BUYER), id, event)).isFalse();
        assertThat(webhooks().resend(SHOP, id, EventPosition.parse("999.0.0"))).isFalse();
        assertThat(webhooks().resend(SHOP, id, event)).isTrue();
        sender(List.of()).sendDue();
        assertThat(received)
                .extracting(Received::body)
                .hasSize(2)
                .containsOnly(received.getFirst().body());
        Delivery delivered = webhooks().deliveries(SHOP, id, 10).getFirst();
        assertThat(delivered.state()).isEqualTo(Delivery.State.DELIVERED);
        assertThat(delivered.attempts()).extracting(Delivery.Attempt::attempt).containsExactly(1, 2);
    }

    @Test
    void while_a_secret_is_changed_messages_are_signed_with_both_and_then_with_the_new_one() throws Exception {
        Webhooks.Created made = webhooks().create(SHOP, url(), List.of("order.placed"));
        UUID id = made.webhook().id();
        assertThat(webhooks().rotateSecret(caller(BUYER), id)).isEmpty();
        String next = webhooks().rotateSecret(SHOP, id).orElseThrow();
        fund("order-0001");
        apply();
        sender(List.of()).sendDue();
        for (String secret : List.of(made.secret(), next)) {
            Received one = received.getFirst();
            new com.standardwebhooks.Webhook(secret).verify(one.body(), one.headers());
        }
        database.client().sql("update webhook_former_secret set until = now()").update();
        fund("order-0002");
        apply();
        sender(List.of()).sendDue();
        Received later = received.getLast();
        new com.standardwebhooks.Webhook(next).verify(later.body(), later.headers());
        assertThatThrownBy(() -> new com.standardwebhooks.Webhook(made.secret()).verify(later.body(), later.headers()))
                .isInstanceOf(com.standardwebhooks.exceptions.WebhookVerificationException.class);
    }

    @Test
    void a_secret_that_is_changed_twice_at_once_is_signed_with_still() throws Exception {
        Webhooks.Created made = webhooks().create(SHOP, url(), List.of("order.placed"));
        UUID id = made.webhook().id();
        List<String> secrets = new ArrayList<>(List.of(made.secret()));
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<String> change = () -> webhooks().rotateSecret(SHOP, id).orElseThrow();
            for (Future<String> next : threads.invokeAll(Collections.nCopies(6, change))) {
                secrets.add(next.get());
            }
        }
        fund("order-0001");
        apply();
        sender(List.of()).sendDue();
        for (String secret : secrets) {
            Received one = received.getFirst();
            new com.standardwebhooks.Webhook(secret).verify(one.body(), one.headers());
        }
    }

    @Test
    void rebuilding_the_read_model_sends_nothing_twice() {
        webhooks().create(SHOP, url(), List.of("order.placed"));
        fund("order-0001");
        apply();
        sender(List.of()).sendDue();
        rebuild();
        assertThat(sender(List.of()).sendDue()).isZero();
    }

    @Test
    void rebuilding_the_read_model_sends_nothing_that_was_not_wanted_at_the_time() {
        Webhooks.Created made = webhooks().create(SHOP, url(), List.of("order.placed"));
        fund("order-0001");
        apply();
        sender(List.of()).sendDue();
        webhooks().change(SHOP, made.webhook().id(), url(), List.of(), false);
        fund("order-0002");
        apply();
        webhooks().change(SHOP, made.webhook().id(), url(), List.of(), true);
        rebuild();
        assertThat(sender(List.of()).sendDue()).isZero();

        fund("order-0003");
        apply();
        sender(List.of()).sendDue();
        assertThat(received).hasSize(4);
        assertThat(received.subList(1, 4))
                .allSatisfy(one -> assertThat(one.body()).contains("order-0003"));
    }

    @Test
    void another_callers_webhook_cannot_be_seen_changed_or_deleted() {
        Webhooks.Created made = webhooks().create(SHOP, url(), List.of());
        Caller other = caller(BUYER);
        assertThat(webhooks().find(other, made.webhook().id())).isEmpty();
        assertThat(webhooks().change(other, made.webhook().id(), url(), List.of(), false))
                .isEmpty();
        assertThat(webhooks().delete(other, made.webhook().id())).isFalse();
        assertThat(webhooks().deliveries(other, made.webhook().id(), 10)).isEmpty();
        assertThat(webhooks().delete(SHOP, made.webhook().id())).isTrue();
    }

    @Test
    void outside_development_only_public_hosts_over_tls_are_receivers() {
        Receivers strict = new Receivers(properties(false));
        for (String url : List.of(
                "http://example.com/",
                "https://127.0.0.1/",
                "https://10.0.0.1/",
                "https://[::1]/",
                "https://169.254.169.254/latest",
                "https://user@example.com/",
                "ftp://example.com/",
                "https:///x")) {
            assertThatThrownBy(() -> strict.require(URI.create(url))).isInstanceOf(InvalidWebhook.class);
        }
        strict.require(URI.create("https://93.184.216.34/hook"));
        assertThatThrownBy(() -> new Receivers(properties(true)).require(URI.create("http://93.184.216.34/")))
                .isInstanceOf(InvalidWebhook.class);
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        Instant end = Instant.now().plusSeconds(30);
        while (!condition.getAsBoolean()) {
            assertThat(Instant.now()).as("patience").isBefore(end);
            Thread.sleep(10);
        }
    }

    private void fund(String order) {
        Consignment placed = ledger.place(order, MERCHANT);
        ledger.change(
                with(placed, Consignment.Goods.PLACED, held(1000)), "consignment.funded", "recordDeposit", STRANGER);
        ledger.seal();
    }

    private void apply() {
        ledger.blocks().stream().skip(applied).forEach(block -> {
            readModel.apply(block, outbox);
            applied++;
        });
    }

    private void rebuild() {
        readModel.projection().reset();
        outbox.reset();
        database.client().sql("update ledger_position set next_block = 0").update();
        applied = 0;
        apply();
    }

    private Webhooks webhooks() {
        return new Webhooks(
                database.client(),
                readModel.model(),
                new Receivers(properties(true)),
                new WebhookProperties(List.of(), Duration.ofSeconds(30), 5));
    }

    private WebhookSender sender(List<Duration> retries) {
        return sender(retries, Duration.ofSeconds(30));
    }

    private WebhookSender sender(List<Duration> retries, Duration timeout) {
        return new WebhookSender(queue, new Receivers(properties(true)), new WebhookProperties(retries, timeout, 5));
    }

    private void receive(HttpExchange exchange) throws IOException {
        received.add(new Received(
                Map.copyOf(exchange.getRequestHeaders()),
                new String(exchange.getRequestBody().readAllBytes(), UTF_8)));
        exchange.sendResponseHeaders(answer, -1);
        exchange.close();
    }

    private URI url() {
        return URI.create("http://127.0.0.1:" + receiver.getAddress().getPort() + "/hook");
    }

    private static Caller caller(PartyId party) {
        return new Caller("test", Set.of(Role.MERCHANT), party, null);
    }

    private static GatewayProperties properties(boolean development) {
        return TestProperties.of("test", development, Duration.ofSeconds(1));
    }
}
