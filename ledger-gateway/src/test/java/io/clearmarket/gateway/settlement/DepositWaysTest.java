package io.clearmarket.gateway.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import io.clearmarket.chaincode.api.Amount;
import io.clearmarket.chaincode.api.Terms;
import io.clearmarket.gateway.testing.TestHttp;
import java.util.Map;
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

    private static BuyersWallet wallet() {
        return new BuyersWallet(market);
    }
}
