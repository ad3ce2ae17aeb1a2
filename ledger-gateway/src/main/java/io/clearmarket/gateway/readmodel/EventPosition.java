package io.clearmarket.gateway.readmodel;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a market event is: block, transaction in it, and its number within the transaction. As text {@code 12.0.1}; {@code
 * 12.0} means all of that transaction and {@code 12} all of that block.
 */
public record EventPosition(long block, int index, int sequence) implements Comparable<EventPosition> {
    /** Before the first event. */
    public static final EventPosition START = new EventPosition(-1, 0, 0);

    private static final int WHOLE = Integer.MAX_VALUE;

    /** As JSON has it; a regular expression that ECMA-262 reads alike. */
    public static final Pattern FORM = Pattern.compile("(-?[0-9]{1,18})(?:\\.([0-9]{1,9}))?(?:\\.([0-9]{1,9}))?");

    /** @throws InvalidQuery if it has another form */
    public static EventPosition parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new InvalidQuery("after", text, "a position such as 12.0.1, or 12.0, or 12");
        }
        return new EventPosition(Long.parseLong(form.group(1)), part(form.group(2)), part(form.group(3)));
    }

    private static int part(@Nullable String digits) {
        return digits == null ? WHOLE : Integer.parseInt(digits);
    }

    /** After all of a block. */
    public static EventPosition endOf(long block) {
        return new EventPosition(block, WHOLE, WHOLE);
    }

    /** This one, or the end of that block if it comes later. */
    public EventPosition orEndOf(long endedBlock) {
        return endedBlock < block ? this : endOf(endedBlock);
    }

    @Override
    public int compareTo(EventPosition other) {
        int blocks = Long.compare(block, other.block);
        int transactions = blocks != 0 ? blocks : Integer.compare(index, other.index);
        return transactions != 0 ? transactions : Integer.compare(sequence, other.sequence);
    }

    @JsonValue
    @Override
    public String toString() {
        if (sequence != WHOLE) {
            return block + "." + index + "." + sequence;
        }
        return index == WHOLE ? Long.toString(block) : block + "." + index;
    }
}
