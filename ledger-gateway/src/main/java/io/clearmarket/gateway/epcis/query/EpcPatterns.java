package io.clearmarket.gateway.epcis.query;

import io.clearmarket.gateway.epcis.store.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What MATCH parameters look for: an identifier in any spelling; a class, which matches itself and its instances; an EPC pattern
 * with wildcards, {@code urn:epc:idpat:sgtin:0614141.*.*} (EPCIS 2.0, section 8.2.7.1.1).
 */
final class EpcPatterns {
    private static final Pattern SGTIN = Pattern.compile("urn:epc:idpat:sgtin:(\\d{6,12})\\.(\\d{1,7}|\\*)\\.(\\*|.+)");
    private static final Pattern CLASS = Pattern.compile("https://id\\.gs1\\.org/01/\\d{14}");

    private EpcPatterns() {}

    /** @param fields the facets to look in */
    static Condition condition(List<String> fields, List<String> values) {
        List<String> exact = new ArrayList<>();
        List<String> patterns = new ArrayList<>();
        for (String value : values) {
            String canonical = Values.canonical(value);
            Matcher sgtin = SGTIN.matcher(value);
            for (String field : fields) {
                exact.add(field + "=" + canonical);
                if (sgtin.matches() && sgtin.group(2).equals("*")) {
                    patterns.add("^" + field + "=https://id\\.gs1\\.org/01/\\d" + sgtin.group(1) + "\\d{"
                            + (13 - sgtin.group(1).length()) + "}(/|$)");
                } else if (CLASS.matcher(canonical).matches()) {
                    patterns.add("^" + field + "=" + canonical.replace(".", "\\.") + "/");
                }
            }
        }
        Condition facets = new Condition.Facets(exact);
        return patterns.isEmpty() ? facets : new Condition.Any(List.of(facets, new Condition.Matching(patterns)));
    }
}
