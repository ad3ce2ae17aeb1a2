package io.clearmarket.gateway.attester;

import io.clearmarket.chaincode.api.Amount;
import io.clearmarket.gateway.chain.TokenKey;
import io.clearmarket.gateway.config.ConfigFile;
import io.clearmarket.gateway.settlement.attester.LocalAttester;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An attester's configuration: one JSON file. Paths are absolute, or relative to that file.
 *
 * @param mspId its organisation
 * @param ledger the ledger's name, to which signatures are bound
 * @param networkFile {@code network.json}, for the address and TLS root of its organisation's peer
 * @param msp MSP folder of the client of its organisation that reads blocks
 * @param key file with its secp256k1 private key: Web3 Secret Storage, or plain hexadecimal for development
 * @param passphrase file whose first line opens it; absent for a plain one
 * @param token where the key is if it is in no file
 * @param rpcUrl its own node of the settlement chain, JSON-RPC over HTTP
 * @param deploymentFile where the contracts are, as {@code chain/deployment.json} of an {@code up} has it
 * @param data folder of its own, in which it keeps what it let out and what it has read
 * @param callers PEM files of the certificates of the gateways that may ask
 * @param port of its door; 0 for a free one
 * @param address that the door listens on; absent: 127.0.0.1
 * @param channel absent: market
 * @param chaincode absent: market
 * @param limitPerHour most that it lets out of escrow an hour, per asset, in minor units; absent: 1000000000000000
 * @param longestValidity of entitlements that it signs, ISO 8601; absent: PT2H; a standby's and its fellows' are the market's delay longer
 * @param witness configuration of its organisation's witness, to run in the same process; absent: none, or in a process of its own
 */
public record AttesterConfig(
        String mspId,
        String ledger,
        Path networkFile,
        Path msp,
        @Nullable Path key,
        @Nullable Path passphrase,
        @Nullable TokenKey token,
        URI rpcUrl,
        Path deploymentFile,
        Path data,
        List<Path> callers,
        @Nullable Integer port,
        @Nullable String address,
        @Nullable String channel,
        @Nullable String chaincode,
        @Nullable String limitPerHour,
        @Nullable Duration longestValidity,
        @Nullable Path witness) {
    private static final String LIMIT = "1000000000000000";
    private static final String MARKET = "market";

    public AttesterConfig {
        callers = List.copyOf(callers);
    }

    /**
     * Reads it.
     *
     * @throws IllegalArgumentException naming the file and what is wrong with it
     */
    public static AttesterConfig read(Path file) {
        Path absolute = file.toAbsolutePath();
        return ConfigFile.read(absolute, AttesterConfig.class, "an attester").in(absolute);
    }

    /** Writes it where {@link #read} finds it, readable by the owner only. */
    public void write(Path file) {
        ConfigFile.write(file, this);
    }

    private AttesterConfig in(Path file) {
        return new AttesterConfig(
                mspId,
                ledger,
                file.resolveSibling(networkFile),
                file.resolveSibling(msp),
                key == null ? null : file.resolveSibling(key),
                passphrase == null ? null : file.resolveSibling(passphrase),
                token,
                rpcUrl,
                file.resolveSibling(deploymentFile),
                file.resolveSibling(data),
                callers.stream().map(file::resolveSibling).toList(),
                port,
                address,
                channel,
                chaincode,
                limitPerHour,
                longestValidity,
                witness == null ? null : file.resolveSibling(witness));
    }

    String channelOrUsual() {
        return Objects.requireNonNullElse(channel, MARKET);
    }

    String chaincodeOrUsual() {
        return Objects.requireNonNullElse(chaincode, MARKET);
    }

    String addressOrUsual() {
        return Objects.requireNonNullElse(address, "127.0.0.1");
    }

    Amount limit() {
        return Amount.parse(Objects.requireNonNullElse(limitPerHour, LIMIT));
    }

    Duration longestValidityOrUsual() {
        return Objects.requireNonNullElse(longestValidity, LocalAttester.LONGEST_VALIDITY);
    }
}
