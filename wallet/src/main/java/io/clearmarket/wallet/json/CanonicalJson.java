package io.clearmarket.wallet.json;

import io.clearmarket.wallet.Digests;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.erdtman.jcs.JsonCanonicalizer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * The JSON Canonicalization Scheme (RFC 8785): the same value is always the same bytes, so it can be hashed and signed.
 *
 * <p>Its numbers are IEEE 754 doubles. A number that a double cannot hold exactly is refused here, where a plain
 * canonicalizer would quietly sign another one; write such amounts as strings.
 */
public final class CanonicalJson {
    private static final BigInteger MAX_SAFE = BigInteger.ONE.shiftLeft(53).subtract(BigInteger.ONE);

    private CanonicalJson() {}

    /**
     * Canonical UTF-8 bytes of a value: a record, a map, a list or a {@link JsonNode}.
     *
     * @throws IllegalArgumentException if it is not a JSON object or array, or holds a number that would lose digits, or a
     *     lone surrogate
     */
    public static byte[] bytes(Object value) {
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
            return canonical(Json.MAPPER.readTree(json));
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

    private static byte[] canonical(JsonNode tree) {
        if (!tree.isContainer()) {
            throw new IllegalArgumentException("only a JSON object or array has a canonical form here");
        }
        requireExact(tree);
        try {
            return new JsonCanonicalizer(Json.MAPPER.writeValueAsString(tree)).getEncodedUTF8();
        } catch (IOException e) {
            throw new IllegalArgumentException("no canonical form: " + e.getMessage(), e);
        }
    }

    private static void requireExact(JsonNode node) {
        if (node.isContainer()) {
            node.propertyNames().forEach(CanonicalJson::requireWellFormed);
            node.forEach(CanonicalJson::requireExact);
        } else if (node.isString()) {
            requireWellFormed(node.stringValue());
        } else if (node.isNumber() && !isExact(node)) {
            throw new IllegalArgumentException(
                    "the number " + node.asString() + " has more digits than a double holds; write it as a string");
        }
    }

    private static boolean isExact(JsonNode number) {
        if (number.isIntegralNumber()) {
            return number.bigIntegerValue().abs().compareTo(MAX_SAFE) <= 0;
        }
        double asDouble = number.doubleValue();
        return Double.isFinite(asDouble) && BigDecimal.valueOf(asDouble).compareTo(number.decimalValue()) == 0;
    }

    private static void requireWellFormed(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean pair = Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1));
            if (pair) {
                i++;
            } else if (Character.isSurrogate(c)) {
                throw new IllegalArgumentException("a string holds half of a surrogate pair");
            }
        }
    }
}
