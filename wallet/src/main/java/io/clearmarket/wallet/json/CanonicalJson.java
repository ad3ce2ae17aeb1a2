package io.clearmarket.wallet.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.clearmarket.wallet.Digests;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * The JSON Canonicalization Scheme (RFC 8785): the same value is always the same bytes, so it can be hashed and signed.
 *
 * <p>Its numbers are IEEE 754 doubles. A number that a double cannot hold exactly is refused here, where a plain
 * canonicalizer would quietly sign another one; write such amounts as strings.
 */
public final class CanonicalJson {
    private CanonicalJson() {}

    /**
     * Canonical UTF-8 bytes of a value: a record, a map, a list or a {@link JsonNode}.
     *
     * @throws IllegalArgumentException if it is not a JSON object or array, or holds a number that would lose digits, or a
     *     lone surrogate
     */
    public static byte[] bytes(Object value) {
        return text(value).getBytes(UTF_8);
    }

    /** The same as a text. */
    public static String text(Object value) {
        JsonNode tree = value instanceof JsonNode node ? node : Json.MAPPER.valueToTree(value);
        return canonical(tree);
    }

    /**
     * Canonical UTF-8 bytes of a JSON text.
     *
     * @throws IllegalArgumentException as above, and if it is not strict JSON or has a key twice
     */
    public static byte[] bytes(String json) {
        try {
            return canonical(Json.MAPPER.readTree(json)).getBytes(UTF_8);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("not a JSON document: " + e.getOriginalMessage(), e);
        }
    }

    /** SHA-256 of {@link #bytes(Object)}. */
    public static byte[] sha256(Object value) {
        return Digests.sha256(bytes(value));
    }

    /** SHA-256 of {@link #bytes(String)}. */
    public static byte[] sha256(String json) {
        return Digests.sha256(bytes(json));
    }

    private static String canonical(JsonNode tree) {
        if (!tree.isContainer()) {
            throw new IllegalArgumentException("only a JSON object or array has a canonical form here");
        }
        return CanonicalWriter.write(tree);
    }
}
