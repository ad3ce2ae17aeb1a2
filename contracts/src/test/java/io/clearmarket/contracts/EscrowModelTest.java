package io.clearmarket.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import io.clearmarket.contracts.generated.MarketEscrow.Entitlement;
import io.clearmarket.contracts.generated.MarketEscrow.EscrowStatus;
import io.clearmarket.contracts.generated.MarketEscrow.EscrowTerms;
import io.clearmarket.wallet.eth.EthAddress;
import io.clearmarket.wallet.eth.Secp256k1Key;
import java.io.IOException;
import java.math.BigInteger;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.web3j.protocol.core.RemoteFunctionCall;
import org.web3j.protocol.core.methods.response.TransactionReceipt;
import org.web3j.protocol.exceptions.TransactionException;

/** The contract on a chain does what the plain model does, operation by operation. */
class EscrowModelTest {
    private static final int OPERATIONS = 25;

    private static Market market;

    @BeforeAll
    static void start() throws Exception {
        market = Market.start();
    }

    @AfterAll
    static void stop() {
        market.close();
    }

    /** One escrow with receivers of its own; small totals and large rates make every kind of rounding happen. */
    private static final class Pair {
        final Random random;
        final EscrowModel model;
        final EscrowTerms terms;
        final Secp256k1Key payer = Secp256k1Key.generate();
        final Secp256k1Key merchant = Secp256k1Key.generate();

        Pair(long seed) throws IOException {
            random = new Random(seed);
            int feeBps = random.nextInt(6_000);
            int referralBps = random.nextInt(4_000);
            model = new EscrowModel(1 + random.nextInt(400), feeBps, referralBps);
            EscrowTerms base = market.terms("model " + seed);
            terms = new EscrowTerms(
                    base.termsHash,
                    payer.address().toString(),
                    merchant.address().toString(),
                    Secp256k1Key.generate().address().toString(),
                    Secp256k1Key.generate().address().toString(),
                    base.asset,
                    BigInteger.valueOf(model.total()),
                    market.inOneHour(),
                    market.inOneHour(),
                    BigInteger.valueOf(feeBps),
                    BigInteger.valueOf(referralBps),
                    base.attesters,
                    base.salt);
        }

        /** Mostly an amount that can be paid, now and then one too small or too large. */
        long amount(long soFar) {
            return switch (random.nextInt(8)) {
                case 0 -> Math.max(0, soFar - 1);
                case 1 -> model.total() + 1;
                case 2 -> soFar;
                default -> soFar + random.nextLong(Math.max(1, model.held() / 2 + 1));
            };
        }

        /** Mostly the current nonce. */
        int nonce(int current) {
            return random.nextInt(6) == 0 ? current + 1 : current;
        }
    }

    /** 8 sequences, or as many as {@code -Dclearmarket.model.seeds} says. */
    static LongStream seeds() {
        return LongStream.rangeClosed(1, Long.getLong("clearmarket.model.seeds", 8));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void any_sequence_of_operations_ends_as_in_the_model(long seed) throws Exception {
        Pair pair = new Pair(seed);
        market.fund(BigInteger.valueOf(2 * pair.model.total()));
        for (int i = 0; i < OPERATIONS; i++) {
            // the deposit comes third at the latest, so that some operations come before it
            operate(pair, i == 2 ? 0 : pair.random.nextInt(9));
            assertSame(pair, "operation " + i + " of seed " + seed);
        }
        market.waitTwoHours();
        for (int i = 0; i < 2; i++) {
            assertAccepted(market.escrow.reclaim(pair.terms), pair.model.reclaim(), "reclaim " + i);
            assertSame(pair, "reclaim " + i + " of seed " + seed);
        }
    }

    private void operate(Pair pair, int kind) throws Exception {
        EscrowModel model = pair.model;
        long gross = pair.amount(model.gross());
        long back = pair.amount(model.back());
        int payers = pair.nonce(model.payerNonce());
        int merchants = pair.nonce(model.merchantNonce());
        switch (kind) {
            case 0 -> assertAccepted(market.escrowAsPayer().deposit(pair.terms), model.deposit(), "deposit");
            case 1, 2, 3 -> {
                Entitlement decided = market.entitlement(gross, back);
                byte[] digest = market.digest(pair.terms, decided);
                assertAccepted(
                        market.escrow.settle(
                                pair.terms,
                                market.attesters(),
                                decided,
                                Market.sign(digest, market.merchantsAttester, market.auditAttester)),
                        model.settle(gross, back),
                        "settle " + gross + ", " + back);
            }
            case 4, 5 ->
                assertAccepted(
                        market.payMerchant(pair.terms, pair.payer, gross, payers),
                        model.payMerchant(gross, payers),
                        "payMerchant " + gross);
            case 6, 7 ->
                assertAccepted(
                        market.refundPayer(pair.terms, pair.merchant, back, merchants),
                        model.refundPayer(back, merchants),
                        "refundPayer " + back);
            default ->
                assertAccepted(
                        market.split(pair.terms, pair.payer, pair.merchant, gross, back, payers, merchants),
                        model.split(gross, back, payers, merchants),
                        "split " + gross + ", " + back);
        }
    }

    private static void assertAccepted(RemoteFunctionCall<TransactionReceipt> call, boolean expected, String what)
            throws Exception {
        boolean accepted;
        try {
            call.send();
            accepted = true;
        } catch (TransactionException refused) {
            accepted = false;
        }
        assertThat(accepted).as(what).isEqualTo(expected);
    }

    private static void assertSame(Pair pair, String when) throws Exception {
        EscrowStatus status = market.escrow.status(market.escrowId(pair.terms)).send();
        assertThat("gross %d, back %d, deposited %b, refunded %b, voided %b, reclaimed %b, nonces %d and %d"
                        .formatted(
                                status.merchantGross,
                                status.payerAmount,
                                status.deposited,
                                status.refunded,
                                status.voided,
                                status.reclaimed,
                                status.payerNonce,
                                status.merchantNonce))
                .as(when)
                .isEqualTo(pair.model.state());
        assertThat("merchant %d, fee %d, referral %d, payer %d"
                        .formatted(
                                balance(pair.terms.merchant),
                                balance(pair.terms.feeReceiver),
                                balance(pair.terms.referrer),
                                balance(pair.terms.payer)))
                .as(when)
                .isEqualTo(pair.model.shares());
        assertThat(balance(market.escrow.getContractAddress()))
                .as(when)
                .isEqualTo(BigInteger.valueOf(pair.model.held()));
    }

    private static BigInteger balance(String account) throws Exception {
        return market.balance(EthAddress.parse(account));
    }
}
