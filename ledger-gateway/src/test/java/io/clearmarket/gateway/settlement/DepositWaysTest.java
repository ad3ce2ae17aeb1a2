package io.clearmarket.gateway.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import io.clearmarket.chaincode.api.Amount;
import io.clearmarket.chaincode.api.Terms;
import io.clearmarket.gateway.chain.EscrowChain;
import io.clearmarket.gateway.config.Language;
import io.clearmarket.gateway.finance.Solvency;
import io.clearmarket.gateway.pages.Messages;
import io.clearmarket.gateway.testing.Browser;
import io.clearmarket.gateway.testing.TestHttp;
import io.clearmarket.wallet.json.Json;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import tools.jackson.databind.JsonNode;

/** Every way in which a payer's own signature deposits, on both ledgers; the way without ether first, since others give the payer some. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DepositWaysTest {
    private static MoneyTestMarket market;

    @BeforeAll
    static void start() throws Exception {
        market = MoneyTestMarket.start();
    }

    @AfterAll
    static void stop() {
        market.close();
    }

    @Test
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
    @Order(1)
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
    void what_the_contract_has_before_the_ledger_knows_is_shown_to_auditors_in_every_language() throws Exception {
        Terms terms = market.place("order-ahead", 900);
        market.fund(terms);
        String balance = "{\"to\":\"" + terms.asset().token() + "\",\"data\":\"0x70a08231" + "0".repeat(24)
                + terms.escrow().payer().toString().substring(2) + "\"}, \"latest\"";
        MoneyTestMarket.await("the buyer's money", () -> called(balance), units -> Long.decode(units) >= 900);
        settlement("PAUSED");
        market.requestDeposit(market.depositRequest(terms));
        EscrowChain chain = market.system.context().getBean(EscrowChain.class);
        Solvency ahead = MoneyTestMarket.await(
                "the contract to be ahead",
                () -> {
                    chain.tick();
                    return Json.MAPPER.treeToValue(
                            MoneyTestMarket.accepted(market.http("auditor").get("/api/v1/solvency"))
                                    .body(),
                            Solvency.class);
                },
                answer -> answer.differences().stream()
                        .anyMatch(one -> one.consignment().equals(terms.consignmentId())));
        List<JsonNode> visits = solvencyPages();
        settlement("RUNNING");
        market.await(terms, "the deposit on the ledger", it -> it.money().held().equals(Amount.of(900)));

        Solvency.OfAsset sums = ahead.assets().getFirst();
        assertThat(visits).hasSizeGreaterThanOrEqualTo(8).allSatisfy(visit -> {
            assertThat(visit.path("status").asInt()).isEqualTo(200);
            assertThat(visit.path("overflow").asInt()).isLessThanOrEqualTo(0);
            assertThat(visit.path("violations")).isEmpty();
            assertThat(visit.path("text").asString())
                    .contains(terms.consignmentId().value());
            Map<String, String> amounts = visit.path("amounts")
                    .valueStream()
                    .collect(Collectors.toMap(
                            amount -> amount.path("name").asString(),
                            amount -> amount.path("value").asString()));
            assertThat(amounts)
                    .containsEntry("ledger", sums.owedByLedger().toString())
                    .containsEntry("contract", sums.owedByContract().toString())
                    .containsEntry("balance", sums.balance().toString())
                    .containsEntry("surplus", "0")
                    .containsEntry("on-ledger", "0")
                    .containsEntry("in-contract", "900");
            Language language = Language.of(visit.path("language").asString().substring(0, 2))
                    .orElseThrow();
            if (language != Language.ENGLISH) {
                assertThat(visit.path("words")).noneMatch(word -> Messages.isEnglish(word.asString(), language));
            }
        });
        assertThat(visits.getFirst().path("text").asString())
                .contains("The contract has all that is owed.", "its evidence is on the way");
    }

    private static String called(String parameters) {
        try {
            return market.chain.anvil("eth_call", parameters).asString();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void settlement(String mode) {
        MoneyTestMarket.accepted(market.http("operator-PlatformMSP").put("/api/v1/settlement", Map.of("mode", mode)));
    }

    /** On a phone, on a desk and at 3840 pixels, and in each language. */
    private static List<JsonNode> solvencyPages() throws Exception {
        Browser browser = Browser.open();
        return browser.run(
                "pages.mjs",
                Map.of(
                        "base", market.system.address().toString(),
                        "chromium", browser.chromium(),
                        "token", Map.of("auditor", market.system.token("auditor")),
                        "languages",
                                Language.codes().stream()
                                        .filter(code -> !code.equals(Language.ENGLISH.code()))
                                        .toList(),
                        "pages", List.of(Map.of("path", "/audit/solvency", "as", "auditor", "wide", true))));
    }

    private static BuyersWallet wallet() {
        return new BuyersWallet(market);
    }
}
