package io.clearmarket.gateway.readmodel;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the next part of a list begins: behind the record that appeared at a place of the ledger, or at whatever orders the
 * list. Clients see it as an opaque text.
 *
 * @param id the record's id, which tells records of one transaction apart
 */
record Cursor(long block, int index, String id) {
    /** Where a list begins that tells the newest first. */
    static final Cursor START = new Cursor(Long.MAX_VALUE, Integer.MAX_VALUE, "");

    /** Where a list begins that tells the oldest first. */
    static final Cursor OLDEST = new Cursor(-1, -1, "");

    String encode() {
        String text = block + "." + index + "." + id;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
    }

    /** @throws InvalidQuery if the text is no cursor of ours */
    static Cursor decode(@Nullable String text) {
        if (text == null) {
            return START;
        }
        try {
            List<String> parts = List.of(new String(Base64.getUrlDecoder().decode(text), UTF_8).split("\\.", 3));
            return new Cursor(Long.parseLong(parts.get(0)), Integer.parseInt(parts.get(1)), parts.get(2));
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new InvalidQuery("cursor", text, "the \"next\" of an earlier answer");
        }
    }
}
