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
import io.clearmarket.gateway.audit.Recheck;
import io.clearmarket.gateway.chain.ChainException;
import io.clearmarket.gateway.chain.ChainFixture;
import io.clearmarket.gateway.chain.ChainLog;
import io.clearmarket.gateway.chain.ChainTransaction;
import io.clearmarket.gateway.chain.EscrowChain;
import io.clearmarket.gateway.chain.EscrowReader;
import io.clearmarket.gateway.chain.EscrowStatus;
import io.clearmarket.gateway.finance.Camt053;
import io.clearmarket.gateway.finance.Solvency;
import io.clearmarket.gateway.finance.SolvencyCheck;
import io.clearmarket.gateway.finance.Statement;
import io.clearmarket.gateway.readmodel.AsOf;
import io.clearmarket.gateway.readmodel.MoneyAudit;
import io.clearmarket.gateway.testing.DescribedAnswers;
import io.clearmarket.gateway.testing.DeviceBuyer;
import io.clearmarket.gateway.testing.OpenApiDocument;
import io.clearmarket.gateway.testing.SystemState;
import io.clearmarket.gateway.testing.TestHttp;
import io.clearmarket.wallet.identity.PartyId;
import io.clearmarket.wallet.json.Json;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

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
    @Order(4)
    void a_deposit_that_the_payer_did_not_sign_is_refused() {
        Terms terms = market.place("order-forged", 500);
        Terms other = market.place("order-forged-2", 600);
        TestHttp.Answer answer = market.http("buyer").post("/api/v1/deposits", market.depositRequest(terms, other));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("DEPOSIT_NOT_AUTHORIZED");
        assertThat(market.http("merchant")
                        .post("/api/v1/deposits", market.depositRequest(terms))
                        .code())
                .isEqualTo("UNKNOWN_CONSIGNMENT");
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
        assertThat(mode("auditor", "PAUSED").status()).isEqualTo(403);
        assertThat(market.http("merchant").get("/api/v1/settlement").status()).isEqualTo(403);
        MoneyTestMarket.accepted(mode("operator-PlatformMSP", "PAUSED"));
        Thread.sleep(500);
        long sent = chain().open();
        market.accept(terms, 700);
        Thread.sleep(2_500);
        assertThat(chain().open()).isEqualTo(sent);

        MoneyTestMarket.accepted(mode("operator-PlatformMSP", "DRY_RUN"));
        TestHttp.Answer view = market.http("auditor").get("/api/v1/settlement");
        assertThat(view.text("mode")).isEqualTo("DRY_RUN");
        assertThat(view.body().path("due").toString())
                .contains(terms.consignmentId().value())
                .contains("\"gross\":\"700\"");
        assertThat(chain().open()).isEqualTo(sent);

        MoneyTestMarket.accepted(mode("operator-PlatformMSP", "RUNNING"));
        market.await(terms, "the payout", it -> it.closed() && it.money().isSettled());
    }

    private static TestHttp.Answer mode(String person, String mode) {
        return TestHttp.send(market.http(person)
                .request("/api/v1/settlement")
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString("{\"mode\":\"" + mode + "\"}"))
                .build());
    }

    @Test
    @Order(7)
    void the_contract_is_solvent_and_a_recheck_from_both_ledgers_says_the_same() throws Exception {
        Solvency said = MoneyTestMarket.await(
                "the read model to know of the last payout",
                () -> Json.MAPPER.treeToValue(
                        MoneyTestMarket.accepted(market.http("auditor").get("/api/v1/solvency"))
                                .body(),
                        Solvency.class),
                answer -> answer.differences().isEmpty());
        assertThat(said.sound()).isTrue();
        // order-quorum's 1,000 and order-repeat's 500 are held, all else is paid
        Solvency.OfAsset sums = said.assets().getFirst();
        assertThat(sums.held()).hasToString("1500");
        assertThat(sums.owedByLedger()).isEqualTo(sums.owedByContract()).isEqualTo(sums.balance());
        assertThat(market.http("merchant").get("/api/v1/solvency").status()).isEqualTo(403);

        assertThat(recheck(again -> again.of(said, null))).isEmpty();
        Solvency lie = new Solvency(said.ledger(), said.chain(), true, List.of(), List.of());
        assertThat(recheck(again -> again.of(lie, null)))
                .singleElement()
                .asString()
                .contains("solvency.assets[0]")
                .endsWith("found nothing");
    }

    @Test
    @Order(7)
    void a_recheck_of_the_conservation_check_says_the_same_and_finds_a_lie() throws Exception {
        ObjectNode answer =
                (ObjectNode) MoneyTestMarket.accepted(market.http("auditor").get("/api/v1/audit/conservation"))
                        .body();
        AsOf asOf = Json.MAPPER.treeToValue(answer.remove("asOf"), AsOf.class);
        MoneyAudit.Conservation said = Json.MAPPER.treeToValue(answer, MoneyAudit.Conservation.class);
        assertThat(said.totals()).isNotEmpty();
        assertThat(recheck(again -> again.of(said, asOf))).isEmpty();
        MoneyAudit.Conservation lie = new MoneyAudit.Conservation(said.checked() - 1, said.totals(), said.differing());
        assertThat(recheck(again -> again.of(lie, asOf)))
                .containsExactly("conservation: checked: expected " + said.checked() + ", found " + lie.checked());
    }

    @Test
    @Order(8)
    void money_that_the_ledger_knows_and_the_contract_does_not_is_named() {
        List<MoneyAudit.Escrow> known =
                market.system.context().getBean(MoneyAudit.class).escrows(null);
        MoneyAudit.Escrow held = known.stream()
                .filter(escrow -> escrow.id().value().startsWith("order-repeat"))
                .findFirst()
                .orElseThrow();
        MoneyAudit.Escrow invented = new MoneyAudit.Escrow(
                held.id(),
                Digest.ZERO,
                held.asset(),
                held.total(),
                held.deposited(),
                held.held(),
                held.decided(),
                held.paidGross(),
                held.paidBuyer());
        Solvency found =
                SolvencyCheck.of(new AsOf(1, Digest.ZERO), List.of(invented), chain(), chain().finalizedBlock());
        assertThat(found.sound()).isFalse();
        assertThat(found.differences())
                .containsExactly(new Solvency.Difference(
                        held.id(), held.asset(), Solvency.Kind.LEDGER_AHEAD, "deposited", Amount.of(500), Amount.ZERO));
        assertThat(SolvencyCheck.of(
                                new AsOf(1, Digest.ZERO),
                                List.of(held, held, held, held),
                                chain(),
                                chain().finalizedBlock())
                        .sound())
                .as("four times 500 are owed and 1,500 there")
                .isFalse();
    }

    @Test
    @Order(9)
    void a_merchants_statement_ties_to_both_ledgers_and_a_recheck_finds_each_lie() throws Exception {
        String merchant = market.system.person("merchant").party().value();
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        String path = "/api/v1/statements?from=" + today.minusDays(1) + "&to=" + today.plusDays(1);
        Statement own = statement(market.http("merchant").get(path));
        assertThat(statement(market.http("auditor").get(path + "&merchant=" + merchant)))
                .isEqualTo(own);
        assertThat(market.http("buyer").get(path + "&merchant=" + merchant).status())
                .isEqualTo(403);
        Statement.Account account = own.accounts().getFirst();
        assertThat(account.closing().held()).isEqualTo(Amount.of(1_500));
        assertThat(account.closing().receivable()).isEqualTo(Amount.ZERO);
        // 60,001, 800 and 700, each less 2.5 %
        assertThat(account.closing().paid()).isEqualTo(Amount.of(58_501 + 780 + 683));
        assertThat(account.movements().stream().flatMap(movement -> Stream.ofNullable(movement.evm())))
                .hasSizeGreaterThan(4)
                .allSatisfy(evm -> assertThat(evm.gasPaidBy()).isEqualTo(ChainFixture.FUNDED.address()));

        assertThat(recheck(again -> again.of(own))).isEmpty();
        Statement lie = Json.MAPPER.readValue(
                Json.MAPPER.writeValueAsString(own).replace("\"58501\"", "\"58502\""), Statement.class);
        assertThat(recheck(again -> again.of(lie)))
                .anySatisfy(line -> assertThat(line).endsWith("expected 58501, found 58502"))
                .anySatisfy(line -> assertThat(line).contains("statement.accounts[0].movements["));
        String csv = market.http("merchant").text(path + "&format=csv");
        assertThat(csv.lines()).hasSize(account.movements().size() + 3);
        assertThat(market.http("merchant").text(path + "&format=camt053")).contains(Camt053.NAMESPACE);
    }

    @Test
    @Order(10)
    void the_api_serves_every_operation_that_is_committed() throws Exception {
        OpenApiDocument.requireCommitted(market.http("auditor"));
    }

    @Test
    @Order(10)
    void a_buyer_without_gas_deposits_by_a_permit() throws Exception {
        Terms terms = market.place("order-permit", 300);
        wallet().fund(terms);
        assertThat(market.chain
                        .anvil("eth_getBalance", "\"" + terms.escrow().payer() + "\", \"latest\"")
                        .asString())
                .isEqualTo("0x0");
        JsonNode messages = wallet().asked(terms, "permit");
        String consent = wallet().signed(messages.path("consent"));
        Map<String, Object> unsigned = Map.of("consent", consent, "permit", consent);
        assertThat(wallet().refusal(terms, "permit", unsigned)).isEqualTo("DEPOSIT_REFUSED");

        Map<String, Object> signed = Map.of("consent", consent, "permit", wallet().signed(messages.path("permit")));
        market.requestDeposit(BuyersWallet.request(terms, "permit", signed));
        market.await(terms, "the deposit on the ledger", it -> it.money().held().equals(Amount.of(300)));
        assertThat(market.http("merchant")
                        .get("/api/v1/deposits/" + terms.consignmentId() + "/permit")
                        .status())
                .isEqualTo(404);
    }

    @Test
    @Order(11)
    void a_buyer_deposits_by_permit2_under_the_same_terms_and_no_others() throws Exception {
        Terms terms = market.place("order-permit2", 400);
        Terms other = market.place("order-permit2-b", 400);
        wallet().fund(terms);
        wallet().approvePermit2(terms);
        Map<String, Object> signed = Map.of("signature", wallet().signed(wallet().asked(terms, "permit2")));
        market.requestDeposit(BuyersWallet.request(terms, "permit2", signed));
        market.await(terms, "the deposit on the ledger", it -> it.money().held().equals(Amount.of(400)));

        wallet().fund(other);
        assertThat(wallet().refusal(other, "permit2", signed)).isEqualTo("DEPOSIT_REFUSED");
        Map<String, Object> both = Map.of(
                "consignmentId",
                other.consignmentId(),
                "permit2",
                signed,
                "permit",
                Map.of("consent", "0x", "permit", "0x"));
        assertThat(market.http("buyer").post("/api/v1/deposits", both).code()).isEqualTo("DEPOSIT_ONE_WAY");
    }

    @Test
    @Order(12)
    void a_contract_wallet_deposits_by_a_consent_that_its_own_code_accepts() {
        Terms terms = market.place("order-wallet", 350);
        wallet().fund(terms);
        wallet().approve(terms, terms.escrow().contract().toString());
        wallet().becomeContract(terms);
        try {
            JsonNode consent = wallet().asked(terms, "permit").path("consent");
            Map<String, Object> anothers = Map.of("consent", "0x" + "55".repeat(38), "permit", "0x");
            assertThat(wallet().refusal(terms, "permit", anothers)).isEqualTo("DEPOSIT_REFUSED");

            Map<String, Object> contracts = Map.of("consent", BuyersWallet.contractSignature(consent), "permit", "0x");
            market.requestDeposit(BuyersWallet.request(terms, "permit", contracts));
            market.await(
                    terms, "the deposit on the ledger", it -> it.money().held().equals(Amount.of(350)));
        } finally {
            wallet().becomeAccount(terms);
        }
    }

    @Test
    @Order(12)
    void events_of_the_agreed_witness_give_a_share_back_and_release_the_rest_and_both_are_paid() {
        List<PartyId> carrier = List.of(market.system.person("carrier").party());
        String dock = "geo:-22.91,-43.17";
        Terms terms = WitnessedGoods.onConditions(
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

    private static BuyersWallet wallet() {
        return new BuyersWallet(market);
    }

    private static Statement statement(TestHttp.Answer answer) {
        return Json.MAPPER.treeToValue(MoneyTestMarket.accepted(answer).body(), Statement.class);
    }

    /** As an auditor would, from AuditMSP's peer and a node. */
    private static List<String> recheck(Function<Recheck, List<String>> question) {
        try (EscrowReader node = market.chain.reader()) {
            return question.apply(new Recheck(market.ledger(), node));
        }
    }

    private static TestHttp.Answer pause(String person, boolean paused) {
        return TestHttp.send(market.http(person)
                .request("/api/v1/settlement/attesters/AuditMSP/pause")
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString("{\"paused\":" + paused + "}"))
                .build());
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
