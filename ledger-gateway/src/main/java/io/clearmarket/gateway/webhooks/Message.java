package io.clearmarket.gateway.webhooks;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.standardwebhooks.exceptions.EmptyWebhookSecretException;
import com.standardwebhooks.exceptions.WebhookSigningException;
import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.wallet.json.CanonicalJson;
import io.clearmarket.wallet.json.Json;
import java.net.URI;
import java.net.http.HttpRequest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.StringJoiner;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A message of a webhook by the Standard Webhooks specification: {@code type}, {@code timestamp} and {@code data}, and two
 * members of ours by which a receiver sees that none is missing: {@code number}, from 1 on without a gap, and {@code previous},
 * the SHA-256 of the body before, 64 zeros in the first.
 *
 * @param id {@code webhook-id}: the event's position, the same however often it is sent
 * @param body RFC 8785 JSON
 */
public record Message(String id, String body) {
    private static final int SECRET_BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    /**
     * @param data the event
     * @param previous of the message with the number before
     */
    public static Message of(String id, String type, Instant at, JsonNode data, long number, Digest previous) {
        ObjectNode body = Json.MAPPER.createObjectNode();
        body.put("type", type);
        body.put("timestamp", at.toString());
        body.set("data", data);
        body.put("number", number);
        body.put("previous", previous.hex());
        return new Message(id, new String(CanonicalJson.bytes(body), UTF_8));
    }

    /** What the next message names as its previous one. */
    public Digest hash() {
        return Digest.sha256(body.getBytes(UTF_8));
    }

    /** A secret of 256 random bits, as the specification writes it. */
    public static String newSecret() {
        byte[] key = new byte[SECRET_BYTES];
        RANDOM.nextBytes(key);
        return "whsec_" + Base64.getEncoder().encodeToString(key);
    }

    /**
     * The signed request.
     *
     * @param secrets while a secret is being changed there are several, and a signature by each
     * @throws InvalidWebhook if a secret is none
     */
    public HttpRequest request(URI url, List<String> secrets, Instant at, Duration timeout) {
        return HttpRequest.newBuilder(url)
                .timeout(timeout)
                .header("content-type", "application/json")
                .header("user-agent", "clearmarket-webhooks")
                .header("webhook-id", id)
                .header("webhook-timestamp", Long.toString(at.getEpochSecond()))
                .header("webhook-signature", signatures(secrets, at))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
    }

    private String signatures(List<String> secrets, Instant at) {
        StringJoiner signatures = new StringJoiner(" ");
        for (String secret : secrets) {
            try {
                signatures.add(new com.standardwebhooks.Webhook(secret).sign(id, at.getEpochSecond(), body));
            } catch (WebhookSigningException | EmptyWebhookSecretException | IllegalArgumentException e) {
                throw new InvalidWebhook("a secret is whsec_ and base64, which the given one is not");
            }
        }
        return signatures.toString();
    }
}
