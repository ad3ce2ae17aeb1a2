package io.clearmarket.gateway.proof.witness;

import io.clearmarket.gateway.config.ConfigFile;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A witness's configuration: one JSON file. Paths are absolute, or relative to that file.
 *
 * @param mspId its organisation
 * @param networkFile {@code network.json}, for the address and TLS root of its organisation's peer
 * @param msp MSP folder of the client of its organisation that reads blocks
 * @param network the network's name in the log's origin, a URL without scheme
 * @param key file with its Ed25519 seed in hexadecimal
 * @param policy file with the policy (C2SP tlog-policy) that the organisations agreed on: the log, the witnesses, the quorum
 * @param data folder of its own
 * @param port of its door; 0 for a free one
 * @param address that the door listens on; absent: 127.0.0.1
 * @param channel absent: market
 * @param chaincode absent: market
 */
public record WitnessConfig(
        String mspId,
        Path networkFile,
        Path msp,
        String network,
        Path key,
        Path policy,
        Path data,
        @Nullable Integer port,
        @Nullable String address,
        @Nullable String channel,
        @Nullable String chaincode) {
    private static final String MARKET = "market";

    /**
     * Reads it.
     *
     * @throws IllegalArgumentException naming the file and what is wrong with it
     */
    public static WitnessConfig read(Path file) {
        Path absolute = file.toAbsolutePath();
        return ConfigFile.read(absolute, WitnessConfig.class, "a witness").in(absolute);
    }

    /** Writes it where {@link #read} finds it, readable by the owner only. */
    public void write(Path file) {
        ConfigFile.write(file, this);
    }

    private WitnessConfig in(Path file) {
        return new WitnessConfig(
                mspId,
                file.resolveSibling(networkFile),
                file.resolveSibling(msp),
                network,
                file.resolveSibling(key),
                file.resolveSibling(policy),
                file.resolveSibling(data),
                port,
                address,
                channel,
                chaincode);
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

    int portOrFree() {
        return Objects.requireNonNullElse(port, 0);
    }
}
