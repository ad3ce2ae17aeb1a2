package io.clearmarket.gateway.attester;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.clearmarket.chaincode.api.Amount;
import io.clearmarket.chaincode.api.ConsignmentId;
import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.chaincode.api.EscrowTypes;
import io.clearmarket.chaincode.api.Evidence;
import io.clearmarket.gateway.settlement.attester.Answer;
import io.clearmarket.gateway.settlement.attester.Attester;
import io.clearmarket.gateway.settlement.attester.AttesterApi;
import io.clearmarket.gateway.settlement.attester.BatchAnswer;
import io.clearmarket.gateway.settlement.attester.EntitlementBatch;
import io.clearmarket.gateway.settlement.attester.RemoteAttester;
import io.clearmarket.gateway.settlement.attester.RequestSignature;
import io.clearmarket.wallet.ca.CertificateRequest;
import io.clearmarket.wallet.ca.DevelopmentCa;
import io.clearmarket.wallet.ca.NodeOu;
import io.clearmarket.wallet.eth.EthAddress;
import io.clearmarket.wallet.identity.SigningIdentity;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A gateway and an attester's door, over HTTP. */
class AttesterDoorTest {
    private static final EthAddress ADDRESS = EthAddress.parse("0x00000000000000000000000000000000000000cc");
    private static final String SIGNATURE = "0x" + "11".repeat(64) + "1b";
    private static final DevelopmentCa CA = DevelopmentCa.create("PlatformMSP", "a gateway's organisation");
    private static final SigningIdentity GATEWAY = CA.issue(CertificateRequest.of("gateway", NodeOu.CLIENT));
    private static final SigningIdentity STRANGER = CA.issue(CertificateRequest.of("stranger", NodeOu.CLIENT));
    private static final Instant NOW = Instant.parse("2026-11-27T10:00:00Z");
    private static final Duration SHORT = Duration.ofSeconds(2);
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

    @TempDir
    Path folder;

    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private OutflowFile outflow;
    private AttesterDoor door;

    @BeforeEach
    void open() throws Exception {
        outflow = new OutflowFile(folder.resolve("outflow.jsonl"), Amount.of(100), CLOCK);
        door = new AttesterDoor(loopback(0), new Opinions(), outflow, List.of(GATEWAY.certificate()), () -> 7, CLOCK);
        door.open();
    }

    @AfterEach
    void close() {
        door.close();
        outflow.close();
    }

    /** Signs deposits and batches of one, and nothing else. */
    private static final class Opinions implements Attester {
        @Override
        public String mspId() {
            return "AuditMSP";
        }

        @Override
        public EthAddress address() {
            return ADDRESS;
        }

        @Override
        public List<Answer> attest(List<Evidence.Seen> facts) {
            return facts.stream()
                    .<Answer>map(fact -> fact.kind() == Evidence.Kind.DEPOSIT
                            ? new Answer.Signed(SIGNATURE)
                            : new Answer.Declined("no\ndeposit"))
                    .toList();
        }

        @Override
        public BatchAnswer attest(EntitlementBatch batch) {
            return batch.items().size() == 1
                    ? new BatchAnswer.Signed(SIGNATURE)
                    : new BatchAnswer.Declined(Map.of(1, "one is enough"));
        }
    }

    @Test
    void a_gateway_that_is_known_gets_what_the_attester_says() {
        RemoteAttester attester = remote(GATEWAY, url());
        assertThat(attester.attest(List.of(fact(Evidence.Kind.DEPOSIT), fact(Evidence.Kind.PAID))))
                .containsExactly(new Answer.Signed(SIGNATURE), new Answer.Declined("no deposit"));
        assertThat(attester.attest(batch(1))).isEqualTo(new BatchAnswer.Signed(SIGNATURE));
        assertThat(attester.attest(batch(2))).isEqualTo(new BatchAnswer.Declined(Map.of(1, "one is enough")));
        assertThat(metrics.get("clearmarket.attester.requests")
                        .tags("organisation", "AuditMSP", "question", "entitlements", "outcome", "answered")
                        .timer()
                        .count())
                .isEqualTo(2);
    }

    @Test
    void a_pause_is_the_attesters_own() {
        RemoteAttester attester = remote(GATEWAY, url());
        attester.pause(true, "operator");
        assertThat(outflow.isPaused()).isTrue();
        assertThat(attester.isPaused()).isTrue();
        attester.pause(false, "operator");
        assertThat(attester.isPaused()).isFalse();
    }

    @Test
    void who_is_not_known_gets_nothing() {
        assertThatThrownBy(() -> remote(STRANGER, url()).attest(batch(1)))
                .isInstanceOf(RemoteAttester.Away.class)
                .hasMessageContaining("401 this request is refused: its caller is none that may ask");
        assertThatThrownBy(() -> remote(STRANGER, url()).pause(true, "me")).isInstanceOf(RemoteAttester.Away.class);
        assertThat(outflow.isPaused()).isFalse();
    }

    @Test
    void a_request_counts_for_its_method_its_attester_its_content_and_its_minute_only() throws Exception {
        String path = AttesterApi.path(ADDRESS, AttesterApi.PAUSE);
        byte[] body = "{\"paused\":true}".getBytes(UTF_8);
        Map<String, String> signed = RequestSignature.headers(GATEWAY, "PUT", path, body, NOW);

        assertThat(send("PUT", path, "{\"paused\":false}".getBytes(UTF_8), signed)
                        .body())
                .contains("its content is not what its digest says");
        assertThat(send("POST", path, body, signed).body()).contains("its signature is not its caller's");
        String other = AttesterApi.path(ADDRESS, AttesterApi.ENTITLEMENTS);
        assertThat(send("PUT", other, body, signed).body()).contains("its signature is not its caller's");
        Map<String, String> old = RequestSignature.headers(GATEWAY, "PUT", path, body, NOW.minusSeconds(61));
        assertThat(send("PUT", path, body, old).body()).contains("it was signed at");
        assertThat(send("PUT", path, body, Map.of()).statusCode()).isEqualTo(401);
        assertThat(outflow.isPaused()).isFalse();

        assertThat(send("PUT", path, body, signed).statusCode()).isEqualTo(200);
        assertThat(outflow.isPaused()).isTrue();
    }

    @Test
    void another_attesters_request_and_one_that_is_too_long_are_refused() throws Exception {
        String path = AttesterApi.path(EthAddress.ZERO, AttesterApi.PAUSE);
        byte[] nothing = {};
        assertThat(send("GET", path, nothing, RequestSignature.headers(GATEWAY, "GET", path, nothing, NOW))
                        .statusCode())
                .isEqualTo(404);
        byte[] tooLong = new byte[AttesterApi.LONGEST + 1];
        assertThat(send("POST", path, tooLong, Map.of()).statusCode()).isEqualTo(413);
        assertThat(send("GET", AttesterApi.HEALTH, nothing, Map.of()).body()).contains("\"block\":7");
    }

    @Test
    void what_is_no_answer_counts_as_none() throws Exception {
        assertRefused("[]", "answers 0 of 1 facts");
        assertRefused("[{\"signature\":\"0x11\"}]", "no 65 bytes");
        assertRefused("nonsense", "answers what is no answer");
        assertRefused("[" + " ".repeat(AttesterApi.LONGEST) + "]", "can't be reached");
    }

    private void assertRefused(String answer, String why) throws Exception {
        HttpServer liar = HttpServer.create(loopback(0), 0);
        liar.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, answer.length());
            exchange.getResponseBody().write(answer.getBytes(UTF_8));
            exchange.close();
        });
        liar.start();
        try {
            assertThatThrownBy(() -> remote(GATEWAY, uri(liar.getAddress().getPort()))
                            .attest(List.of(fact(Evidence.Kind.DEPOSIT))))
                    .isInstanceOf(RemoteAttester.Away.class)
                    .hasMessageContaining(why);
        } finally {
            liar.stop(0);
        }
    }

    @Test
    void one_that_never_answers_is_waited_for_once_and_then_left_alone_for_a_while() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        HttpServer mute = HttpServer.create(loopback(0), 0);
        mute.createContext("/", exchange -> {
            try {
                end.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        });
        mute.start();
        try {
            RemoteAttester attester = remote(GATEWAY, uri(mute.getAddress().getPort()), SHORT);
            assertThatThrownBy(() -> attester.attest(batch(1))).hasMessageContaining("lets a question wait");
            long before = System.nanoTime();
            assertThatThrownBy(() -> attester.attest(batch(1))).hasMessageContaining("asked again at");
            assertThat(Duration.ofNanos(System.nanoTime() - before))
                    .as("it is not waited for")
                    .isLessThan(SHORT);
        } finally {
            end.countDown();
            mute.stop(0);
        }
    }

    private RemoteAttester remote(SigningIdentity caller, URI url) {
        return remote(caller, url, Duration.ofMinutes(1));
    }

    private RemoteAttester remote(SigningIdentity caller, URI url, Duration patience) {
        return new RemoteAttester(
                new RemoteAttester.Settings("AuditMSP", ADDRESS, url, patience), caller, CLOCK, metrics);
    }

    private HttpResponse<String> send(String method, String path, byte[] body, Map<String, String> headers)
            throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(url().resolve(path)).method(method, BodyPublishers.ofByteArray(body));
        headers.forEach(request::header);
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(request.build(), BodyHandlers.ofString());
        }
    }

    private URI url() {
        return uri(door.port());
    }

    private static URI uri(int port) {
        return URI.create("http://127.0.0.1:" + port);
    }

    private static InetSocketAddress loopback(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    private static Evidence.Seen fact(Evidence.Kind kind) {
        return new Evidence.Seen(
                31337,
                ADDRESS,
                Digest.sha256("escrow"),
                kind,
                Amount.of(9),
                Amount.ZERO,
                Amount.ZERO,
                Digest.sha256("transaction"),
                0,
                1,
                Digest.sha256("block"),
                NOW);
    }

    private static EntitlementBatch batch(int size) {
        EntitlementBatch.Item item = new EntitlementBatch.Item(
                new ConsignmentId("order-door.1"),
                new EscrowTypes.Entitlement(
                        Digest.sha256("escrow"),
                        Digest.sha256("ledger"),
                        EscrowTypes.decisionId(1),
                        Amount.of(9),
                        Amount.ZERO,
                        NOW.getEpochSecond()));
        return new EntitlementBatch(
                EscrowTypes.escrowDomain(31337, ADDRESS), java.util.Collections.nCopies(size, item));
    }
}
