package io.clearmarket.gateway.provenance;

import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;

/**
 * What JSON allows and no database of text and numbers has a place for: U+0000, half of a surrogate pair, and numbers that are short only
 * because of their exponent. Of an event that holds it the ledger would have a record and no repository the event.
 */
public final class Keepable {
    private static final int DIGITS = 1_000;

    private Keepable() {}

    /**
     * @param place a JSON pointer to the node
     * @throws MalformedEpcis if the node, or one inside it, can't be kept
     */
    public static void require(JsonNode node, String place) {
        if (node.isString()) {
            requireText(node.stringValue(), place);
        } else if (node.isNumber() && Math.abs((long) node.decimalValue().scale()) > DIGITS) {
            throw new MalformedEpcis(place + " is a number of more than " + DIGITS + " digits; send fewer");
        }
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            require(node.path(i), place + "/" + i);
        }
        node.properties().forEach(member -> {
            requireText(member.getKey(), place + "'s member");
            require(member.getValue(), place + "/" + member.getKey());
        });
    }

    private static void requireText(String text, String place) {
        if (text.indexOf('\0') >= 0) {
            throw new MalformedEpcis(place + " holds the character U+0000; it must be text without it");
        }
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw new MalformedEpcis(place + " holds half of a surrogate pair; it must be text that UTF-8 can write");
        }
    }
}
