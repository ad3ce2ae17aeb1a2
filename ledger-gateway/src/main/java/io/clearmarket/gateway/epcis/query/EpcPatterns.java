package io.clearmarket.gateway.epcis.query;

import io.clearmarket.gateway.epcis.store.Values;
import io.clearmarket.gateway.provenance.Gs1Uris;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What MATCH parameters look for: an identifier in any spelling; a class, which matches itself and its instances; a pure identity
 * pattern with wildcards at its end, {@code urn:epc:idpat:sgtin:0614141.*.*} (EPCIS 2.0, section 8.2.7.1.1; EPC Tag Data Standard,
 * section 8).
 */
final class EpcPatterns {
    private static final Pattern IDENTITIES = Pattern.compile("urn:epc:idpat:([a-z]+):(\\d{6,12}|\\*)\\.(.+)");
    private static final Pattern CLASS = Pattern.compile("https://id\\.gs1\\.org/01/\\d{14}");

    /**
     * For each scheme the canonical path of all of a company's identifiers: {@code ^} stands for its prefix, {@code #} for the digits
     * that make this up to so many with it.
     */
    private static final Map<String, String> OF_COMPANY = Map.ofEntries(
            Map.entry("sgtin", "/01/\\d^#13(/.+)?"),
            Map.entry("upui", "/01/\\d^#13/235/.+"),
            Map.entry("itip", "/8006/\\d^#17(/.+)?"),
            Map.entry("sscc", "/00/\\d^#17"),
            Map.entry("sgln", "/414/^#13(/.+)?"),
            Map.entry("pgln", "/417/^#13"),
            Map.entry("grai", "/8003/0^#13.*"),
            Map.entry("giai", "/8004/^.+"),
            Map.entry("gdti", "/253/^#13.*"),
            Map.entry("sgcn", "/255/^#13.*"),
            Map.entry("gsrn", "/8018/^#18"),
            Map.entry("gsrnp", "/8017/^#18"),
            Map.entry("gsin", "/402/^#17"),
            Map.entry("ginc", "/401/^.+"),
            Map.entry("cpi", "/8010/^[^/]+(/.+)?"));

    /** What follows a class's or type's own path in its instances', by scheme, where something does. */
    private static final Map<String, String> INSTANCES = Map.of(
            "sgtin", "(/.+)?",
            "upui", "/235/.+",
            "itip", "(/.+)?",
            "sgln", "(/.+)?",
            "grai", ".*",
            "gdti", ".*",
            "sgcn", ".*",
            "cpi", "(/.+)?");

    private static final Pattern PREFIX = Pattern.compile("\\^(?:#(\\d+))?");
    private static final String ROOT = "https://id\\.gs1\\.org";

    private EpcPatterns() {}

    /** @param fields the facets to look in */
    static Condition condition(List<String> fields, List<String> values) {
        List<String> exact = new ArrayList<>();
        List<String> patterns = new ArrayList<>();
        for (String value : values) {
            String canonical = Values.canonical(value);
            Optional<String> pattern = pattern(value, canonical);
            for (String field : fields) {
                exact.add(field + "=" + canonical);
                pattern.ifPresent(one -> patterns.add("^" + field + "=" + one + "$"));
            }
        }
        Condition facets = new Condition.Facets(exact);
        return patterns.isEmpty() ? facets : new Condition.Any(List.of(facets, new Condition.Matching(patterns)));
    }

    /** A regular expression of whole identifiers; nothing where the value stands for itself only. */
    private static Optional<String> pattern(String value, String canonical) {
        Matcher identities = IDENTITIES.matcher(value);
        if (!identities.matches()) {
            return CLASS.matcher(canonical).matches() ? Optional.of(literal(canonical) + "/.+") : Optional.empty();
        }
        String scheme = identities.group(1);
        if (identities.group(3).matches("\\*(\\.\\*)*")) {
            return Optional.ofNullable(OF_COMPANY.get(scheme)).map(path -> ofCompany(path, identities.group(2)));
        }
        String type = scheme.equals("sgln")
                ? Gs1Uris.canonical(value.replace(":idpat:", ":id:").replaceAll("\\*$", "0"))
                : canonical;
        return Optional.ofNullable(INSTANCES.get(scheme))
                .filter(instances -> !type.equals(value))
                .map(instances -> literal(type) + instances);
    }

    private static String ofCompany(String path, String prefix) {
        boolean any = prefix.equals("*");
        String digits = PREFIX.matcher(path).replaceAll(found -> {
            int known = any ? 0 : prefix.length();
            String rest = found.group(1) == null ? "" : "\\d{" + (Integer.parseInt(found.group(1)) - known) + "}";
            return Matcher.quoteReplacement((any ? "" : prefix) + rest);
        });
        return ROOT + digits;
    }

    private static String literal(String identifier) {
        return identifier.replace(".", "\\.");
    }
}
