package io.clearmarket.gateway.chain;

import io.clearmarket.wallet.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** What only anvil can, for tests of what other chains do by themselves. */
public final class DevelopmentChain {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private DevelopmentChain() {}

    /**
     * The newest blocks give way to as many others without their transactions, which the chain forgets.
     *
     * @param depth how many; fewer than are between the newest block and the newest final one
     * @throws ChainException.Unavailable if it is no anvil, or refuses
     */
    public static void reorganise(URI rpcUrl, int depth) {
        byte[] call = Json.MAPPER.writeValueAsBytes(
                Map.of("jsonrpc", "2.0", "id", 1, "method", "anvil_reorg", "params", List.of(depth, List.of())));
        HttpRequest request = HttpRequest.newBuilder(rpcUrl)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(call))
                .build();
        try {
            JsonNode answer = Json.MAPPER.readTree(
                    HTTP.send(request, HttpResponse.BodyHandlers.ofByteArray()).body());
            if (answer.has("error")) {
                throw new ChainException.Unavailable("the chain does not reorganise: " + answer.path("error"), null);
            }
        } catch (IOException e) {
            throw new ChainException.Unavailable("the chain does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ChainException.Unavailable("interrupted", e);
        }
    }
}
