package io.clearmarket.gateway.replay;

import io.clearmarket.chaincode.api.EscrowTypes;
import io.clearmarket.chaincode.api.Terms;
import io.clearmarket.gateway.client.Actor;
import io.clearmarket.gateway.client.ApiProblem;
import io.clearmarket.gateway.client.MarketClient;
import io.clearmarket.wallet.eip712.Eip712;
import io.clearmarket.wallet.eip712.StructType;
import io.clearmarket.wallet.eip712.Value;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;

/**
 * Buyers' deposits: an EIP-3009 authorization signed by the buyer's address and bound to the escrow by its nonce, which the
 * gateway relays so that the buyer needs no gas.
 */
final class Deposits {
    private static final StructType RECEIVE = StructType.parse("ReceiveWithAuthorization(address from,address to,"
            + "uint256 value,uint256 validAfter,uint256 validBefore,bytes32 nonce)");

    private static final Set<String> NOT_YET = Set.of("DEPOSIT_REFUSED", "UNKNOWN_CONSIGNMENT");
    private static final int ATTEMPTS = 240;
    private static final int PAUSE_MILLIS = 250;

    private final MarketClient client;
    private final String tokenName;
    private final String tokenVersion;

    /** @param tokenName the settlement token's EIP-712 domain name, likewise its version */
    Deposits(MarketClient client, String tokenName, String tokenVersion) {
        this.client = client;
        this.tokenName = tokenName;
        this.tokenVersion = tokenVersion;
    }

    /**
     * Gives the buyer the test tokens for the consignment and asks the gateway to relay the deposit; asking again is
     * harmless.
     */
    void deposit(Terms terms, Actor buyer) {
        client.post(
                "/api/v1/development/faucet",
                buyer.token(),
                Map.of(
                        "address",
                        terms.escrow().payer().toString(),
                        "amount",
                        terms.total().toString()),
                Map.of("Idempotency-Key", "replay:" + terms.consignmentId()));
        relayOnceMinted(authorization(terms, buyer), buyer);
    }

    /**
     * Until the tokens are minted, a second or two, the deposit would revert, and the gateway says so; and its read model
     * may be a block behind the order that was just placed.
     */
    private void relayOnceMinted(Map<String, Object> request, Actor buyer) {
        for (int attempt = 1; ; attempt++) {
            try {
                client.post("/api/v1/deposits", buyer.token(), request, Map.of());
                return;
            } catch (ApiProblem problem) {
                if (!NOT_YET.contains(problem.code()) || attempt == ATTEMPTS) {
                    throw problem;
                }
            }
            try {
                Thread.sleep(PAUSE_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new ReplayException("interrupted while waiting for test tokens");
            }
        }
    }

    private Map<String, Object> authorization(Terms terms, Actor buyer) {
        Terms.EscrowTerms escrow = terms.escrow();
        long validBefore = terms.payBy().getEpochSecond();
        byte[] nonce = EscrowTypes.escrowId(terms).bytes();
        byte[] digest = Eip712.digest(
                new Eip712.Domain(
                        tokenName, tokenVersion, escrow.chainId(), terms.asset().token()),
                RECEIVE.hash(
                        Value.address(escrow.payer()),
                        Value.address(escrow.contract()),
                        Value.uint(terms.total().units()),
                        Value.uint(0),
                        Value.uint(validBefore),
                        Value.bytes32(nonce)));
        return Map.of(
                "consignmentId",
                terms.consignmentId().value(),
                "authorization",
                Map.of(
                        "validAfter",
                        0,
                        "validBefore",
                        validBefore,
                        "signature",
                        "0x" + HexFormat.of().formatHex(buyer.address().signDigest(digest))));
    }
}
