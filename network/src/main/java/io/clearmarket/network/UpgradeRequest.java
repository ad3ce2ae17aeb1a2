package io.clearmarket.network;

import io.clearmarket.network.embedded.NetworkException;
import io.clearmarket.wallet.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Asks the process that runs a network for another version of its chaincode: {@code upgrade.json} in the network's folder,
 * answered by {@code upgrade-answer.json} with the same id. Who can write into that folder holds the organisations' keys.
 *
 * @param jar null to keep the jar that runs
 * @param policy null to keep the policy
 */
record UpgradeRequest(
        String id,
        String version,
        @Nullable Path jar,
        @Nullable String policy) {
    private static final String REQUEST = "upgrade.json";
    private static final String ANSWER = "upgrade-answer.json";
    private static final JsonMapper JSON = JsonMapper.shared();

    /** What came of it. */
    record Answer(String id, boolean done, String message) {}

    /** The request that waits, taken away so that it is tried once. */
    static Optional<UpgradeRequest> take(Path data) {
        Path file = data.resolve(REQUEST);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            byte[] content = PrivateFiles.read(file);
            Files.delete(file);
            return Optional.of(JSON.readValue(content, UpgradeRequest.class));
        } catch (IOException e) {
            throw new NetworkException(file + " cannot be taken: " + e.getMessage(), e);
        } catch (JacksonException notOurs) {
            return Optional.empty();
        }
    }

    /** Leaves it for the process that runs the network. */
    void write(Path data) {
        PrivateFiles.write(data.resolve(REQUEST), JSON.writeValueAsString(this));
    }

    void answer(Path data, boolean done, String message) {
        PrivateFiles.write(data.resolve(ANSWER), JSON.writeValueAsString(new Answer(id, done, message)));
    }
}
