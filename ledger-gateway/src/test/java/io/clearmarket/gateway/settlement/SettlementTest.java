package io.clearmarket.gateway.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import io.clearmarket.chaincode.api.Amount;
import io.clearmarket.chaincode.api.Consignment;
import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.chaincode.api.EscrowTypes;
import io.clearmarket.chaincode.api.Evidence;
import io.clearmarket.chaincode.api.Terms;
import io.clearmarket.gateway.chain.ChainLog;
import io.clearmarket.gateway.chain.EscrowChain;
import io.clearmarket.gateway.chain.EscrowStatus;
import io.clearmarket.gateway.testing.GatewayTestSystem;
import io.clearmarket.gateway.testing.TestHttp;
import java.net.http.HttpRequest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Money on both ledgers, from the buyer's authorization to the ledger's word that it was paid. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SettlementTest {
    private static MoneyTestMarket market;

    @BeforeAll
    static void start() throws Exception {
        market = MoneyTestMarket.prepare();
        market.attestedBy("PlatformMSP", "MerchantsMSP");
        market.system.startGateway();
        market.found();
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
        Evidence.Seen seen = depositOf(terms);

        TestHttp.Answer refused = record(terms, evidence(seen, "PlatformMSP", "MerchantsMSP"), "cabal-evidence");
        assertThat(refused.code()).isEqualTo("EVIDENCE_REQUIRED_ATTESTER_MISSING");
        assertThat(market.consignment(terms.consignmentId()).money().deposited())
                .isEqualTo(Amount.ZERO);

        TestHttp.Answer taken = record(terms, evidence(seen, "AuditMSP", "PlatformMSP"), "right-evidence");
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

    /** Waits for the deposit in a finalized block. */
    private static Evidence.Seen depositOf(Terms terms) {
        Digest escrowId = EscrowTypes.escrowId(terms);
        for (int i = 0; i < 150; i++) {
            List<ChainLog> history =
                    chain().history(escrowId, chain().finalizedBlock().number());
            if (!history.isEmpty()) {
                return chain().facts(history).getFirst();
            }
            try {
                Thread.sleep(200);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        throw new AssertionError("the deposit does not become final");
    }

    private static Evidence evidence(Evidence.Seen seen, String... mspIds) {
        byte[] digest = EscrowTypes.seenDigest(GatewayTestSystem.LEDGER, seen);
        return new Evidence(
                seen,
                Stream.of(mspIds)
                        .map(mspId -> "0x"
                                + HexFormat.of()
                                        .formatHex(market.attesterKey(mspId).signDigest(digest)))
                        .toList());
    }

    private static TestHttp.Answer record(Terms terms, Evidence evidence, String commandId) {
        return market.http("merchant")
                .post(
                        "/api/v1/consignments/" + terms.consignmentId() + "/record-deposit",
                        Map.of("evidence", evidence),
                        commandId);
    }

    private static List<ChainLog.Shares> sharesOf(Digest escrowId) {
        return chain().history(escrowId, chain().finalizedBlock().number()).stream()
                .flatMap(log -> log instanceof ChainLog.Settled settled ? Stream.of(settled.shares()) : Stream.empty())
                .toList();
    }
}
