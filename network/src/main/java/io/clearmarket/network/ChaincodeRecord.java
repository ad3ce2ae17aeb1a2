package io.clearmarket.network;

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
 * The chaincode that a real network has, {@code chaincode.json}: what an upgrade changed stays so over restarts.
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

    void write(Path data) {
        PrivateFiles.write(
                data.resolve(FILE), JSON.writerWithDefaultPrettyPrinter().writeValueAsString(this) + "\n");
    }
}
