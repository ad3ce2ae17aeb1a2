package io.clearmarket.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clearmarket.contracts.generated.MarketEscrow;
import io.clearmarket.contracts.generated.MarketEscrow.Entitlement;
import io.clearmarket.contracts.generated.MarketEscrow.EscrowStatus;
import io.clearmarket.contracts.generated.MarketEscrow.EscrowTerms;
import io.clearmarket.contracts.generated.MarketEscrow.SettledEventResponse;
import io.clearmarket.contracts.generated.MarketEscrow.Signature;
import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.web3j.abi.CustomErrorEncoder;
import org.web3j.protocol.core.methods.response.TransactionReceipt;
import org.web3j.protocol.exceptions.TransactionException;

/** The contracts on a real chain, through the generated wrappers, with everything signed and hashed in Java. */
class MarketEscrowTest {
    private static Market market;

    private BigInteger feesBefore;
    private BigInteger referralsBefore;
    private BigInteger payerBefore;
    private BigInteger merchantBefore;

    @BeforeAll
    static void start() throws Exception {
        market = Market.start();
    }

    @BeforeEach
    void remember_balances() throws Exception {
        feesBefore = market.balance(market.feeReceiver);
        referralsBefore = market.balance(market.referrer);
        payerBefore = market.balance(market.payer.address());
        merchantBefore = market.balance(market.merchant.address());
    }

    @AfterAll
    static void stop() {
        market.close();
    }

    @Test
    void ids_and_digests_made_in_java_are_the_contracts_own() throws Exception {
        EscrowTerms terms = market.terms("hashes");
        Entitlement entitlement = market.entitlement(1, 2);
        assertThat(market.escrow.attestersOf(market.attesters()).send())
                .isEqualTo(Market.attesterSetHash(market.attesters()));
        assertThat(market.escrow.escrowIdOf(terms).send()).isEqualTo(market.escrowId(terms));
        assertThat(market.escrow
                        .entitlementDigest(market.escrowId(terms), entitlement)
                        .send())
                .isEqualTo(market.digest(terms, entitlement));
        List<Entitlement> list = List.of(entitlement, market.entitlement(3, 4));
        List<byte[]> ids = List.of(market.escrowId(terms), market.escrowId(terms));
        assertThat(market.escrow.batchDigest(ids, list).send()).isEqualTo(market.digest(List.of(terms, terms), list));
    }

    @Test
    void an_approved_deposit_is_settled_by_two_attesters_to_the_last_unit() throws Exception {
        EscrowTerms terms = market.terms("approved");
        deposit(terms);
        Entitlement entitlement = market.entitlement(60_000_001, 39_999_999);
        List<Signature> signatures =
                Market.sign(market.digest(terms, entitlement), market.platformAttester, market.auditAttester);
        TransactionReceipt receipt = market.escrow
                .settle(terms, market.attesters(), entitlement, signatures)
                .send();
        assertPaid(57_900_001, 1_500_000, 600_000, 39_999_999);
        SettledEventResponse settled = MarketEscrow.getSettledEvents(receipt).getFirst();
        assertThat(settled.escrowId).isEqualTo(market.escrowId(terms));
        assertThat(settled.decision).isEqualTo(entitlement.decision);
        assertThat(settled.merchantShare).isEqualTo(57_900_001);
        assertThat(settled.payerShare).isEqualTo(39_999_999);
        EscrowStatus status = market.escrow.status(market.escrowId(terms)).send();
        assertThat(status.merchantGross).isEqualTo(60_000_001);
        assertThat(status.deposited).isTrue();
        assertThat(status.refunded).isTrue();
        assertThat(status.voided).isFalse();
    }

    @Test
    void somebody_else_sends_the_payers_authorization() throws Exception {
        EscrowTerms terms = market.terms("authorized");
        market.token.mint(market.payer.address().toString(), Market.TOTAL).send();
        byte[] signature = market.payer.signDigest(market.authorizationDigest(terms));
        TransactionReceipt receipt =
                market.escrow.depositWithAuthorization(terms, signature).send();
        assertThat(MarketEscrow.getDepositedEvents(receipt).getFirst().total).isEqualTo(Market.TOTAL);
        assertThat(market.balance(market.payer.address())).isEqualTo(payerBefore);
        assertThat(market.escrow.status(market.escrowId(terms)).send().deposited)
                .isTrue();
    }

    @Test
    void platform_and_merchants_cannot_pay_themselves_without_audit() throws Exception {
        EscrowTerms terms = market.terms("collusion");
        deposit(terms);
        Entitlement entitlement = market.entitlement(100_000_000, 0);
        byte[] digest = market.digest(terms, entitlement);
        List<Signature> colluding = Market.sign(digest, market.platformAttester, market.merchantsAttester);
        assertThatThrownBy(() -> market.escrow
                        .settle(terms, market.attesters(), entitlement, colluding)
                        .send())
                .isInstanceOf(TransactionException.class)
                .hasMessageContaining(CustomErrorEncoder.encode(MarketEscrow.REQUIREDATTESTERMISSING_ERROR)
                        .substring(0, 10));
        assertPaid(0, 0, 0, 0);

        List<Signature> withAudit = Market.sign(digest, market.merchantsAttester, market.auditAttester);
        market.escrow.settle(terms, market.attesters(), entitlement, withAudit).send();
        assertPaid(96_500_000, 2_500_000, 1_000_000, 0);
    }

    @Test
    void one_quorum_signature_settles_a_batch() throws Exception {
        List<EscrowTerms> terms = List.of(market.terms("first"), market.terms("second"));
        for (EscrowTerms each : terms) {
            deposit(each);
        }
        List<Entitlement> entitlements =
                List.of(market.entitlement(100_000_000, 0), market.entitlement(0, 100_000_000));
        List<Signature> signatures =
                Market.sign(market.digest(terms, entitlements), market.merchantsAttester, market.auditAttester);
        TransactionReceipt receipt = market.escrow
                .settleBatch(terms, market.attesters(), entitlements, signatures)
                .send();
        assertPaid(96_500_000, 2_500_000, 1_000_000, 100_000_000);
        assertThat(MarketEscrow.getSettledEvents(receipt)).hasSize(2);
        assertThat(MarketEscrow.getVoidedEvents(receipt)).hasSize(1);
    }

    /** Mints the total to the payer, who approves and deposits it. */
    private void deposit(EscrowTerms terms) throws Exception {
        market.token.mint(market.payer.address().toString(), Market.TOTAL).send();
        market.tokenAsPayer()
                .approve(market.escrow.getContractAddress(), Market.TOTAL)
                .send();
        market.escrowAsPayer().deposit(terms).send();
    }

    private void assertPaid(long merchant, long fee, long referral, long payer) throws Exception {
        assertThat(market.balance(market.merchant.address()).subtract(merchantBefore))
                .isEqualTo(merchant);
        assertThat(market.balance(market.feeReceiver).subtract(feesBefore)).isEqualTo(fee);
        assertThat(market.balance(market.referrer).subtract(referralsBefore)).isEqualTo(referral);
        assertThat(market.balance(market.payer.address()).subtract(payerBefore)).isEqualTo(payer);
    }
}
