package io.clearmarket.gateway.settlement;

import io.clearmarket.chaincode.api.Amount;
import io.clearmarket.chaincode.api.Conversion;
import io.clearmarket.chaincode.api.Tender;
import io.clearmarket.chaincode.api.Terms;
import io.clearmarket.gateway.chain.ChainFixture;
import io.clearmarket.wallet.eth.EthAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.Map;
import tools.jackson.databind.JsonNode;

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
        anvil("anvil_impersonateAccount", "\"" + ACCOUNT + "\"");
        anvil("anvil_setBalance", "\"" + ACCOUNT + "\", \"0xde0b6b3a7640000\"");
        String contract = terms.escrow().contract().toString();
        send(terms.asset().token().toString(), "0x095ea7b3" + "0".repeat(24) + contract.substring(2) + "f".repeat(64));
        // refused until the test money is there
        MoneyTestMarket.await(
                "the provider's deposit",
                () -> send(contract, market.chain.depositByAnyone(terms)),
                status -> status.equals("0x1"));
        anvil("anvil_stopImpersonatingAccount", "\"" + ACCOUNT + "\"");
    }

    private String send(String to, String data) {
        JsonNode hash = anvil(
                "eth_sendTransaction",
                "{\"from\":\"" + ACCOUNT + "\",\"to\":\"" + to + "\",\"gas\":\"0x7a120\",\"data\":\"" + data + "\"}");
        return MoneyTestMarket.await(
                        "the provider's transaction",
                        () -> anvil("eth_getTransactionReceipt", hash.toString()),
                        JsonNode::isObject)
                .path("status")
                .asString();
    }

    private JsonNode anvil(String method, String parameters) {
        try {
            return market.chain.anvil(method, parameters);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
