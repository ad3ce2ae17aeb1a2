package io.clearmarket.wallet.json;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.erdtman.jcs.NumberToJSON;
import tools.jackson.databind.JsonNode;

/**
 * Writes a tree in its canonical form (RFC 8785, section 3.2): no white space, members sorted by UTF-16 code units, strings
 * and numbers as ECMAScript writes them. Straight from the tree: a canonicalizer that takes a text would have it written
 * and parsed once more, and every endorser canonicalizes every record.
 */
final class CanonicalWriter {
    private static final long MAX_SAFE = (1L << 53) - 1;

    private final StringBuilder out = new StringBuilder(512);

    private CanonicalWriter() {}

    /** @throws IllegalArgumentException for a number that a double can't hold exactly, or half of a surrogate pair */
    static String write(JsonNode tree) {
        CanonicalWriter writer = new CanonicalWriter();
        writer.value(tree);
        return writer.out.toString();
    }

    private void value(JsonNode node) {
        switch (node.getNodeType()) {
            case OBJECT -> object(node);
            case ARRAY -> array(node);
            case STRING -> string(node.stringValue());
            case NUMBER -> out.append(number(node));
            case BOOLEAN -> out.append(node.booleanValue());
            case NULL -> out.append("null");
            // base64
            case BINARY -> string(node.asString());
            case MISSING, POJO ->
                throw new IllegalArgumentException("a " + node.getNodeType() + " node has no canonical form");
        }
    }

    private void object(JsonNode object) {
        // String's order is that of UTF-16 code units
        List<String> names = new ArrayList<>(object.propertyNames());
        names.sort(null);
        char before = '{';
        for (String name : names) {
            out.append(before);
            string(name);
            out.append(':');
            value(object.path(name));
            before = ',';
        }
        out.append(before == '{' ? "{}" : "}");
    }

    private void array(JsonNode array) {
        char before = '[';
        for (JsonNode element : array) {
            out.append(before);
            value(element);
            before = ',';
        }
        out.append(before == '[' ? "[]" : "]");
    }

    private void string(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ') {
                control(c);
            } else if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (Character.isSurrogate(c)) {
                i = pair(text, i);
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }

    /** Writes the pair that begins at the index and returns the index of its second half. */
    private int pair(String text, int at) {
        int second = at + 1;
        if (!Character.isHighSurrogate(text.charAt(at))
                || second == text.length()
                || !Character.isLowSurrogate(text.charAt(second))) {
            throw new IllegalArgumentException("a string holds half of a surrogate pair");
        }
        out.append(text, at, second + 1);
        return second;
    }

    private void control(char c) {
        switch (c) {
            case '\b' -> out.append("\\b");
            case '\t' -> out.append("\\t");
            case '\n' -> out.append("\\n");
            case '\f' -> out.append("\\f");
            case '\r' -> out.append("\\r");
            default -> out.append(c < 0x10 ? "\\u000" : "\\u00").append(Integer.toHexString(c));
        }
    }

    private static String number(JsonNode number) {
        if (number.isIntegralNumber()) {
            // not by Math.abs, which leaves the smallest long negative
            if (number.canConvertToLong() && number.longValue() <= MAX_SAFE && number.longValue() >= -MAX_SAFE) {
                return Long.toString(number.longValue());
            }
            throw inexact(number);
        }
        double asDouble = number.doubleValue();
        if (!Double.isFinite(asDouble) || BigDecimal.valueOf(asDouble).compareTo(number.decimalValue()) != 0) {
            throw inexact(number);
        }
        try {
            return NumberToJSON.serializeNumber(asDouble);
        } catch (IOException impossible) {
            throw new IllegalStateException("a finite number without a canonical form", impossible);
        }
    }

    private static IllegalArgumentException inexact(JsonNode number) {
        return new IllegalArgumentException(
                "the number " + number.asString() + " has more digits than a double holds; write it as a string");
    }
}
