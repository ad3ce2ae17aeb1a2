package io.clearmarket.gateway.up;

import io.clearmarket.wallet.PrivateFiles;
import io.clearmarket.wallet.json.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Asks the process that runs the network for another version of the chaincode, and waits for its answer. */
public final class ChaincodeUpgrade {
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final long PAUSE_MILLIS = 200;

    private ChaincodeUpgrade() {}

    /**
     * Returns what the network then has.
     *
     * @param jar null to keep the one that runs; likewise the policy
     * @throws UpException with the network's words, if it could not be done; the old version serves on then
     */
    public static String ask(Path data, UpState up, String version, @Nullable Path jar, @Nullable String policy) {
        if (jar != null && !Files.isRegularFile(jar)) {
            throw new UpException("there is no jar " + jar);
        }
        Path network = up.network().resolveSibling("upgrade.json");
        Path answer = up.network().resolveSibling("upgrade-answer.json");
        String id = UUID.randomUUID().toString();
        Map<String, Object> request = new TreeMap<>(Map.of("id", id, "version", version));
        request.put("jar", jar == null ? null : jar.toString());
        request.put("policy", policy);
        PrivateFiles.write(network, Json.MAPPER.writeValueAsBytes(request));
        return await(answer, id);
    }

    private static String await(Path file, String id) {
        Instant until = Instant.now().plus(PATIENCE);
        while (Instant.now().isBefore(until)) {
            if (Files.exists(file)) {
                JsonNode answer = Json.MAPPER.readTree(PrivateFiles.read(file));
                if (answer.path("id").stringValue().equals(id)) {
                    String message = answer.path("message").stringValue();
                    if (!answer.path("done").booleanValue()) {
                        throw new UpException("the chaincode was not upgraded: " + message);
                    }
                    return message;
                }
            }
            pause();
        }
        throw new UpException("the network did not answer within " + PATIENCE.toMinutes() + " minutes; see its log");
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UpException("interrupted while waiting for the upgrade");
        }
    }
}
