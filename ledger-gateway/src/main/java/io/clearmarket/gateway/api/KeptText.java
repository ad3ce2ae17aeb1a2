package io.clearmarket.gateway.api;

import io.clearmarket.chaincode.api.InvalidValue;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.jdk.StringDeserializer;

/** Text of a request's members: what no database of text takes is refused, and does not fail in the database. */
final class KeptText extends StringDeserializer {
    @Override
    public @Nullable String deserialize(JsonParser parser, DeserializationContext context) {
        String text = super.deserialize(parser, context);
        if (text != null && !isKept(text)) {
            String member = Objects.requireNonNullElse(parser.currentName(), "an element");
            throw new InvalidValue(member, text, "text without U+0000 and without half of a surrogate pair");
        }
        return text;
    }

    private static boolean isKept(String text) {
        return text.indexOf('\0') < 0 && StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }
}
