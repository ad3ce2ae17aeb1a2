package io.clearmarket.gateway.device;

import io.clearmarket.wallet.json.Json;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** The two forms that a JSON Web Signature by one key comes in: compact, and flattened JSON (RFC 7515, sections 7.1 and 7.2.2). */
final class JwsForms {
    /** What JSON may add around a signature's three parts. */
    private static final int AROUND = 1_024;

    private JwsForms() {}

    /**
     * The compact form of either; what is neither is left as it is. A flattened one with an unprotected {@code header} is neither here: nobody
     * signed that; nor is one of several {@code signatures}. Other members mean nothing and are passed over, as the RFC asks.
     */
    static String compact(String text) {
        if (!text.startsWith("{") || text.length() > SignedBatch.LONGEST + AROUND) {
            return text;
        }
        return read(text).filter(JwsForms::isFlattened).map(JwsForms::joined).orElse(text);
    }

    private static Optional<JsonNode> read(String text) {
        try {
            return Optional.of(Json.MAPPER.readTree(text));
        } catch (JacksonException | NumberFormatException noJson) {
            return Optional.empty();
        }
    }

    private static boolean isFlattened(JsonNode jws) {
        return jws.path("protected").isString()
                && jws.path("payload").isString()
                && jws.path("signature").isString()
                && !jws.has("header")
                && !jws.has("signatures");
    }

    private static String joined(JsonNode jws) {
        return jws.path("protected").asString() + "." + jws.path("payload").asString() + "."
                + jws.path("signature").asString();
    }
}
