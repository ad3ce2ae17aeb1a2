package io.clearmarket.gateway.settlement;

import io.clearmarket.chaincode.api.Amount;
import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.gateway.chain.EscrowChain;
import io.clearmarket.gateway.config.CodedProblem;
import io.clearmarket.wallet.eth.EthAddress;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** Test money for whoever asks; there is none of it outside development. */
@RestController
@ConditionalOnProperty({"clearmarket.development", "clearmarket.chain.rpc-url"})
class FaucetController {
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);
    private static final Duration PAUSE = Duration.ofMillis(200);

    private final EscrowChain chain;
    private final TransactionOperations transactions;

    FaucetController(EscrowChain chain, TransactionOperations transactions) {
        this.chain = chain;
        this.transactions = transactions;
    }

    /** @param amount in minor units of the test token */
    record FaucetRequest(EthAddress address, Amount amount) {}

    /** @param transaction on the settlement chain; it is sent soon */
    record Minted(EthAddress address, Amount amount, Digest transaction) {}

    /** Mints; with an Idempotency-Key once for each key, without one once for each request. */
    @PostMapping("/api/v1/development/faucet")
    @ApiResponse(responseCode = "202", description = "It is sent soon", useReturnTypeSchema = true)
    ResponseEntity<Minted> mint(
            @RequestBody FaucetRequest request,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key) {
        requireSomebody(request.address());
        String purpose = "mint:" + (key == null ? UUID.randomUUID().toString() : key);
        Digest transaction = chain.mint(purpose, request.address(), request.amount());
        return ResponseEntity.accepted().body(new Minted(request.address(), request.amount(), transaction));
    }

    /**
     * One of several grants.
     *
     * @param key as an Idempotency-Key: minted once for each
     */
    record Grant(@Size(min = 1, max = 200) String key, EthAddress address, Amount amount) {}

    /** @param grants 1 to 100 */
    record Grants(@Size(min = 1, max = 100) List<@Valid Grant> grants) {}

    /** Mints for many, and waits a while for the chain's blocks: 200 if all have it, 202 if some will soon. */
    @PostMapping("/api/v1/development/faucet/grants")
    @ApiResponse(responseCode = "200", description = "All have it", useReturnTypeSchema = true)
    @ApiResponse(responseCode = "202", description = "Some will have it soon", useReturnTypeSchema = true)
    ResponseEntity<List<Minted>> mintAll(@Valid @RequestBody Grants request) {
        request.grants().forEach(grant -> requireSomebody(grant.address()));
        List<Minted> minted = transactions.execute(
                status -> request.grants().stream().map(this::mint).toList());
        boolean there = awaitInBlocks(minted.stream().map(Minted::transaction).toList());
        return ResponseEntity.status(there ? HttpStatus.OK : HttpStatus.ACCEPTED)
                .body(minted);
    }

    /** The token is an ERC-20, which mints nothing for the address zero. */
    private static void requireSomebody(EthAddress address) {
        if (address.isZero()) {
            throw CodedProblem.of(
                    HttpStatus.UNPROCESSABLE_CONTENT,
                    "ADDRESS_ZERO",
                    "the address zero is nobody's",
                    "name the address of a wallet");
        }
    }

    private Minted mint(Grant grant) {
        return new Minted(
                grant.address(), grant.amount(), chain.mint("mint:" + grant.key(), grant.address(), grant.amount()));
    }

    private boolean awaitInBlocks(List<Digest> sent) {
        Instant until = Instant.now().plus(LONGEST_WAIT);
        while (chain.gas(sent).size() < sent.size()) {
            if (Instant.now().isAfter(until)) {
                return false;
            }
            try {
                Thread.sleep(PAUSE);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return true;
    }
}
