package io.clearmarket.gateway.settlement;

import io.clearmarket.chaincode.api.Amount;
import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.gateway.chain.EscrowChain;
import io.clearmarket.wallet.eth.EthAddress;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** Test money for whoever asks; there is none of it outside development. */
@RestController
@ConditionalOnProperty({"clearmarket.development", "clearmarket.chain.rpc-url"})
class FaucetController {
    private final EscrowChain chain;

    FaucetController(EscrowChain chain) {
        this.chain = chain;
    }

    /** @param amount in minor units of the test token */
    record FaucetRequest(EthAddress address, Amount amount) {}

    /** @param transaction on the settlement chain; it is sent soon */
    record Minted(EthAddress address, Amount amount, Digest transaction) {}

    /** Mints; with an Idempotency-Key once for each key, without one once for each request. */
    @PostMapping("/api/v1/development/faucet")
    ResponseEntity<Minted> mint(
            @RequestBody FaucetRequest request,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key) {
        String purpose = "mint:" + (key == null ? UUID.randomUUID().toString() : key);
        Digest transaction = chain.mint(purpose, request.address(), request.amount());
        return ResponseEntity.accepted().body(new Minted(request.address(), request.amount(), transaction));
    }
}
