package io.clearmarket.gateway.settlement;

import io.clearmarket.chaincode.api.Amount;
import io.clearmarket.chaincode.api.Conversion;
import io.clearmarket.chaincode.api.Tender;
import io.clearmarket.chaincode.api.Terms;
import io.clearmarket.gateway.chain.ChainFixture;
import io.clearmarket.wallet.eth.EthAddress;
import java.math.BigDecimal;
import java.util.Map;

/** Takes a buyer's tender, of which no ledger knows, and deposits the settlement asset for them from an account of its own. */
final class LiquidityProvider {
    private static final String NAME = "Example Pay";

    /** Euro for one of the token, which has six digits. */
    private static final BigDecimal RATE = new BigDecimal("0.92");

    private static final int ASSET_DIGITS = 6;
    private static final EthAddress ACCOUNT =
            ChainFixture.key("liquidity provider").address();

    private final MoneyTestMarket market;

    LiquidityProvider(MoneyTestMarket market) {
        this.market = market;
    }

    /** Euro for so much of the token. */
    static Tender tender(Amount total) {
        return Conversion.tender("EUR", RATE, ASSET_DIGITS, 2, total, NAME);
    }

    /** Terms whose buyer hands over euro. */
    static Terms tendered(Terms terms) {
        return new Terms(
                terms.termsVersion(),
                terms.ledger(),
                terms.orderId(),
                terms.consignment(),
                terms.buyer(),
                terms.merchant(),
                terms.arbiters(),
                terms.lines(),
                terms.orderTotal(),
                terms.asset(),
                terms.total(),
                terms.quote().with(tender(terms.total())),
                terms.escrow(),
                terms.feeBps(),
                terms.referralBps(),
                terms.timers(),
                terms.payBy(),
                terms.stopDate(),
                terms.returnPolicy());
    }

    /** Pays the escrow of these terms; the payer signs nothing for it. */
    void deposit(Terms terms) {
        MoneyTestMarket.accepted(market.http("buyer")
                .post(
                        "/api/v1/development/faucet",
                        Map.of("address", ACCOUNT, "amount", terms.total()),
                        "provide-" + terms.orderId()));
        String contract = terms.escrow().contract().toString();
        try (UnlockedAccount account = new UnlockedAccount(market, ACCOUNT.toString())) {
            account.approve(terms.asset().token().toString(), contract);
            // refused until the test money is there
            MoneyTestMarket.await(
                    "the provider's deposit",
                    () -> account.send(contract, market.chain.depositByAnyone(terms)),
                    status -> status.equals("0x1"));
        }
    }
}
