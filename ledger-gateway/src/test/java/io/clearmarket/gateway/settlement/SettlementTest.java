package io.clearmarket.gateway.settlement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clearmarket.chaincode.api.Amount;
import io.clearmarket.chaincode.api.Consignment;
import io.clearmarket.chaincode.api.DeliveryCondition;
import io.clearmarket.chaincode.api.DeliveryCondition.Effect;
import io.clearmarket.chaincode.api.DeliveryCondition.Expected;
import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.chaincode.api.EscrowTypes;
import io.clearmarket.chaincode.api.Evidence;
import io.clearmarket.chaincode.api.Terms;
import io.clearmarket.gateway.api.BadRequest;
import io.clearmarket.gateway.api.MalformedRequests;
import io.clearmarket.gateway.chain.ChainException;
import io.clearmarket.gateway.chain.ChainLog;
import io.clearmarket.gateway.chain.ChainTransaction;
import io.clearmarket.gateway.chain.EscrowChain;
import io.clearmarket.gateway.chain.EscrowStatus;
import io.clearmarket.gateway.testing.DescribedAnswers;
import io.clearmarket.gateway.testing.DeviceBuyer;
import io.clearmarket.gateway.testing.OpenApiDocument;
import io.clearmarket.gateway.testing.SystemState;
import io.clearmarket.gateway.testing.TestHttp;
import io.clearmarket.gateway.testing.TestMarket;
import io.clearmarket.wallet.identity.PartyId;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import tools.jackson.databind.JsonNode;

/** Money on both ledgers, from the buyer's authorization to the ledger's word that it was paid. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SettlementTest {
    private static MoneyTestMarket market;
    /** Nobody pays them; the keeper's grace passes while the other tests run. */
    private static Terms unpaid;

    @BeforeAll
    static void start() throws Exception {
        market = MoneyTestMarket.prepare();
        market.attestedBy("PlatformMSP", "MerchantsMSP");
        market.system.startGateway();
        market.found();
        unpaid = market.terms(
                "order-unpaid", 700, Instant.ofEpochSecond(Instant.now().getEpochSecond() + 5));
        market.place(unpaid);
    }

    @AfterAll
    static void stop() {
        market.close();
    }

    @Test
    @Order(1)
    void without_the_auditors_attester_a_deposit_is_not_recorded_and_with_it_it_is() {
        Terms terms = market.place("order-quorum", 1_000);
        market.deposit(terms);
        DepositEvidence deposit = new DepositEvidence(market);
        Evidence.Seen seen = deposit.seen(terms);

        TestHttp.Answer refused =
                deposit.record(terms, deposit.signed(seen, "PlatformMSP", "MerchantsMSP"), "cabal-evidence");
        assertThat(refused.code()).isEqualTo("EVIDENCE_REQUIRED_ATTESTER_MISSING");
        assertThat(market.consignment(terms.consignmentId()).money().deposited())
                .isEqualTo(Amount.ZERO);

        TestHttp.Answer taken =
                deposit.record(terms, deposit.signed(seen, "AuditMSP", "PlatformMSP"), "right-evidence");
        MoneyTestMarket.accepted(taken);
        assertThat(market.consignment(terms.consignmentId()).money().held()).isEqualTo(Amount.of(1_000));
    }

    @Test
    @Order(2)
    void a_deposit_is_recorded_decisions_are_paid_and_the_payouts_recorded() {
        market.system.context().close();
        market.attestedBy("PlatformMSP", "MerchantsMSP", "AuditMSP");
        market.system.startGateway();

        Terms terms = market.place("order-paid", 100_000);
        market.deposit(terms);
        market.await(
                terms, "the deposit on the ledger", it -> it.money().deposited().equals(Amount.of(100_000)));
        market.accept(terms, 60_001);
        market.await(terms, "the first payout", it -> it.money().paidGross().equals(Amount.of(60_001)));
        market.refundRest(terms);
        Consignment settled = market.await(
                terms, "the refund", it -> it.closed() && it.money().isSettled());

        assertThat(settled.money().paidBuyer()).isEqualTo(Amount.of(39_999));
        Digest escrowId = EscrowTypes.escrowId(terms);
        EscrowStatus onChain = chain().statuses(List.of(escrowId)).getFirst();
        assertThat(onChain.gross()).isEqualTo(Amount.of(60_001));
        assertThat(onChain.payer()).isEqualTo(Amount.of(39_999));
        assertThat(sharesOf(escrowId))
                .containsExactly(
                        new ChainLog.Shares(Amount.of(58_501), Amount.of(1_500), Amount.ZERO, Amount.ZERO),
                        new ChainLog.Shares(Amount.ZERO, Amount.ZERO, Amount.ZERO, Amount.of(39_999)));
    }

    @Test
    @Order(3)
    void a_repeated_deposit_is_the_same_deposit() {
        Terms terms = market.place("order-repeat", 500);
        String first = market.deposit(terms).text("transaction");
        String second = market.requestDeposit(terms).text("transaction");
        assertThat(second).isEqualTo(first);
        market.await(terms, "the deposit on the ledger", it -> it.money().held().equals(Amount.of(500)));
        assertThat(market.requestDeposit(terms).text("transaction")).isEqualTo(first);
    }

    @Test
    @Order(4)
    void test_money_asked_for_together_is_there_at_once_and_minted_once_for_each_key() throws Exception {
        String to = "0x" + "ab".repeat(20);
        List<Map<String, String>> grants = Stream.of("one", "two")
                .map(key -> Map.of("key", "grants-" + key, "address", to, "amount", "7"))
                .toList();
        for (int i = 0; i < 2; i++) {
            TestHttp.Answer answer =
                    market.http("buyer").post("/api/v1/development/faucet/grants", Map.of("grants", grants));
            assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
            assertThat(testMoney(to)).isEqualTo(14);
        }
        assertThat(market.http("buyer")
                        .post("/api/v1/development/faucet/grants", Map.of("grants", List.of()))
                        .status())
                .isEqualTo(400);
    }

    /** What balanceOf answers. */
    private static long testMoney(String owner) throws Exception {
        String data = "0x70a08231" + "0".repeat(24) + owner.substring(2);
        String call = "{\"to\":\"" + market.chain.deployment.token() + "\",\"data\":\"" + data + "\"}";
        return Long.decode(market.chain.anvil("eth_call", call + ",\"latest\"").asString());
    }

    @Test
    @Order(5)
    void while_an_operator_pauses_the_auditors_attester_nothing_is_paid() throws Exception {
        Terms terms = market.place("order-pause", 800);
        market.deposit(terms);
        market.await(terms, "the deposit on the ledger", it -> it.money().held().equals(Amount.of(800)));
        assertThat(pause("buyer", true).status()).isEqualTo(403);
        MoneyTestMarket.accepted(pause("operator-AuditMSP", true));
        market.accept(terms, 800);
        Thread.sleep(4_000);
        assertThat(chain().history(
                                EscrowTypes.escrowId(terms),
                                chain().finalizedBlock().number()))
                .hasSize(1);

        MoneyTestMarket.accepted(pause("operator-AuditMSP", false));
        market.await(terms, "the payout", it -> it.closed() && it.money().isSettled());
    }

    @Test
    @Order(6)
    void while_settlement_is_paused_nothing_is_sent_and_a_dry_run_says_what_would_be() throws Exception {
        Terms terms = market.place("order-stopped", 700);
        market.deposit(terms);
        market.await(terms, "the deposit on the ledger", it -> it.money().held().equals(Amount.of(700)));
        MoneyTestMarket.await("what was sent to be final", () -> chain().open(), open -> open == 0);
        assertThat(mode("auditor", "PAUSED").status()).isEqualTo(403);
        assertThat(market.http("merchant").get("/api/v1/settlement").status()).isEqualTo(403);
        MoneyTestMarket.accepted(mode("operator-PlatformMSP", "PAUSED"));
        // a round that had begun may go on
        Thread.sleep(500);
        market.accept(terms, 700);
        market.system.awaitRead();
        Thread.sleep(2_500);
        assertThat(chain().open()).isZero();

        MoneyTestMarket.accepted(mode("operator-PlatformMSP", "DRY_RUN"));
        TestHttp.Answer view = market.http("auditor").get("/api/v1/settlement");
        assertThat(view.text("mode")).isEqualTo("DRY_RUN");
        assertThat(view.body().path("due").toString())
                .contains(terms.consignmentId().value())
                .contains("\"gross\":\"700\"");
        assertThat(chain().open()).isZero();

        MoneyTestMarket.accepted(mode("operator-PlatformMSP", "RUNNING"));
        market.await(terms, "the payout", it -> it.closed() && it.money().isSettled());
    }

    private static TestHttp.Answer mode(String person, String mode) {
        return market.http(person).put("/api/v1/settlement", Map.of("mode", mode));
    }

    @Test
    @Order(10)
    void the_api_serves_every_operation_that_is_committed() throws Exception {
        OpenApiDocument.requireCommitted(market.http("auditor"));
    }

    @Test
    @Order(12)
    void events_of_the_agreed_witness_give_a_share_back_and_release_the_rest_and_both_are_paid() {
        List<PartyId> carrier = List.of(market.system.person("carrier").party());
        String dock = "geo:-22.91,-43.17";
        Terms terms = TestMarket.onConditions(
                market.terms("order-witnessed", 10_000),
                new DeliveryCondition(Effect.RELEASE, 0, carrier, new Expected("arriving", null, dock), 0),
                new DeliveryCondition(
                        Effect.REFUND, 2_000, carrier, new Expected("sensor_reporting", "non_conformant", null), 0));
        market.place(terms);
        market.deposit(terms);
        market.await(terms, "the deposit on the ledger", it -> it.money().held().equals(Amount.of(10_000)));
        WitnessedGoods goods = new WitnessedGoods(market, terms);
        goods.ship();

        String claimed = goods.told("merchant", "arriving", "in_progress", dock);
        assertThat(goods.cite("merchant", 1, claimed).code()).isEqualTo("WRONG_PARTY");
        String tooWarm = goods.told("carrier", "sensor_reporting", "non_conformant", "geo:-23,-45");
        MoneyTestMarket.accepted(goods.cite("buyer", 2, tooWarm));
        assertThat(goods.cite("buyer", 2, tooWarm).code()).isEqualTo("CONDITION_APPLIED");
        String arrived = goods.told("carrier", "arriving", "in_progress", dock);
        MoneyTestMarket.accepted(goods.cite("merchant", 1, arrived));

        market.await(terms, "both payouts", it -> it.closed() && it.money().isSettled());
        EscrowStatus onChain =
                chain().statuses(List.of(EscrowTypes.escrowId(terms))).getFirst();
        assertThat(onChain.gross()).isEqualTo(Amount.of(8_000));
        assertThat(onChain.payer()).isEqualTo(Amount.of(2_000));
    }

    @Test
    @Order(13)
    void every_metric_that_an_alert_asks_for_is_there() throws Exception {
        AlertedMetrics.requireIn(MoneyTestMarket.await(
                "the first check of solvency",
                SettlementTest::metrics,
                text -> text.contains("clearmarket_solvency_surplus{")));
    }

    @Test
    @Order(13)
    void every_answer_about_money_to_requests_made_from_the_description_is_described_and_none_is_a_5xx() {
        List<String> paths =
                List.of("/api/v1/deposits", "/api/v1/development", "/api/v1/settlement", "/api/v1/solvency");
        int sent = new DescribedAnswers(
                        market.http("auditor").get("/v3/api-docs").body(),
                        Map.of("consignmentId", "order-paid.1", "mspId", "AuditMSP"))
                .require(
                        path -> paths.stream().anyMatch(path::startsWith),
                        path -> market.http(path.startsWith("/api/v1/so") ? "auditor" : "buyer"),
                        market.system.http(null));
        assertThat(sent).isGreaterThan(60);
    }

    @Test
    @Order(13)
    void bad_requests_change_no_record_no_table_and_nothing_in_the_contract() throws Exception {
        List<BadRequest> bad = new ArrayList<>(BadMoneyRequests.of(market));
        bad.addAll(
                new MalformedRequests(market.system, DeviceBuyer.enrol(market.system), DeviceBuyer.enrol(market.system))
                        .all());
        market.await(unpaid, "the keeper's call, which would change something meanwhile", Consignment::closed);
        MoneyTestMarket.accepted(mode("operator-PlatformMSP", "PAUSED"));
        SystemState before = SystemState.atRest(market.system, Duration.ofSeconds(3));
        String storage = market.chain.storageHash();
        try {
            SoftAssertions all = new SoftAssertions();
            bad.forEach(request -> {
                TestHttp.Answer answer = request.request().get();
                all.assertThat(answer.code()).as(request.name() + " " + answer).isEqualTo(request.code());
                all.assertThat(answer.status()).as(request.name()).isEqualTo(request.status());
            });
            all.assertAll();
            assertThat(SystemState.of(market.system).sameTablesAs(before)).isEqualTo(before);
            assertThat(market.chain.storageHash()).isEqualTo(storage);
        } finally {
            MoneyTestMarket.accepted(mode("operator-PlatformMSP", "RUNNING"));
        }
    }

    @Test
    @Order(14)
    void when_the_auditors_attester_is_dead_its_standby_pays_a_delivered_merchant_after_the_delay() {
        Terms terms = market.place("order-standby", 900);
        market.deposit(terms);
        market.await(terms, "the deposit on the ledger", it -> it.money().held().equals(Amount.of(900)));
        market.system.context().close();
        market.attestedBy("PlatformMSP", "MerchantsMSP", MoneyTestMarket.STANDBY);
        market.system.with(Map.of("clearmarket.settlement.standby-after", "1s"));
        market.system.startGateway();
        long before = chain().finalizedBlock().number();
        market.accept(terms, 900);
        market.await(terms, "the payout", it -> it.closed() && it.money().isSettled());

        List<ChainLog> logs = chain().logs(before, chain().finalizedBlock().number());
        Instant announced = timeOf(logs, ChainLog.Other.class);
        Instant paid = timeOf(logs, ChainLog.Settled.class);
        assertThat(Duration.between(announced, paid))
                .isGreaterThanOrEqualTo(Duration.ofSeconds(MoneyTestMarket.STANDBY_DELAY));
        assertThat(chain().find("standby:1").orElseThrow().outcome()).isEqualTo(ChainTransaction.Outcome.SUCCEEDED);
        assertThatThrownBy(() -> chain().reclaim("reclaim", terms)).isInstanceOf(ChainException.Reverted.class);
        assertThat(market.consignment(terms.consignmentId()).money().paidGross())
                .isEqualTo(Amount.of(900));
    }

    @Test
    @Order(15)
    void the_keeper_calls_on_the_ledger_what_time_has_made_legal() {
        Consignment expired = market.await(unpaid, "the keeper's call", Consignment::closed);
        assertThat(expired.money().deposited()).isEqualTo(Amount.ZERO);
        String history = "/api/v1/consignments/" + unpaid.consignmentId() + "/history";
        JsonNode last = MoneyTestMarket.await(
                        "the read model",
                        () -> market.http("operator-AuditMSP")
                                .get(history)
                                .body()
                                .path("items")
                                .valueStream()
                                .toList(),
                        versions -> versions.size() == 2)
                .getLast();
        assertThat(last.path("command").asString()).as(last.toString()).isEqualTo("expireUnpaid");
        assertThat(last.path("by").asString())
                .isEqualTo(market.system.person("operator-PlatformMSP").party().toString());
    }

    private static Instant timeOf(List<ChainLog> logs, Class<? extends ChainLog> type) {
        return logs.stream()
                .filter(type::isInstance)
                .map(log -> log.ref().block().time())
                .findFirst()
                .orElseThrow();
    }

    private static String metrics() {
        try {
            return market.http("operator-AuditMSP").text("/actuator/prometheus");
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static TestHttp.Answer pause(String person, boolean paused) {
        return market.http(person).put("/api/v1/settlement/attesters/AuditMSP/pause", Map.of("paused", paused));
    }

    private static EscrowChain chain() {
        return market.system.context().getBean(EscrowChain.class);
    }

    private static List<ChainLog.Shares> sharesOf(Digest escrowId) {
        return chain().history(escrowId, chain().finalizedBlock().number()).stream()
                .flatMap(log -> log instanceof ChainLog.Settled settled ? Stream.of(settled.shares()) : Stream.empty())
                .toList();
    }
}
