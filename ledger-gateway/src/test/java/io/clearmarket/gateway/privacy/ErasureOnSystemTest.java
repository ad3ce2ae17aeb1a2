package io.clearmarket.gateway.privacy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.gateway.testing.GatewayTestSystem;
import io.clearmarket.gateway.testing.Scan;
import io.clearmarket.gateway.testing.TestHttp;
import io.clearmarket.gateway.testing.TestHttp.Answer;
import io.clearmarket.gateway.testing.Trade;
import io.clearmarket.wallet.json.CanonicalJson;
import io.clearmarket.wallet.json.Json;
import io.clearmarket.wallet.proof.ProofVerifier;
import io.clearmarket.wallet.proof.TrustPolicy;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A review's text, a case's and the answers to both over the whole system: committed to on the ledger, disclosed, erased, and looked for everywhere. */
@ExtendWith(OutputCaptureExtension.class)
class ErasureOnSystemTest {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final GatewayTestSystem system = GatewayTestSystem.get();
    private final Scan scan = new Scan(system.folder());
    private final String canary = "canary " + UUID.randomUUID() + " says it came late";
    private final PrivateField text = new PrivateField("review.text", salt(), canary);
    /** The buyer's and the merchant's other words, by who says them. */
    private final Map<PrivateField, String> others = Map.of(
            field("case.text", "asks where it is"), "buyer",
            field("case.text", "answers that it is on its way"), "merchant",
            field("review.answer", "is sorry that it came late"), "merchant");

    @Test
    void what_is_erased_is_nowhere_and_never_was_in_a_block(CapturedOutput output) throws Exception {
        Trade trade = Trade.placed().fund().ship().deliver();
        accept(trade);
        keep("buyer", text, trade);
        review(trade);
        others.forEach((field, who) -> keep(who, field, trade));
        ask(trade);
        answer(trade);
        isReadByThePartiesOnly();
        String proof = proof(trade);
        byte[] disclosed = with(proof, text).getBytes(UTF_8);
        new ProofVerifier(policy()).verify(disclosed);
        List<byte[]> keys = List.of(Files.readAllBytes(keyFile("buyer")), Files.readAllBytes(keyFile("merchant")));
        JdbcTemplate database = system.context().getBean(JdbcTemplate.class);
        system.awaitRead();
        system.awaitLevel("AuditMSP");
        database.execute("checkpoint");
        Optional<Scan> state = state();
        for (PrivateField field : fields()) {
            assertThat(scan.filesWith(field.commitment().hex()))
                    .as("the scan finds what is there: " + field)
                    .anyMatch(file -> file.startsWith("network"))
                    .anyMatch(file ->
                            file.startsWith("gateway") && file.toString().contains("/base/"))
                    .anyMatch(file ->
                            file.startsWith("gateway") && file.toString().contains("/pg_wal/"));
            if (state.isPresent()) {
                assertThat(state.get().filesWith(field.commitment().hex())).isNotEmpty();
            }
        }
        isNowhere();

        ErasureReceipt receipt = erase("buyer", text);
        others.forEach((field, who) -> assertThat(erase(who, field).isSigned()).isTrue());
        database.execute("vacuum (full)");
        database.execute("checkpoint");

        assertThat(receipt.isSigned()).isTrue();
        assertThat(receipt.statement().commitments()).contains(text.commitment());
        isNowhere();
        for (byte[] key : keys) {
            assertThat(scan.filesWith(key)).isEmpty();
        }
        for (PrivateField field : fields()) {
            assertThat(output.getAll()).doesNotContain(field.value()).doesNotContain(field.salt());
            assertThat(buyer().get(path(field)).status()).isEqualTo(404);
        }
        new ProofVerifier(policy()).verify(proof.getBytes(UTF_8));
        new ProofVerifier(policy()).verify(disclosed);
    }

    /** Neither in a file of network, gateway, database, log or content store, nor in the state that a peer has. */
    private void isNowhere() throws Exception {
        List<Scan> everywhere = Stream.concat(Stream.of(scan), state().stream()).toList();
        for (PrivateField field : fields()) {
            for (Scan each : everywhere) {
                assertThat(each.filesWith(field.value())).as(field.toString()).isEmpty();
                assertThat(each.filesWith(HexFormat.of().parseHex(field.salt())))
                        .as(field.toString())
                        .isEmpty();
            }
        }
    }

    /** All of the contract's state, keys and values, where a peer holds any of it in memory. */
    private Optional<Scan> state() throws Exception {
        Path folder = Files.createTempDirectory("state");
        return system.writeState("AuditMSP", folder) ? Optional.of(new Scan(folder)) : Optional.empty();
    }

    private List<PrivateField> fields() {
        return Stream.concat(Stream.of(text), others.keySet().stream()).toList();
    }

    private static PrivateField field(String path, String words) {
        return new PrivateField(path, salt(), "canary " + UUID.randomUUID() + " " + words);
    }

    private void accept(Trade trade) {
        long version = trade.seenBy("buyer").path("consignment").path("version").asLong();
        Answer accepted = buyer().post(
                        "/api/v1/consignments/" + trade.id() + "/accept",
                        Map.of("version", version, "part", Map.of("lines", List.of(1))));
        assertThat(accepted.status()).as(accepted.body().toString()).isEqualTo(200);
    }

    private void keep(String who, PrivateField field, Trade trade) {
        Answer kept = TestHttp.send(http(who)
                .request(path(field))
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString(Json.MAPPER.writeValueAsString(Map.of(
                        "path", field.path(),
                        "salt", field.salt(),
                        "value", field.value(),
                        "consignmentId", trade.id()))))
                .build());
        assertThat(kept.status()).isEqualTo(201);
    }

    private void ask(Trade trade) {
        act(
                "buyer",
                trade,
                "open-case",
                Map.of("number", 1, "kind", "QUESTION", "text", said("case.text", "buyer"), "answerWithin", 7200));
        act("merchant", trade, "answer-case", Map.of("number", 1, "text", said("case.text", "merchant")));
    }

    private void answer(Trade trade) {
        act("merchant", trade, "answer-review", Map.of("line", 1, "text", said("review.answer", "merchant")));
    }

    private Digest said(String path, String who) {
        return others.entrySet().stream()
                .filter(each ->
                        each.getKey().path().equals(path) && each.getValue().equals(who))
                .map(each -> each.getKey().commitment())
                .findFirst()
                .orElseThrow();
    }

    private void act(String who, Trade trade, String action, Map<String, ?> body) {
        Answer done = http(who).post("/api/v1/consignments/" + trade.id() + "/" + action, body);
        assertThat(done.status()).as(done.body().toString()).isEqualTo(200);
    }

    private void review(Trade trade) {
        Answer reviewed = buyer().post(
                        "/api/v1/reviews",
                        Map.of("consignmentId", trade.id(), "line", 1, "score", 2, "text", text.commitment()));
        assertThat(reviewed.status()).as(reviewed.body().toString()).isEqualTo(200);
    }

    private void isReadByThePartiesOnly() {
        for (PrivateField field : fields()) {
            assertThat(buyer().get(path(field)).text("value")).isEqualTo(field.value());
            assertThat(http("merchant").get(path(field)).text("value")).isEqualTo(field.value());
            assertThat(system.http(null).get(path(field)).status()).isEqualTo(401);
        }
        assertThat(http("merchant").get("/api/v1/private-fields").body().path("items"))
                .noneMatch(own -> own.path("commitment")
                        .asString("")
                        .equals(text.commitment().hex()));
    }

    /** Once a checkpoint covers the review. */
    private String proof(Trade trade) throws Exception {
        String path = "/api/v1/proofs?kind=review&id=" + trade.id() + "&id=1";
        Instant end = Instant.now().plus(PATIENCE);
        while (buyer().get(path).status() != 200 && Instant.now().isBefore(end)) {
            Thread.sleep(100);
        }
        return buyer().text(path);
    }

    private static String with(String proof, PrivateField field) {
        ObjectNode file = (ObjectNode) Json.MAPPER.readTree(proof);
        JsonNode disclosures = Json.MAPPER.valueToTree(
                List.of(Map.of("at", "/text", "path", field.path(), "salt", field.salt(), "value", field.value())));
        file.set("disclosures", disclosures);
        return new String(CanonicalJson.bytes(file), UTF_8);
    }

    private TrustPolicy policy() throws Exception {
        return TrustPolicy.parse(system.http(null).text("/log/policy"));
    }

    private ErasureReceipt erase(String who, PrivateField field) {
        Answer erased = TestHttp.send(http(who).request(path(field)).DELETE().build());
        assertThat(erased.status()).isEqualTo(200);
        return Json.MAPPER.treeToValue(erased.body(), ErasureReceipt.class);
    }

    private Path keyFile(String who) throws IOException {
        Path keys = system.folder().resolve("gateway/subject-keys");
        try (var files = Files.list(keys)) {
            return files.filter(file -> file.getFileName()
                            .toString()
                            .startsWith(system.person(who).party().value()))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private TestHttp buyer() {
        return http("buyer");
    }

    private TestHttp http(String name) {
        return system.http(system.token(name));
    }

    private static String path(PrivateField field) {
        return "/api/v1/private-fields/" + field.commitment().hex();
    }

    private static String salt() {
        byte[] salt = new byte[32];
        new SecureRandom().nextBytes(salt);
        return HexFormat.of().formatHex(salt);
    }
}
