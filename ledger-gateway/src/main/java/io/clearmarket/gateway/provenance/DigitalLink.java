package io.clearmarket.gateway.provenance;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A GS1 Digital Link (GS1 Digital Link URI syntax 1.4): a primary key with its qualifiers, read from a path, its form and check
 * digits verified.
 *
 * @param key the application identifier of the primary key, such as 01
 * @param value its value; a GTIN with 14 digits
 * @param qualifiers by application identifier, in the standard's order
 */
public record DigitalLink(String key, String value, Map<String, String> qualifiers) {
    private static final String CHARACTERS = "[!%-?A-Z_a-z\"]";

    /**
     * A key of GS1's.
     *
     * @param form its value's form
     * @param checked how many digits, from the first on, end with a check digit; 0 for none
     * @param qualifiers in the order that they must stand in
     */
    private record Key(String name, Pattern form, int checked, List<String> qualifiers) {
        static Key of(String name, String form, int checked, String... qualifiers) {
            return new Key(name, Pattern.compile(form), checked, List.of(qualifiers));
        }
    }

    private static final Map<String, Key> KEYS = Map.ofEntries(
            Map.entry("00", Key.of("SSCC", "\\d{18}", 18)),
            Map.entry("01", Key.of("GTIN", "\\d{8}|\\d{12,14}", 14, "22", "10", "21", "235")),
            Map.entry("253", Key.of("GDTI", "\\d{13}" + CHARACTERS + "{0,17}", 13)),
            Map.entry("255", Key.of("GCN", "\\d{13,25}", 13)),
            Map.entry("401", Key.of("GINC", CHARACTERS + "{1,30}", 0)),
            Map.entry("402", Key.of("GSIN", "\\d{17}", 17)),
            Map.entry("414", Key.of("GLN", "\\d{13}", 13, "254")),
            Map.entry("417", Key.of("PARTY", "\\d{13}", 13, "7040")),
            Map.entry("8003", Key.of("GRAI", "0\\d{13}" + CHARACTERS + "{0,16}", 14)),
            Map.entry("8004", Key.of("GIAI", CHARACTERS + "{1,30}", 0, "7040")),
            Map.entry("8006", Key.of("ITIP", "\\d{18}", 14, "22", "10", "21")),
            Map.entry("8010", Key.of("CPID", "[#0-9A-Z/-]{1,30}", 0, "8011")),
            Map.entry("8013", Key.of("GMN", CHARACTERS + "{1,25}", 0)),
            Map.entry("8017", Key.of("GSRNP", "\\d{18}", 18, "8019")),
            Map.entry("8018", Key.of("GSRN", "\\d{18}", 18, "8019")));

    private static final Map<String, Pattern> QUALIFIERS = Map.of(
            "22", Pattern.compile(CHARACTERS + "{1,20}"),
            "10", Pattern.compile(CHARACTERS + "{1,20}"),
            "21", Pattern.compile(CHARACTERS + "{1,20}"),
            "235", Pattern.compile(CHARACTERS + "{1,28}"),
            "254", Pattern.compile(CHARACTERS + "{1,20}"),
            "7040", Pattern.compile("[0-9A-Za-z]{4}"),
            "8011", Pattern.compile("\\d{1,12}"),
            "8019", Pattern.compile("\\d{1,10}"));

    /** What is wrong with a link. */
    public static final class Invalid extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Invalid(String message) {
            super(message);
        }
    }

    public DigitalLink {
        qualifiers = Map.copyOf(new LinkedHashMap<>(qualifiers));
    }

    /** The application identifiers of primary keys. */
    public static List<String> keys() {
        return KEYS.keySet().stream().sorted().toList();
    }

    /**
     * Reads a path such as {@code /01/09521234543213/10/ABC/21/1}.
     *
     * @param path percent-encoded, as in the URI
     * @throws Invalid what is wrong with it, and what would be right
     */
    public static DigitalLink parse(String path) {
        String[] parts = path.startsWith("/") ? path.substring(1).split("/", -1) : path.split("/", -1);
        if (parts.length < 2 || parts.length % 2 != 0) {
            throw new Invalid(
                    "a Digital Link is pairs of application identifier and value, such as /01/{gtin}/21/{serial}");
        }
        Key key = KEYS.get(parts[0]);
        if (key == null) {
            throw new Invalid("\"" + parts[0] + "\" is no primary key; keys are " + keys());
        }
        String value = decoded(parts[1]);
        if (!key.form().matcher(value).matches()) {
            throw new Invalid("\"" + value + "\" has not the form of a " + key.name());
        }
        String whole = parts[0].equals("01") ? "0".repeat(14 - value.length()) + value : value;
        requireCheckDigit(key, whole);
        Map<String, String> qualifiers = new LinkedHashMap<>();
        int last = -1;
        for (int i = 2; i < parts.length; i += 2) {
            int place = key.qualifiers().indexOf(parts[i]);
            if (place <= last) {
                throw new Invalid("\"" + parts[i] + "\" can't stand here; a " + key.name()
                        + " is followed by these, in this order: " + key.qualifiers());
            }
            last = place;
            String qualifier = decoded(parts[i + 1]);
            Pattern form = QUALIFIERS.get(parts[i]);
            if (form == null || !form.matcher(qualifier).matches()) {
                throw new Invalid("\"" + qualifier + "\" has not the form of (" + parts[i] + ")");
            }
            qualifiers.put(parts[i], qualifier);
        }
        return new DigitalLink(parts[0], whole, qualifiers);
    }

    private static void requireCheckDigit(Key key, String value) {
        if (key.checked() == 0) {
            return;
        }
        // a GRAI begins with a filler that is no part of the number
        String digits = value.substring(key.name().equals("GRAI") ? 1 : 0, key.checked());
        int right = Gs1Uris.checkDigit(digits.substring(0, digits.length() - 1));
        if (!digits.endsWith(Integer.toString(right))) {
            throw new Invalid("the check digit of \"" + digits + "\" is wrong; it would be " + right);
        }
    }

    /** The qualifier's value; null if it is not there. */
    public @Nullable String qualifier(String ai) {
        return qualifiers.get(ai);
    }

    /** The path, percent-encoded, qualifiers in the standard's order. */
    public String path() {
        StringBuilder path = new StringBuilder("/").append(key).append('/').append(encoded(value));
        for (String ai : orderedQualifiers()) {
            path.append('/').append(ai).append('/').append(encoded(String.valueOf(qualifiers.get(ai))));
        }
        return path.toString();
    }

    private List<String> orderedQualifiers() {
        Key known = KEYS.get(key);
        return known == null
                ? List.of()
                : known.qualifiers().stream().filter(qualifiers::containsKey).toList();
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new Invalid("\"" + text + "\" is not percent-encoded as it must be");
        }
    }

    /** What a path segment may hold as it is stays (RFC 3986), the rest is percent-encoded. */
    private static String encoded(String text) {
        StringBuilder encoded = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            boolean plain = c < 128 && (Character.isLetterOrDigit(c) || "-._~!$&'()*,;=:@".indexOf(c) >= 0);
            encoded.append(
                    plain
                            ? String.valueOf(c)
                            : "%" + Integer.toHexString(256 | c).substring(1).toUpperCase(Locale.ROOT));
        }
        return encoded.toString();
    }
}
