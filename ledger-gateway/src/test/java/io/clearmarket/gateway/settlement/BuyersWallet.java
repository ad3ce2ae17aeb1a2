package io.clearmarket.gateway.settlement;

import io.clearmarket.chaincode.api.Terms;
import io.clearmarket.wallet.eip712.TypedData;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** The buyer's wallet in a test market: it signs the typed data that the gateway gives, and may become a contract. */
final class BuyersWallet {
    private static final String PERMIT2 = "0x000000000022D473030F116dDEE9F6B43aC78BA3";

    /**
     * An ERC-1271 wallet that accepts what begins with the hash itself:
     * {@code return calldata[4:36] == calldata[100:132] ? 0x1626ba7e : 0}.
     */
    private static final String WALLET_CODE = "0x600435606435" + "14" + "631626ba7e02" + "60e01b" + "5f52" + "60205ff3";

    /** Where Permit2's published code keeps the chain whose domain it has ready, a push of Foundry's 31337. */
    private static final String READY_FOR_FOUNDRY = "7f" + "0".repeat(60) + "7a69";

    private final MoneyTestMarket market;

    BuyersWallet(MoneyTestMarket market) {
        this.market = market;
    }

    /** The payer has the terms' total. */
    void fund(Terms terms) {
        market.fund(terms);
        String data = "0x70a08231" + "0".repeat(24)
                + terms.escrow().payer().toString().substring(2);
        String call = "{\"to\":\"" + terms.asset().token() + "\",\"data\":\"" + data + "\"},\"latest\"";
        MoneyTestMarket.await(
                "the buyer's test money",
                () -> new BigInteger(
                        market.chain.anvil("eth_call", call).asString().substring(2), 16),
                units -> units.compareTo(terms.total().units()) >= 0);
    }

    static Map<String, Object> request(Terms terms, String way, Map<String, Object> signed) {
        return Map.of("consignmentId", terms.consignmentId(), way, signed);
    }

    /** What the gateway asks the buyer to sign. */
    JsonNode asked(Terms terms, String way) {
        return MoneyTestMarket.accepted(
                        market.http("buyer").get("/api/v1/deposits/" + terms.consignmentId() + "/" + way))
                .body();
    }

    /** Why the gateway does not take it. */
    String refusal(Terms terms, String way, Map<String, Object> signed) {
        return market.http("buyer")
                .post("/api/v1/deposits", request(terms, way, signed))
                .code();
    }

    String signed(JsonNode typedData) {
        return "0x"
                + HexFormat.of()
                        .formatHex(market.system.person("buyer").ethKey().signDigest(digest(typedData)));
    }

    /** What the wallet of {@link #becomeContract} accepts, in no account's length. */
    static String contractSignature(JsonNode typedData) {
        return "0x" + HexFormat.of().formatHex(digest(typedData)) + "77".repeat(6);
    }

    private static byte[] digest(JsonNode typedData) {
        return TypedData.parse(typedData.toString()).digest();
    }

    /** From now on the payer's address has code (as by EIP-7702), which judges its signatures. */
    void becomeContract(Terms terms) {
        setCode(terms.escrow().payer().toString(), WALLET_CODE);
    }

    void becomeAccount(Terms terms) {
        setCode(terms.escrow().payer().toString(), "0x");
    }

    /** Permit2's code at its address, and the buyer's approval, which costs the buyer gas once. */
    void approvePermit2(Terms terms) throws IOException {
        String code = Files.readString(
                        Path.of(System.getProperty("clearmarket.root"), "contracts/target/abi/Permit2.bin"))
                .strip();
        if (!code.contains(READY_FOR_FOUNDRY)) {
            throw new AssertionError("Permit2's code is not the one that this knows");
        }
        // its ready domain is of the address where its authors compiled it; for any other chain it makes its own
        setCode(PERMIT2, code.replace(READY_FOR_FOUNDRY, "7f" + "0".repeat(64)));
        approve(terms, PERMIT2);
    }

    /** The token may be taken by a spender, from the payer's own transaction. */
    void approve(Terms terms, String spender) {
        try (UnlockedAccount payer =
                new UnlockedAccount(market, terms.escrow().payer().toString())) {
            payer.approve(terms.asset().token().toString(), spender);
        }
    }

    private void setCode(String address, String code) {
        market.chain.anvil("anvil_setCode", "\"" + address + "\", \"" + code + "\"");
    }
}
