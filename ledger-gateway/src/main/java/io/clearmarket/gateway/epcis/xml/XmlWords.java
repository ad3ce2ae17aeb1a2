package io.clearmarket.gateway.epcis.xml;

import io.clearmarket.gateway.epcis.EpcisProblem;
import io.clearmarket.gateway.epcis.EpcisProblem.Kind;
import io.clearmarket.gateway.provenance.CbvWords;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How words of GS1's vocabularies are spelled in XML, which has no bare ones (header {@code GS1-CBV-XML-Format}). */
public enum XmlWords {
    /** Such as {@code urn:epcglobal:cbv:bizstep:shipping}, as in GS1's own XML examples. */
    URN,
    /** Such as {@code https://ref.gs1.org/cbv/BizStep-shipping}. */
    WEB_URI;

    /** The vocabulary of each field that has one; by the old URN's part and the web URI's. */
    private static final Map<String, Map.Entry<String, String>> VOCABULARIES = Map.of(
            "bizStep", Map.entry("bizstep", "BizStep"),
            "disposition", Map.entry("disp", "Disp"),
            "set", Map.entry("disp", "Disp"),
            "unset", Map.entry("disp", "Disp"),
            "reason", Map.entry("er", "ER"),
            "bizTransaction", Map.entry("btt", "BTT"),
            "source", Map.entry("sdt", "SDT"),
            "destination", Map.entry("sdt", "SDT"));

    /**
     * As a request's header asks for.
     *
     * @throws EpcisProblem for Never_Translates: what was captured in JSON has bare words, which XML has not
     */
    public static XmlWords ofHeader(@Nullable String header) {
        return switch (header == null ? "No_Preference" : header) {
            case "No_Preference", "Always_URN" -> URN;
            case "Always_Web_URI" -> WEB_URI;
            default ->
                throw new EpcisProblem(
                        Kind.NOT_ACCEPTABLE, "GS1-CBV-XML-Format must be Always_URN, Always_Web_URI or No_Preference");
        };
    }

    /** The word in XML; a value of another vocabulary, or of a field without one, unchanged. */
    String spelled(String field, String value) {
        Map.Entry<String, String> vocabulary = VOCABULARIES.get(field);
        String word = CbvWords.bare(value);
        if (vocabulary == null || word.indexOf(':') >= 0 || word.isEmpty()) {
            return value;
        }
        return this == URN
                ? "urn:epcglobal:cbv:" + vocabulary.getKey() + ":" + word
                : "https://ref.gs1.org/cbv/" + vocabulary.getValue() + "-" + word;
    }

    /** The words of sensors have no URN; they are written with GS1's prefixes, as in its examples. */
    static String ofSensor(String field, String value) {
        String word = CbvWords.bare(value);
        if (word.indexOf(':') >= 0 || word.isEmpty()) {
            return value;
        }
        return switch (field) {
            case "type", "exception" -> "gs1:" + word;
            case "component" -> "cbv:Comp-" + word;
            default -> value;
        };
    }

    /** The word in JSON-LD, where GS1's schema wants it bare. */
    static String read(String field, String value) {
        boolean worded = VOCABULARIES.containsKey(field)
                || field.equals("type")
                || field.equals("exception")
                || field.equals("component");
        return worded ? CbvWords.bare(value) : value;
    }
}
