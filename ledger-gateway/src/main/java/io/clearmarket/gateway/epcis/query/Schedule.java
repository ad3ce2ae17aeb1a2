package io.clearmarket.gateway.epcis.query;

import io.clearmarket.gateway.epcis.EpcisProblem;
import io.clearmarket.gateway.epcis.EpcisProblem.Kind;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * When a standing query runs (EPCIS 2.0, section 8.2.5.3), in UTC. A field that is not given takes any value if it is coarser than
 * all that are given, and its least value if it is finer, so that an hour alone means once in that hour.
 */
final class Schedule {
    private static final Pattern ELEMENT = Pattern.compile("(\\d{1,2})|\\[(\\d{1,2})-(\\d{1,2})]");
    private static final int YEARS = 5;

    /** Finest first. */
    private enum Field {
        SECOND("second", ChronoField.SECOND_OF_MINUTE, ChronoUnit.SECONDS),
        MINUTE("minute", ChronoField.MINUTE_OF_HOUR, ChronoUnit.MINUTES),
        HOUR("hour", ChronoField.HOUR_OF_DAY, ChronoUnit.HOURS),
        DAY_OF_MONTH("dayOfMonth", ChronoField.DAY_OF_MONTH, ChronoUnit.DAYS),
        DAY_OF_WEEK("dayOfWeek", ChronoField.DAY_OF_WEEK, ChronoUnit.DAYS),
        MONTH("month", ChronoField.MONTH_OF_YEAR, ChronoUnit.DAYS);

        private final String word;
        private final ChronoField chrono;
        private final ChronoUnit step;

        Field(String word, ChronoField chrono, ChronoUnit step) {
            this.word = word;
            this.chrono = chrono;
            this.step = step;
        }
    }

    private final Map<Field, BitSet> allowed = new EnumMap<>(Field.class);

    private Schedule() {}

    /** @throws EpcisProblem SubscriptionControlsException, if it is none */
    static Schedule parse(JsonNode schedule) {
        Schedule parsed = new Schedule();
        for (String name : schedule.propertyNames()) {
            Field field = List.of(Field.values()).stream()
                    .filter(one -> one.word.equals(name))
                    .findFirst()
                    .orElseThrow(() -> wrong("a schedule has no \"" + name + "\""));
            parsed.allowed.put(field, values(field, schedule.path(name).asString("")));
        }
        if (parsed.allowed.isEmpty()) {
            throw wrong("a schedule names at least one of second, minute, hour, dayOfMonth, month, dayOfWeek");
        }
        for (Field field : List.of(Field.SECOND, Field.MINUTE, Field.HOUR)) {
            if (parsed.allowed.containsKey(field)) {
                break;
            }
            BitSet least = new BitSet();
            least.set(0);
            parsed.allowed.put(field, least);
        }
        return parsed;
    }

    /** The first time after this one; empty if there is none within years. */
    Optional<Instant> next(Instant after) {
        ZonedDateTime at =
                after.atZone(ZoneOffset.UTC).truncatedTo(ChronoUnit.SECONDS).plusSeconds(1);
        ZonedDateTime end = at.plusYears(YEARS);
        while (at.isBefore(end)) {
            ZonedDateTime moved = advanced(at);
            if (moved.equals(at)) {
                return Optional.of(at.toInstant());
            }
            at = moved;
        }
        return Optional.empty();
    }

    /** The same time if it fits; else the beginning of the next unit of the coarsest field that does not. */
    private ZonedDateTime advanced(ZonedDateTime at) {
        List<Field> coarsestFirst = List.of(Field.values()).reversed();
        for (Field field : coarsestFirst) {
            BitSet values = allowed.get(field);
            if (values != null && !values.get(at.get(field.chrono))) {
                return at.plus(1, field.step).truncatedTo(field.step);
            }
        }
        return at;
    }

    private static BitSet values(Field field, String text) {
        BitSet values = new BitSet();
        for (String element : text.split(",", -1)) {
            Matcher parts = ELEMENT.matcher(element.strip());
            if (!parts.matches()) {
                throw wrong(field.word + " is \"" + text + "\"; it must be numbers and ranges such as 1,[5-7]");
            }
            int from = Integer.parseInt(parts.group(1) == null ? parts.group(2) : parts.group(1));
            int to = Integer.parseInt(parts.group(1) == null ? parts.group(3) : parts.group(1));
            try {
                field.chrono.checkValidValue(from);
                field.chrono.checkValidValue(to);
            } catch (DateTimeException outside) {
                throw wrong(field.word + " is \"" + text + "\"; it must be within " + field.chrono.range());
            }
            if (from > to) {
                throw wrong(field.word + " has a range that ends before it begins");
            }
            values.set(from, to + 1);
        }
        return values;
    }

    private static EpcisProblem wrong(String detail) {
        return new EpcisProblem(Kind.SUBSCRIPTION_CONTROLS, detail);
    }
}
