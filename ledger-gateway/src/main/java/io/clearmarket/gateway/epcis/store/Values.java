package io.clearmarket.gateway.epcis.store;

import io.clearmarket.gateway.provenance.CbvWords;
import io.clearmarket.gateway.provenance.Gs1Uris;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Pattern;

/** The one spelling of each value that events and queries are compared in. */
public final class Values {
    private static final Pattern NUMBER = Pattern.compile("[+-]?\\d{1,40}(\\.\\d{1,40})?([eE][+-]?\\d{1,2})?");
    private static final Pattern TIME = Pattern.compile("\\d{4}-\\d{2}-\\d{2}T.+");

    private Values() {}

    /** A GS1 identifier as Digital Link URI, a word of a GS1 vocabulary bare, anything else unchanged. */
    public static String canonical(String value) {
        return Gs1Uris.canonical(CbvWords.bare(value));
    }

    /** The text as a number, if it is one. */
    public static Optional<BigDecimal> number(String text) {
        return NUMBER.matcher(text).matches() ? Optional.of(new BigDecimal(text)) : Optional.empty();
    }

    /** A number without needless digits. */
    public static String text(BigDecimal number) {
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }

    /** The text as an instant, if it is a date and time with an offset; to the microsecond, as the database keeps it. */
    public static Optional<Instant> instant(String text) {
        if (!TIME.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant().truncatedTo(ChronoUnit.MICROS));
        } catch (DateTimeException notATime) {
            return Optional.empty();
        }
    }
}
