package io.clearmarket.chaincode.adapter;

import io.clearmarket.chaincode.api.Batch;
import io.clearmarket.chaincode.api.RefusalCode;
import io.clearmarket.chaincode.api.Request;
import io.clearmarket.wallet.json.Json;
import io.clearmarket.wallet.json.Malformed;
import java.util.Objects;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;

/** Turns the argument of a transaction into a command, or says precisely why it is none. */
final class CommandReader {
    static final int MAX_BYTES = 64 * 1024;
    static final int MAX_BATCH_BYTES = 256 * 1024;

    /** What follows the document is looked at here, to say so with a code of its own. */
    private static final ObjectReader FIRST_DOCUMENT =
            Json.MAPPER.reader().without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private static final Decoded DECODED = new Decoded();

    private CommandReader() {}

    /** @param json UTF-8 */
    static <C extends Request> C read(Class<C> type, byte[] json) {
        int most = type == Batch.class ? MAX_BATCH_BYTES : MAX_BYTES;
        if (json.length > most) {
            throw new RequestRefused(
                    RefusalCode.TOO_LONG, "the argument has " + json.length + " bytes; at most are " + most);
        }
        return DECODED.of(type, json, bytes -> read(type, parse(bytes)));
    }

    static <C extends Request> C read(Class<C> type, JsonNode tree) {
        Shape.require(type, tree);
        try {
            return Json.MAPPER.treeToValue(tree, type);
        } catch (JacksonException e) {
            throw new RequestRefused(RefusalCode.INVALID_VALUE, reason(e));
        }
    }

    private static JsonNode parse(byte[] json) {
        try (JsonParser parser = Json.MAPPER.createParser(json)) {
            JsonNode tree = FIRST_DOCUMENT.readTree(parser);
            requireEnd(parser);
            return tree;
        } catch (StreamConstraintsException e) {
            throw new RequestRefused(RefusalCode.TOO_LONG, Malformed.tooLarge());
        } catch (StreamReadException e) {
            throw new RequestRefused(
                    Malformed.isNameTwice(e) ? RefusalCode.DUPLICATE_FIELD : RefusalCode.MALFORMED_JSON,
                    Malformed.words(e));
        } catch (JacksonException e) {
            throw new RequestRefused(RefusalCode.MALFORMED_JSON, "not strict JSON; it must be UTF-8 by RFC 8259");
        } catch (NumberFormatException e) {
            // Jackson's own exception is another for an exponent that no decimal number has, such as in
            // 0e369602762111716
            throw new RequestRefused(RefusalCode.INVALID_VALUE, "a number has an exponent that is out of range");
        }
    }

    private static void requireEnd(JsonParser parser) {
        boolean more;
        try {
            more = parser.nextToken() != null;
        } catch (JacksonException notEvenJson) {
            more = true;
        }
        if (more) {
            throw new RequestRefused(RefusalCode.TRAILING_BYTES, "something follows the JSON document");
        }
    }

    /** The value type's own words, with the member that holds it. */
    private static String reason(JacksonException e) {
        String path = e.getPathReference();
        Throwable cause = e.getCause();
        String why = cause instanceof IllegalArgumentException
                ? Objects.requireNonNullElse(cause.getMessage(), "invalid")
                : e.getOriginalMessage();
        return path.isEmpty()
                ? why
                : why + " (at " + path.replaceAll("[A-Za-z0-9_.$]+\\[\"?([^\"\\]]+)\"?]", "$1") + ")";
    }
}
