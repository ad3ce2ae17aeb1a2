package io.clearmarket.chaincode.api;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An item's identity as GS1 Digital Link URI, which CBV 2.0 allows in the place of an EPC URN. One item has one spelling on
 * the ledger: a serialised trade item is {@code https://id.gs1.org/01/{GTIN-14}/21/{serial}}; anything else is a URI of
 * GS1's other keys, such as {@code https://id.gs1.org/00/{SSCC}}.
 */
public record Epc(@JsonValue String uri) {
    private static final String SGTIN_URN = "urn:epc:id:sgtin:";
    /** A serial number, percent-encoded where a path needs it. */
    public static final String SERIAL = "(?:[A-Za-z0-9._~!*'(),:;=@-]|%(?:2[0-9B-F]|3F)){1,60}";

    private static final String ITEM_FORM = "https://id\\.gs1\\.org/01/([0-9]{14})/21/(" + SERIAL + ")";
    private static final String OTHER_FORM = "https://id\\.gs1\\.org/(?!01/)[0-9]{2,4}/[!-~]{1,120}";

    /** Either; an item's GTIN has its check digit besides. */
    public static final String FORM = ITEM_FORM + "|" + OTHER_FORM;

    private static final Pattern ITEM = Pattern.compile(ITEM_FORM);
    private static final Pattern OTHER = Pattern.compile(OTHER_FORM);
    private static final String URN_FORM = "([0-9]{6,12})\\.([0-9])([0-9]{0,6})\\.(" + SERIAL + ")";
    private static final Pattern URN = Pattern.compile(URN_FORM);

    /** A serialised trade item in its other spelling, which {@link #parse} takes too. */
    public static final String SGTIN_FORM = SGTIN_URN + URN_FORM;

    /** Refuses, with the right spelling where there is one. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Epc {
        Matcher item = ITEM.matcher(uri);
        if (item.matches()) {
            Gtin.require(item.group(1));
        } else if (!OTHER.matcher(uri).matches()) {
            throw new InvalidValue("epc", uri, spelling(uri));
        }
    }

    /** A serialised trade item. */
    public static Epc of(String gtin, String serial) {
        return new Epc("https://id.gs1.org/01/" + gtin + "/21/" + serial);
    }

    /** From either spelling: the Digital Link URI itself or {@code urn:epc:id:sgtin:}. */
    public static Epc parse(String text) {
        return text.startsWith(SGTIN_URN) ? fromSgtin(text) : new Epc(text);
    }

    /** The GTIN-14, where the item is a serialised trade item. */
    public Optional<String> gtin() {
        Matcher item = ITEM.matcher(uri);
        return item.matches() ? Optional.of(item.group(1)) : Optional.empty();
    }

    /** GS1 TDS 2.x, section 7.3: company prefix, indicator and item reference, serial; the check digit is computed. */
    private static Epc fromSgtin(String urn) {
        Matcher parts = URN.matcher(urn.substring(SGTIN_URN.length()));
        if (!parts.matches() || parts.group(1).length() + parts.group(3).length() != 12) {
            throw new InvalidValue("epc", urn, "urn:epc:id:sgtin:<company prefix>.<item reference>.<serial>");
        }
        String thirteen = parts.group(2) + parts.group(1) + parts.group(3);
        return of(thirteen + Gtin.checkDigit(thirteen), parts.group(4));
    }

    private static String spelling(String uri) {
        try {
            if (uri.startsWith(SGTIN_URN)) {
                return "spelled " + fromSgtin(uri).uri();
            }
        } catch (InvalidValue notAnSgtinEither) {
            // the general form below says what would be right
        }
        return "a GS1 Digital Link URI such as https://id.gs1.org/01/{GTIN-14}/21/{serial}";
    }

    @Override
    public String toString() {
        return uri;
    }
}
