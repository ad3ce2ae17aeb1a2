package io.clearmarket.gateway.settlement;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.clearmarket.chaincode.api.Amount;
import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.chaincode.api.MarketConfig;
import io.clearmarket.chaincode.api.Terms;
import io.clearmarket.gateway.attester.AttesterStep;
import io.clearmarket.gateway.proof.LogComparison;
import io.clearmarket.gateway.proof.LogExport;
import io.clearmarket.gateway.proof.LogTiles;
import io.clearmarket.gateway.testing.AttesterUnderTest;
import io.clearmarket.gateway.testing.Browser;
import io.clearmarket.gateway.testing.GatewayUnderTest;
import io.clearmarket.gateway.testing.TestHttp;
import io.clearmarket.wallet.json.Json;
import io.clearmarket.wallet.proof.Checkpoint;
import io.clearmarket.wallet.proof.Hash;
import io.clearmarket.wallet.proof.NoteSigner;
import io.clearmarket.wallet.proof.ProofVerifier;
import io.clearmarket.wallet.proof.SignedNote;
import io.clearmarket.wallet.proof.TrustPolicy;
import io.clearmarket.wallet.proof.VerifiedProof;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** Gateway, and each organisation's attester and witness in a process of its own; they are killed, lie, and reach their limit. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AttesterProcessIT {
    private static final Logger LOG = LoggerFactory.getLogger(AttesterProcessIT.class);
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String PLATFORM = "PlatformMSP";
    private static final String MERCHANTS = "MerchantsMSP";
    private static final String AUDIT = "AuditMSP";
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    /** More than one order, less than two. */
    private static final String LIMIT = Long.toString(MoneyJourney.TOTAL * 3 / 2);

    private static final List<SettlementStep> TAKEOVER =
            List.of(SettlementStep.STANDBY_SIGNED, SettlementStep.STANDBY_PERSISTED, SettlementStep.STANDBY_SETTLING);

    private static MoneyTestMarket market;
    private static AttesterProcesses attesters;
    private static CosignedLog log;
    private static GatewayUnderTest gateway;

    @BeforeAll
    static void start() throws Exception {
        market = MoneyTestMarket.prepare();
        attesters = new AttesterProcesses(market);
        for (String mspId : List.of(PLATFORM, MERCHANTS, AUDIT)) {
            attesters.start(mspId, "", null);
        }
        attesters.askedByGateway(PLATFORM, MERCHANTS, AUDIT);
        gateway = market.system.startGatewayProcess();
        market.found();
        log = new CosignedLog(market, attesters.witnesses());
    }

    /** Whatever came up, though the next one did not. */
    @AfterAll
    static void stop() {
        if (gateway != null) {
            gateway.close();
        }
        if (attesters != null) {
            attesters.close();
        }
        if (market != null) {
            market.close();
        }
    }

    @Test
    @Order(1)
    void while_the_platforms_attester_is_dead_everything_is_settled_all_the_same() {
        attesters.of(PLATFORM).close();
        MoneyJourney journey = new MoneyJourney(market, "order-platform-dead");
        drive(journey, () -> false);
        journey.requireSettledOnce();
    }

    @Test
    @Order(2)
    void whatever_the_platforms_attester_answers_everything_is_settled_all_the_same() throws Exception {
        attesters.of(PLATFORM).close();
        InetSocketAddress door = new InetSocketAddress(
                InetAddress.getLoopbackAddress(), attesters.of(PLATFORM).port());
        HttpServer liar = HttpServer.create(door, 0);
        liar.createContext("/", exchange -> {
            JsonNode question = Json.MAPPER.readTree(exchange.getRequestBody().readAllBytes());
            String lie = "{\"signature\":\"0x" + "11".repeat(64) + "1b\"}";
            String lies = question.isArray()
                    ? "[" + (lie + ",").repeat(question.size()).replaceAll(",$", "") + "]"
                    : lie;
            exchange.sendResponseHeaders(200, lies.length());
            exchange.getResponseBody().write(lies.getBytes(UTF_8));
            exchange.close();
        });
        liar.start();
        try {
            MoneyJourney journey = new MoneyJourney(market, "order-platform-lies");
            drive(journey, () -> false);
            journey.requireSettledOnce();
        } finally {
            liar.stop(0);
        }
    }

    @Test
    @Order(3)
    void whatever_step_the_auditors_attester_dies_at_everything_is_settled_exactly_once() throws Exception {
        AttesterUnderTest audit = attesters.of(AUDIT);
        for (AttesterStep step : AttesterStep.values()) {
            attesters.start(AUDIT, step.name(), null);
            MoneyJourney journey =
                    new MoneyJourney(market, "order-" + step.name().toLowerCase(Locale.ROOT));
            assertThat(drive(journey, () -> !audit.isAlive()))
                    .as("settled without reaching %s", step)
                    .isFalse();
            assertThat(audit.exitCode()).isEqualTo(AttesterStep.KILLED);

            attesters.start(AUDIT, "", null);
            drive(journey, () -> false);
            journey.requireSettledOnce();
            assertThat(letOut(audit, journey))
                    .as("counted against the limit, once")
                    .isEqualTo(BigInteger.valueOf(MoneyJourney.TOTAL));
        }
    }

    @Test
    @Order(4)
    void the_limit_and_the_pause_hold_across_a_restart() throws Exception {
        AttesterUnderTest audit = attesters.of(AUDIT);
        Files.delete(audit.folder().resolve("outflow.jsonl"));
        attesters.start(AUDIT, "", LIMIT);
        MoneyJourney first = new MoneyJourney(market, "order-within-limit");
        drive(first, () -> false);

        attesters.start(AUDIT, "", LIMIT);
        String before = gatewaySaid();
        MoneyJourney second = new MoneyJourney(market, "order-over-limit");
        assertThat(drive(second, () -> gatewaySaid().substring(before.length()).contains("over the limit of " + LIMIT)))
                .as("settled over the limit")
                .isFalse();

        assertThat(pause(true).status()).isEqualTo(200);
        attesters.start(AUDIT, "", null);
        String paused = gatewaySaid();
        assertThat(drive(second, () -> gatewaySaid().substring(paused.length()).contains("paused by an operator")))
                .as("settled while paused")
                .isFalse();
        assertThat(pause(false).status()).isEqualTo(200);
        drive(second, () -> false);
        second.requireSettledOnce();

        audit.close();
        TestHttp.Answer away = pause(true);
        assertThat(away.status()).isEqualTo(502);
        assertThat(away.body().path("code").asString()).isEqualTo("ATTESTER_AWAY");
    }

    @Test
    @Order(5)
    void the_log_is_cosigned_with_one_witness_dead_never_without_the_auditors_and_each_goes_on_when_it_is_back()
            throws Exception {
        attesters.start(AUDIT, "", null);
        attesters.start(PLATFORM, "", null);
        attesters.of(MERCHANTS).close();
        market.place("order-merchants-dead", MoneyJourney.TOTAL);
        log.awaitCosigned(0, List.of(AUDIT, PLATFORM));

        attesters.of(AUDIT).close();
        Thread.sleep(2_000);
        Checkpoint without = log.checkpoint();
        market.place("order-auditor-dead", MoneyJourney.TOTAL);
        Thread.sleep(3_000);
        assertThat(log.checkpoint().size())
                .as("a quorum without the auditor's witness")
                .isEqualTo(without.size());

        attesters.start(AUDIT, "", null);
        attesters.start(MERCHANTS, "", null);
        log.awaitCosigned(without.size(), List.of(AUDIT, PLATFORM));
        for (int i = 0; !log.cosigners().containsAll(List.of(AUDIT, PLATFORM, MERCHANTS)); i++) {
            assertThat(i).as("orders until the one that was away cosigns again").isLessThan(60);
            market.place("order-all-alive-" + i, MoneyJourney.TOTAL);
            Thread.sleep(1_000);
        }
    }

    @Test
    @Order(6)
    void a_witness_refuses_a_log_that_is_not_its_peers_though_the_log_signed_it() throws Exception {
        NoteSigner signer = attesters.witnesses().log();
        Checkpoint cosigned = Checkpoint.parse(
                SignedNote.parse(log.text(AUDIT, "/log/cosigned")).text());
        Checkpoint fork = new Checkpoint(cosigned.origin(), cosigned.size(), Hash.sha256());
        SignedNote note = new SignedNote(fork.text(), List.of(signer.sign(fork, Instant.now())));
        HttpResponse<String> answer = CLIENT.send(
                HttpRequest.newBuilder(attesters.witnesses().origin(AUDIT).resolve("/add-checkpoint"))
                        .POST(HttpRequest.BodyPublishers.ofString("old " + cosigned.size() + "\n\n" + note.encoded()))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(409);
        assertThat(log.text(AUDIT, "/log/cosigned")).doesNotContain(fork.root().base64());
    }

    @Test
    @Order(7)
    void each_organisation_gives_out_its_own_copy_of_the_log_and_the_page_whose_hash_is_in_it(@TempDir Path folder)
            throws Exception {
        String policy = attesters.witnesses().policy();
        byte[] page = log.text(AUDIT, "/verify").getBytes(UTF_8);
        assertThat(log.text(PLATFORM, "/verify").getBytes(UTF_8)).isEqualTo(page);
        MarketConfig agreed = market.config().withVerifierPage(Digest.sha256(page));
        for (String operator : List.of("operator-AuditMSP", "operator-PlatformMSP")) {
            MoneyTestMarket.accepted(market.http(operator).post("/api/v1/market/approvals", Map.of("config", agreed)));
        }
        byte[] proof = log.marketsProof(agreed.version());
        ProofVerifier verifier = new ProofVerifier(TrustPolicy.parse(policy));
        VerifiedProof verified = verifier.verify(proof);
        assertThat(Objects.requireNonNull(verified.record())
                        .path("verifierPage")
                        .asString())
                .isEqualTo(Digest.sha256(page).hex());

        for (String mspId : List.of(AUDIT, MERCHANTS)) {
            log.await(() -> log.size(mspId) >= verified.checkpoint().size());
            LogExport.Saved saved = LogExport.run(attesters.witnesses().origin(mspId), folder.resolve(mspId), verifier);
            assertThat(saved.page().hex()).isEqualTo(Digest.sha256(page).hex());
            assertThat(LogComparison.of(
                            verified.checkpoint(), saved.checkpoint(), LogTiles.saved(folder.resolve(mspId))))
                    .isEqualTo(new LogComparison.Continues());
        }

        byte[] flipped = proof.clone();
        flipped[flipped.length - 5] ^= 1;
        Browser browser = Browser.open();
        List<JsonNode> seen = browser.run(
                "verifier.mjs",
                Map.of(
                        "chromium", browser.chromium(),
                        "page", attesters.witnesses().origin(AUDIT) + "/verify",
                        "proofs", List.of(file("market", proof), file("flipped", flipped))));
        assertThat(seen.getFirst().path("verdict").asString()).isEqualTo("authentic");
        assertThat(seen.getFirst().path("text").asString())
                .contains(Digest.sha256(page).hex());
        assertThat(seen.getLast().path("verdict").asString()).isEqualTo("refused");
        assertThat(seen).allSatisfy(visit -> assertThat(visit.path("errors")).isEmpty());
    }

    private static Map<String, String> file(String name, byte[] bytes) {
        return Map.of("name", name, "base64", Base64.getEncoder().encodeToString(bytes));
    }

    @Test
    @Order(8)
    void
            when_the_auditors_attester_is_dead_its_standby_pays_after_the_delay_and_nobody_reclaims_from_a_merchant_who_delivered()
                    throws Exception {
        attesters.of(AUDIT).close();
        attesters.start(PLATFORM, "", null);
        attesters.start(MoneyTestMarket.STANDBY, "", null);
        attesters.askedByGateway(PLATFORM, MERCHANTS, AUDIT, MoneyTestMarket.STANDBY);
        market.system.with(Map.of("clearmarket.settlement.standby-after", "1s"));
        List<MoneyJourney> journeys = new ArrayList<>();
        for (SettlementStep step : TAKEOVER) {
            restartGateway(step.name());
            MoneyJourney journey =
                    new MoneyJourney(market, "order-" + step.name().toLowerCase(Locale.ROOT));
            journeys.add(journey);
            assertThat(drive(journey, () -> !gateway.isAlive()))
                    .as("settled without reaching %s", step)
                    .isFalse();
            assertThat(gateway.awaitEnd(10)).isEqualTo(AttesterStep.KILLED);
        }
        restartGateway("");
        journeys.forEach(journey -> drive(journey, () -> false));
        journeys.forEach(MoneyJourney::requireSettledOnce);
        assertThat(attesters.of(AUDIT).isAlive()).isFalse();

        Terms shipped = market.place("order-stop-date", MoneyJourney.TOTAL);
        market.deposit(shipped);
        market.await(
                shipped, "the deposit on the ledger", it -> !it.money().held().isZero());
        market.accept(shipped, MoneyJourney.TOTAL);
        market.await(
                shipped, "the standby's payout", it -> it.closed() && it.money().isSettled());
        market.chain.anvil("evm_increaseTime", Long.toString(Duration.ofDays(62).toSeconds()));
        market.chain.anvil("anvil_mine", "\"0x1\"");
        assertThat(market.chain.reclaims(shipped)).as("after the stop date").isEmpty();
        assertThat(market.consignment(shipped.consignmentId()).money().paidGross())
                .isEqualTo(Amount.of(MoneyJourney.TOTAL));
    }

    private static void restartGateway(String crashAt) {
        gateway.close();
        market.system.with(Map.of("clearmarket.crash-at", crashAt));
        gateway = market.system.startGatewayProcess();
    }

    private static TestHttp.Answer pause(boolean paused) {
        return market.http("operator-AuditMSP")
                .put("/api/v1/settlement/attesters/AuditMSP/pause", Map.of("paused", paused));
    }

    private static String gatewaySaid() {
        try {
            return Files.readString(market.system.folder().resolve("gateway.log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the attester's file says of the journey's escrow in all. */
    private static BigInteger letOut(AttesterUnderTest attester, MoneyJourney journey) throws Exception {
        BigInteger sum = BigInteger.ZERO;
        for (String line : Files.readAllLines(attester.folder().resolve("outflow.jsonl"))) {
            for (JsonNode taken : Json.MAPPER.readTree(line).path("taken")) {
                if (taken.path("escrowId").asString().equals(journey.escrowId().hex())) {
                    sum = sum.add(new BigInteger(taken.path("more").asString()));
                }
            }
        }
        return sum;
    }

    /** True once all is settled, false once the condition holds. */
    private static boolean drive(MoneyJourney journey, BooleanSupplier until) {
        Instant deadline = Instant.now().plus(PATIENCE);
        while (!until.getAsBoolean()) {
            try {
                if (journey.step()) {
                    return true;
                }
            } catch (AssertionError | UncheckedIOException inBetween) {
                LOG.debug("The state has changed meanwhile", inBetween);
            }
            assertThat(Instant.now()).as("still not settled: %s", journey.id()).isBefore(deadline);
            try {
                Thread.sleep(100);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        return false;
    }
}
