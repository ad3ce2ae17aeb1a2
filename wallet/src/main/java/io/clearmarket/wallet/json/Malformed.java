package io.clearmarket.wallet.json;

import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;

/** Why a document can't be read, for whoever sent it: where, and what would be right. The parser's own words tell of its settings. */
public final class Malformed {
    private Malformed() {}

    /** True if a name stands twice in an object; the parser has no exception of its own for it. */
    public static boolean isNameTwice(StreamReadException unreadable) {
        return unreadable.getOriginalMessage().startsWith("Duplicate ");
    }

    /** Of what is not JSON, or holds a name twice; lines and columns count from 1, columns in bytes. */
    public static String words(StreamReadException unreadable) {
        if (isNameTwice(unreadable)) {
            return "not strict JSON: "
                    + unreadable.getOriginalMessage().lines().findFirst().orElse("");
        }
        return unreadable instanceof UnexpectedEndOfInputException
                ? "not strict JSON: it ends at " + place(unreadable)
                        + " with something open; every object, array and string must be closed"
                : "not strict JSON: something else must stand at " + place(unreadable)
                        + "; it must be UTF-8 by RFC 8259: names and text in double quotes, numbers in"
                        + " decimal, commas between members only";
    }

    /** Of what is nested too deeply, or has too long a name, text or number; the parser does not know where. */
    public static String tooLarge() {
        return "too deep or too long: it must be nested less deeply, and names, texts and numbers must be shorter";
    }

    private static String place(StreamReadException unreadable) {
        TokenStreamLocation at = unreadable.getLocation();
        return at == null ? "an unknown place" : "line " + at.getLineNr() + ", column " + at.getColumnNr();
    }
}
