package io.clearmarket.gateway.provenance;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The many spellings of one GS1 identifier, and the one that hashes are made of: a GS1 Digital Link URI under {@code
 * https://id.gs1.org}, at its finest level, without attributes (CBV 2.0, section 8.9).
 */
public final class Gs1Uris {
    private static final String CANONICAL = "https://id.gs1.org";
    private static final Pattern EPC = Pattern.compile("urn:epc:(id|class|idpat):([a-z]+):(.+)");
    private static final Pattern WEB = Pattern.compile("https?://[^/?#]+(/[^?#]*)(\\?[^#]*)?");
    private static final Map<String, String> NAMES = Map.ofEntries(
            Map.entry("gtin", "01"),
            Map.entry("itip", "8006"),
            Map.entry("cpid", "8010"),
            Map.entry("gln", "414"),
            Map.entry("party", "417"),
            Map.entry("gsrnp", "8017"),
            Map.entry("gsrn", "8018"),
            Map.entry("gcn", "255"),
            Map.entry("sscc", "00"),
            Map.entry("gdti", "253"),
            Map.entry("ginc", "401"),
            Map.entry("gsin", "402"),
            Map.entry("grai", "8003"),
            Map.entry("giai", "8004"),
            Map.entry("cpv", "22"),
            Map.entry("lot", "10"),
            Map.entry("ser", "21"));
    private static final Set<String> KEYS = Set.of(
            "00", "01", "253", "255", "401", "402", "414", "417", "8003", "8004", "8006", "8010", "8017", "8018");

    /** For each primary key the qualifiers that identify more finely, finest first; others are attributes. */
    private static final Map<String, List<String>> QUALIFIERS = Map.of(
            "01", List.of("21", "235", "10"),
            "8006", List.of("21", "10"),
            "414", List.of("254"),
            "8010", List.of("8011"));

    private static final String ALNUM = "[%\"'.0-9;-?A-Z_a-z-]";
    private static final Pattern VALID = Pattern.compile("/00/\\d{18}"
            + "|/01/\\d{14}(/(21|10)/" + ALNUM + "{1,60}|/235/" + ALNUM + "{1,84})?"
            + "|/253/\\d{13}" + ALNUM + "{0,51}|/255/\\d{13,25}|/401/" + ALNUM + "{1,90}|/402/\\d{17}"
            + "|/414/\\d{13}(/254/" + ALNUM + "{1,60})?|/417/\\d{13}"
            + "|/8003/\\d{14}" + ALNUM + "{0,48}|/8004/" + ALNUM + "{1,90}"
            + "|/8006/\\d{18}(/(21|10)/" + ALNUM + "{1,60})?"
            + "|/8010/[%#0-9A-Z-]{1,90}(/8011/\\d{1,12})?|/801[78]/\\d{18}");

    private Gs1Uris() {}

    /** The canonical Digital Link URI, or the text unchanged where it is no GS1 identifier. */
    public static String canonical(String uri) {
        Matcher epc = EPC.matcher(uri);
        Optional<String> path = epc.matches() ? fromEpc(epc.group(1), epc.group(2), epc.group(3)) : fromWeb(uri);
        return path.filter(p -> VALID.matcher(p).matches())
                .map(CANONICAL::concat)
                .orElse(uri);
    }

    /** The check digit of a GTIN, GLN, SSCC, GSIN or GSRN (GS1 General Specifications, section 7.9.1). */
    public static int checkDigit(String digits) {
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            int weight = (digits.length() - i) % 2 == 1 ? 3 : 1;
            sum += weight * Character.digit(digits.charAt(i), 10);
        }
        return (10 - sum % 10) % 10;
    }

    private static Optional<String> fromEpc(String kind, String scheme, String body) {
        List<String> parts = List.of(body.split("\\.", -1));
        if (parts.size() < 2 || !parts.get(0).matches("\\d{6,12}")) {
            return Optional.empty();
        }
        String prefix = parts.get(0);
        String reference = parts.get(1);
        // serial numbers may hold dots: everything after the parts of fixed length is one
        String rest = parts.size() > 2 ? String.join(".", parts.subList(2, parts.size())) : "";
        boolean pattern = kind.equals("idpat");
        if (pattern && !rest.endsWith("*")) {
            return Optional.empty();
        }
        return switch (scheme) {
            case "sgtin" -> gtin(prefix, reference, 13).map(g -> "/01/" + g + (pattern ? "" : "/21/" + encode(rest)));
            case "upui" -> gtin(prefix, reference, 13).map(g -> "/01/" + g + (pattern ? "" : "/235/" + encode(rest)));
            case "lgtin" -> gtin(prefix, reference, 13).map(g -> "/01/" + g + "/10/" + encode(rest));
            case "sscc" -> gtin(prefix, reference, 17).map(s -> "/00/" + s);
            case "itip" -> itip(prefix, reference, rest, pattern);
            case "sgln" ->
                checked(prefix + reference, 12)
                        .map(g -> "/414/" + g + (rest.equals("0") ? "" : "/254/" + encode(rest)));
            case "pgln" -> checked(prefix + reference, 12).map(g -> "/417/" + g);
            case "grai" -> checked("0" + prefix + reference, 13).map(g -> "/8003/" + g + (pattern ? "" : encode(rest)));
            case "gdti" -> checked(prefix + reference, 12).map(g -> "/253/" + g + (pattern ? "" : encode(rest)));
            case "sgcn" -> checked(prefix + reference, 12).map(g -> "/255/" + g + (pattern ? "" : rest));
            case "gsrn" -> checked(prefix + reference, 17).map(g -> "/8018/" + g);
            case "gsrnp" -> checked(prefix + reference, 17).map(g -> "/8017/" + g);
            case "gsin" -> checked(prefix + reference, 16).map(g -> "/402/" + g);
            case "giai" -> Optional.of("/8004/" + prefix + encode(afterPrefix(body)));
            case "ginc" -> Optional.of("/401/" + prefix + encode(afterPrefix(body)));
            case "cpi" -> Optional.of("/8010/" + encode(prefix + reference) + (pattern ? "" : "/8011/" + rest));
            default -> Optional.empty();
        };
    }

    private static String afterPrefix(String body) {
        return body.substring(body.indexOf('.') + 1);
    }

    private static Optional<String> itip(String prefix, String reference, String rest, boolean pattern) {
        if (!rest.matches("\\d{2}\\.\\d{2}\\..+")) {
            return Optional.empty();
        }
        String pieces = rest.substring(0, 2) + rest.substring(3, 5);
        return gtin(prefix, reference, 13)
                .map(g -> "/8006/" + g + pieces + (pattern ? "" : "/21/" + encode(rest.substring(6))));
    }

    /** The reference's first digit (indicator, extension) goes before the company prefix. */
    private static Optional<String> gtin(String prefix, String reference, int length) {
        return reference.isEmpty()
                ? Optional.empty()
                : checked(reference.charAt(0) + prefix + reference.substring(1), length);
    }

    private static Optional<String> checked(String digits, int length) {
        return digits.length() == length && digits.chars().allMatch(Character::isDigit)
                ? Optional.of(digits + checkDigit(digits))
                : Optional.empty();
    }

    private static Optional<String> fromWeb(String uri) {
        Matcher web = WEB.matcher(uri);
        if (!web.matches()) {
            return Optional.empty();
        }
        List<String> segments = List.of(web.group(1).substring(1).split("/"));
        for (int i = 0; i + 1 < segments.size(); i++) {
            String key = NAMES.getOrDefault(segments.get(i), segments.get(i));
            if (KEYS.contains(key) && segments.get(i + 1).matches("\\d{4}.+")) {
                return Optional.of("/" + key + "/" + padded(key, segments.get(i + 1))
                        + qualifier(key, segments.subList(i + 2, segments.size())));
            }
        }
        return Optional.empty();
    }

    private static String padded(String key, String value) {
        return key.equals("01") && value.matches("\\d{8}|\\d{12}|\\d{13}")
                ? "0".repeat(14 - value.length()) + value
                : value;
    }

    private static String qualifier(String key, List<String> segments) {
        for (String wanted : QUALIFIERS.getOrDefault(key, List.of())) {
            for (int i = 0; i + 1 < segments.size(); i += 2) {
                if (NAMES.getOrDefault(segments.get(i), segments.get(i)).equals(wanted)) {
                    return "/" + wanted + "/" + segments.get(i + 1);
                }
            }
        }
        return "";
    }

    /** Percent-encodes what an EPC URI allows and a Digital Link path does not (Digital Link 1.2, table 7-1). */
    private static String encode(String value) {
        return value.replace("!", "%21")
                .replace("(", "%28")
                .replace(")", "%29")
                .replace("*", "%2A")
                .replace("+", "%2B")
                .replace(",", "%2C")
                .replace(":", "%3A");
    }
}
