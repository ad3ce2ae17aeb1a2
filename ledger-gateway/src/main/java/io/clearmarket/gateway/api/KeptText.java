package io.clearmarket.gateway.api;

import io.clearmarket.chaincode.api.InvalidValue;
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
        if (text != null && text.indexOf('\0') >= 0) {
            String member = Objects.requireNonNullElse(parser.currentName(), "an element");
            throw new InvalidValue(member, text, "text without the character U+0000");
        }
        return text;
    }
}
