package io.clearmarket.gateway.replay;

import io.clearmarket.chaincode.api.EscrowTypes;
import io.clearmarket.chaincode.api.Terms;
import io.clearmarket.gateway.client.Actor;
import io.clearmarket.gateway.client.ApiProblem;
import io.clearmarket.gateway.client.MarketClient;
import io.clearmarket.wallet.eip712.Eip712;
import io.clearmarket.wallet.eip712.StructType;
import io.clearmarket.wallet.eip712.Value;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Buyers' deposits: an EIP-3009 authorization signed by the buyer's address and bound to the escrow by its nonce, which the
 * gateway relays so that the buyer needs no gas.
 */
final class Deposits {
    private static final StructType RECEIVE = StructType.parse("ReceiveWithAuthorization(address from,address to,"
            + "uint256 value,uint256 validAfter,uint256 validBefore,bytes32 nonce)");

    private static final Set<String> NOT_YET = Set.of("DEPOSIT_REFUSED", "UNKNOWN_CONSIGNMENT");
    private static final int PAUSE_MILLIS = 1_000;
    private static final int MOST_GRANTS = 50;

    private final MarketClient client;
    private final String tokenName;
    private final String tokenVersion;
    private final Duration patience;
    private final String faucetToken;
    private final Collected<Terms> grants = new Collected<>(MOST_GRANTS, this::mintAll);

    /**
     * @param tokenName the settlement token's EIP-712 domain name, likewise its version
     * @param faucetToken of somebody who may ask for test tokens
     * @param patience how long to wait for them
     */
    Deposits(MarketClient client, String tokenName, String tokenVersion, String faucetToken, Duration patience) {
        this.client = client;
        this.tokenName = tokenName;
        this.tokenVersion = tokenVersion;
        this.faucetToken = faucetToken;
        this.patience = patience;
    }

    /** Has the test tokens for the consignment minted to the buyer; once, however often it is asked. */
    CompletableFuture<Void> mint(Terms terms) {
        return grants.ask(terms);
    }

    private List<@Nullable RuntimeException> mintAll(List<Terms> all) {
        client.post(
                "/api/v1/development/faucet/grants",
                faucetToken,
                Map.of("grants", all.stream().map(Deposits::grant).toList()),
                Map.of());
        return Collections.nCopies(all.size(), null);
    }

    private static Map<String, String> grant(Terms terms) {
        return Map.of(
                "key", "replay:" + terms.consignmentId(),
                "address", terms.escrow().payer().toString(),
                "amount", terms.total().toString());
    }

    /**
     * Asks the gateway to relay the buyer's deposit; asking again is harmless. Should the tokens not be minted yet, it would
     * revert, and the gateway says so.
     */
    void deposit(Terms terms, Actor buyer) {
        Map<String, Object> request = authorization(terms, buyer);
        Instant until = Instant.now().plus(patience);
        while (true) {
            try {
                client.post("/api/v1/deposits", buyer.token(), request, Map.of());
                return;
            } catch (ApiProblem problem) {
                if (!NOT_YET.contains(problem.code()) || Instant.now().isAfter(until)) {
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
