package io.clearmarket.wallet;

import com.google.protobuf.ByteString;
import java.util.HexFormat;

/**
 * Bytes as text that a terminal or page shows as it is: control characters and those that turn the direction of writing
 * are escaped, and what is not UTF-8 is hex.
 */
public final class ShownText {
    private ShownText() {}

    /** Bytes as text where they are UTF-8, else 0x and hex. */
    public static String of(ByteString bytes) {
        if (!bytes.isValidUtf8()) {
            return "0x" + HexFormat.of().formatHex(bytes.toByteArray());
        }
        return of(bytes.toStringUtf8());
    }

    /** Text with everything invisible escaped. */
    public static String of(String text) {
        StringBuilder shown = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (isPlain(c)) {
                shown.appendCodePoint(c);
            } else {
                shown.append(String.format(c < 0x10000 ? "\\u%04x" : "\\U%08x", c));
            }
        });
        return shown.toString();
    }

    private static boolean isPlain(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
