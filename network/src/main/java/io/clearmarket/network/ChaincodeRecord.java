package io.clearmarket.network;

import io.clearmarket.network.embedded.ChaincodeConfig;
import io.clearmarket.network.embedded.NetworkException;
import io.clearmarket.wallet.PrivateFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The chaincode that a network has, {@code chaincode.json}: what an upgrade changed stays so over restarts.
 *
 * @param policy endorsement policy in text
 * @param jar what an upgrade brought, kept with the network; null for the project's own
 * @param ports of each peer's server, by peer
 */
record ChaincodeRecord(
        String name,
        String version,
        String policy,
        @Nullable Path jar,
        Map<String, Integer> ports) {
    private static final String FILE = "chaincode.json";
    private static final JsonMapper JSON = JsonMapper.shared();

    ChaincodeRecord {
        ports = new TreeMap<>(ports);
    }

    /**
     * A chaincode of a configuration, whose servers listen on this machine.
     *
     * @param brought the jar of an upgrade
     */
    static ChaincodeRecord of(ChaincodeConfig config, Optional<Path> brought) {
        Map<String, Integer> ports = new TreeMap<>();
        config.servers()
                .forEach((peer, address) ->
                        ports.put(peer, Integer.parseInt(address.substring(address.lastIndexOf(':') + 1))));
        return new ChaincodeRecord(config.name(), config.version(), config.policy(), brought.orElse(null), ports);
    }

    static Optional<ChaincodeRecord> of(Path data) {
        Path file = data.resolve(FILE);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(JSON.readValue(PrivateFiles.read(file), ChaincodeRecord.class));
        } catch (JacksonException e) {
            throw new NetworkException(file + " is not a chaincode's record: " + e.getOriginalMessage(), e);
        }
    }

    /** With servers for peers that came later too. */
    ChaincodeRecord servingAlso(Map<String, Integer> others) {
        Map<String, Integer> all = new TreeMap<>(others);
        all.putAll(ports);
        return new ChaincodeRecord(name, version, policy, jar, all);
    }

    /** {@code host:port} of each peer's server, by peer. */
    Map<String, String> addresses() {
        Map<String, String> addresses = new TreeMap<>();
        ports.forEach((peer, port) -> addresses.put(peer, "127.0.0.1:" + port));
        return addresses;
    }

    /** For the embedded network. */
    ChaincodeConfig config() {
        return new ChaincodeConfig(name, version, policy, addresses());
    }

    void write(Path data) {
        PrivateFiles.write(
                data.resolve(FILE), JSON.writerWithDefaultPrettyPrinter().writeValueAsString(this) + "\n");
    }
}
