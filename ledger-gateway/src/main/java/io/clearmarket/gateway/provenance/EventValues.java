package io.clearmarket.gateway.provenance;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** The one spelling of each value and each name inside an event hash. */
final class EventValues {
    /** The order of UTF-8 bytes, which is not the order of Java's UTF-16. */
    static final Comparator<String> BY_CODE_POINT = (a, b) -> {
        int i = 0;
        while (i < a.length() && i < b.length()) {
            int x = a.codePointAt(i);
            int y = b.codePointAt(i);
            if (x != y) {
                return Integer.compare(x, y);
            }
            i += Character.charCount(x);
        }
        return Integer.compare(a.length(), b.length());
    };

    private static final DateTimeFormatter MILLISECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
    private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d{1,3})?");

    private static final Map<String, String> OLD_WORDS = Map.of(
            "urn:epcglobal:cbv:bizstep:", "https://ref.gs1.org/cbv/BizStep-",
            "urn:epcglobal:cbv:disp:", "https://ref.gs1.org/cbv/Disp-",
            "urn:epcglobal:cbv:btt:", "https://ref.gs1.org/cbv/BTT-",
            "urn:epcglobal:cbv:sdt:", "https://ref.gs1.org/cbv/SDT-",
            "urn:epcglobal:cbv:er:", "https://ref.gs1.org/cbv/ER-");

    private final Map<String, String> namespaces;

    EventValues(Map<String, String> namespaces) {
        this.namespaces = namespaces;
    }

    /** {@code {namespace}name} for a name with a declared prefix, any other unchanged. */
    String expandedKey(String key) {
        int colon = key.indexOf(':');
        String namespace = colon < 0 ? null : namespaces.get(key.substring(0, colon));
        return namespace == null ? key : "{" + namespace + "}" + key.substring(colon + 1);
    }

    /** The canonical text of a field's value; bare CBV words become the web URIs that they stand for. */
    String canonical(String field, JsonNode value) {
        String text = value.isNull() ? "" : value.asString("").strip();
        if (field.toLowerCase(Locale.ROOT).contains("time") && !field.contains("Offset")) {
            return time(text);
        }
        text = webWord(expanded(bareWord(field, text)));
        return number(Gs1Uris.canonical(text));
    }

    private static String bareWord(String field, String text) {
        if (text.isEmpty() || text.indexOf(':') >= 0) {
            return text;
        }
        return switch (field) {
            case "bizStep" -> "https://ref.gs1.org/cbv/BizStep-" + text;
            case "disposition", "set", "unset" -> "https://ref.gs1.org/cbv/Disp-" + text;
            case "component" -> "https://ref.gs1.org/cbv/Comp-" + text;
            case "exception" -> "https://gs1.org/voc/" + text;
            case "type" -> typeWord(text);
            default -> text;
        };
    }

    /** Three vocabularies share the field name "type"; their words do not overlap. */
    private static String typeWord(String text) {
        return switch (text) {
            case "owning_party", "possessing_party", "location" -> "https://ref.gs1.org/cbv/SDT-" + text;
            case "bol",
                    "cert",
                    "desadv",
                    "inv",
                    "pedigree",
                    "po",
                    "poc",
                    "prodorder",
                    "recadv",
                    "rma",
                    "testprd",
                    "testres",
                    "upevt" -> "https://ref.gs1.org/cbv/BTT-" + text;
            default -> Character.isUpperCase(text.charAt(0)) ? "https://gs1.org/voc/" + text : text;
        };
    }

    private String expanded(String text) {
        int colon = text.indexOf(':');
        String namespace = colon < 0 ? null : namespaces.get(text.substring(0, colon));
        return namespace == null || text.startsWith("//", colon + 1) ? text : namespace + text.substring(colon + 1);
    }

    private static String webWord(String text) {
        for (Map.Entry<String, String> word : OLD_WORDS.entrySet()) {
            if (text.startsWith(word.getKey())) {
                return word.getValue() + text.substring(word.getKey().length());
            }
        }
        return text;
    }

    private static String number(String text) {
        if (!NUMBER.matcher(text).matches()) {
            return text;
        }
        BigDecimal exact = new BigDecimal(text);
        return exact.signum() == 0 ? "0" : exact.stripTrailingZeros().toPlainString();
    }

    private static String time(String text) {
        try {
            Instant instant = OffsetDateTime.parse(text).toInstant();
            long milliseconds = BigDecimal.valueOf(instant.getNano())
                    .movePointLeft(6)
                    .setScale(0, RoundingMode.HALF_EVEN)
                    .longValueExact();
            return MILLISECONDS.format(
                    Instant.ofEpochSecond(instant.getEpochSecond()).plusMillis(milliseconds));
        } catch (DateTimeException notATime) {
            return text;
        }
    }
}
