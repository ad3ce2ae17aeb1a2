package io.clearmarket.gateway.settlement;

import tools.jackson.databind.JsonNode;

/** An account of the development chain from which tests send without its key, with ether for it. */
final class UnlockedAccount implements AutoCloseable {
    private static final String APPROVE = "0x095ea7b3";
    private static final String ONE_ETHER = "0xde0b6b3a7640000";

    private final MoneyTestMarket market;
    private final String address;

    UnlockedAccount(MoneyTestMarket market, String address) {
        this.market = market;
        this.address = address;
        market.chain.anvil("anvil_impersonateAccount", "\"" + address + "\"");
        market.chain.anvil("anvil_setBalance", "\"" + address + "\", \"" + ONE_ETHER + "\"");
    }

    /** All of the token may be taken by a spender. */
    void approve(String token, String spender) {
        String status = send(token, APPROVE + "0".repeat(24) + spender.substring(2) + "f".repeat(64));
        if (!status.equals("0x1")) {
            throw new AssertionError("the approval of " + spender + " was reverted");
        }
    }

    /** The status of the receipt: {@code 0x1}, or {@code 0x0} if it was reverted. */
    String send(String to, String data) {
        JsonNode hash = market.chain.anvil(
                "eth_sendTransaction",
                "{\"from\":\"" + address + "\",\"to\":\"" + to + "\",\"gas\":\"0x7a120\",\"data\":\"" + data + "\"}");
        return MoneyTestMarket.await(
                        "the receipt of " + hash,
                        () -> market.chain.anvil("eth_getTransactionReceipt", hash.toString()),
                        JsonNode::isObject)
                .path("status")
                .asString();
    }

    @Override
    public void close() {
        market.chain.anvil("anvil_stopImpersonatingAccount", "\"" + address + "\"");
    }
}
