package io.clearmarket.gateway.chain;

import io.clearmarket.gateway.config.PropertyRules;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settlement chain. Without an address there is none, and what needs one is not started.
 *
 * @param rpcUrl JSON-RPC over HTTP of this gateway's node
 * @param moreRpcUrls further nodes: reading then believes only what a quorum of all tells, sending goes to the next if one is away
 * @param quorum how many of all nodes must tell the same; absent: more than half
 * @param deploymentFile where the contracts are, as {@link Deployer} wrote it
 * @param maxFeePerGas most wei per gas that is ever offered; what would need more waits for an operator
 * @param stuckAfter how long a transaction may be in no block before its price is looked at
 * @param senderKey file with the secp256k1 private key of the account that pays for gas: Web3 Secret Storage, or plain hexadecimal
 * @param senderPassphrase file whose first line opens it; absent for a plain one
 * @param senderToken where that key is if it is in no file
 * @param moreSenders further accounts that send and pay, each with nonces of its own
 */
@ConfigurationProperties("clearmarket.chain")
public record ChainProperties(
        @Nullable URI rpcUrl,
        @DefaultValue List<URI> moreRpcUrls,
        @Nullable Integer quorum,
        @Nullable Path deploymentFile,
        @Nullable Path senderKey,
        @Nullable Path senderPassphrase,
        @Nullable TokenKey senderToken,
        @DefaultValue List<Sender> moreSenders,
        @DefaultValue("500000000000") String maxFeePerGas,
        @DefaultValue("45s") Duration stuckAfter) {
    public ChainProperties {
        PropertyRules.requireWeb("clearmarket.chain.rpc-url", rpcUrl);
        moreRpcUrls.forEach(url -> PropertyRules.requireWeb("clearmarket.chain.more-rpc-urls", url));
        PropertyRules.requirePositive("clearmarket.chain.stuck-after", stuckAfter);
    }

    /**
     * An account.
     *
     * @param key file as {@code senderKey}
     * @param passphrase as {@code senderPassphrase}
     * @param token as {@code senderToken}
     */
    public record Sender(
            @Nullable Path key,
            @Nullable Path passphrase,
            @Nullable TokenKey token) {}
}
