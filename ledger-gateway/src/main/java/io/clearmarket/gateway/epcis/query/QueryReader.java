package io.clearmarket.gateway.epcis.query;

import static java.util.Map.entry;

import io.clearmarket.gateway.epcis.EpcisProblem;
import io.clearmarket.gateway.epcis.EpcisProblem.Kind;
import io.clearmarket.gateway.epcis.query.Condition.Comparison;
import io.clearmarket.gateway.epcis.query.EventQuery.OrderBy;
import io.clearmarket.gateway.epcis.store.Measure;
import io.clearmarket.gateway.epcis.store.Values;
import io.clearmarket.gateway.provenance.CbvWords;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the simple event query language (EPCIS 2.0, section 8.2.7.1), every parameter of it. */
final class QueryReader {
    private static final Map<String, String> EQUAL = Map.ofEntries(
            entry("eventType", "type"),
            entry("EQ_action", "action"),
            entry("EQ_bizStep", "bizStep"),
            entry("EQ_disposition", "disposition"),
            entry("EQ_persistentDisposition_set", "set"),
            entry("EQ_persistentDisposition_unset", "unset"),
            entry("EQ_readPoint", "readPoint"),
            entry("EQ_bizLocation", "bizLocation"),
            entry("EQ_transformationID", "transformationID"),
            entry("EQ_errorReason", "errorReason"),
            entry("EQ_correctiveEventID", "correctiveEventID"),
            entry("EQ_type", "sensor.type"),
            entry("EQ_deviceID", "sensor.deviceID"),
            entry("EQ_dataProcessingMethod", "sensor.dataProcessingMethod"),
            entry("EQ_microorganism", "sensor.microorganism"),
            entry("EQ_chemicalSubstance", "sensor.chemicalSubstance"),
            entry("EQ_bizRules", "sensor.bizRules"),
            entry("EQ_stringValue", "sensor.stringValue"),
            entry("EQ_booleanValue", "sensor.booleanValue"),
            entry("EQ_hexBinaryValue", "sensor.hexBinaryValue"),
            entry("EQ_uriValue", "sensor.uriValue"));
    private static final Map<String, List<String>> MATCH = Map.of(
            "MATCH_epc", List.of("epc"),
            "MATCH_parentID", List.of("parentID"),
            "MATCH_inputEPC", List.of("inputEPC"),
            "MATCH_outputEPC", List.of("outputEPC"),
            "MATCH_anyEPC", List.of("epc", "parentID", "inputEPC", "outputEPC"),
            "MATCH_epcClass", List.of("epcClass"),
            "MATCH_inputEPCClass", List.of("inputEPCClass"),
            "MATCH_outputEPCClass", List.of("outputEPCClass"),
            "MATCH_anyEPCClass", List.of("epcClass", "inputEPCClass", "outputEPCClass"));
    private static final Set<String> CONTROLS = Set.of("orderBy", "orderDirection", "eventCountLimit", "maxEventCount");
    private static final List<String> COMPARISONS = List.of("EQ", "GT", "GE", "LT", "LE");
    private static final List<String> TIMES =
            List.of("eventTime", "recordTime", "errorDeclarationTime", "time", "startTime", "endTime");
    private static final List<String> MEASURES =
            List.of("quantity", "value", "minValue", "maxValue", "meanValue", "sDev", "percValue");
    private static final List<String> TYPES = List.of("bizTransaction", "source", "destination");
    private static final List<String> SCOPES = List.of(
            "ILMD_",
            "ERROR_DECLARATION_",
            "SENSORELEMENT_",
            "SENSORMETADATA_",
            "SENSORREPORT_",
            "readPoint_",
            "bizLocation_");
    private static final Pattern COMPARED = Pattern.compile("(" + String.join("|", COMPARISONS) + ")_(.+)");
    private static final Pattern MEASURE =
            Pattern.compile("(" + String.join("|", MEASURES) + ")(?:_([A-Z0-9]{2,4}))?|percRank");
    private static final Pattern TYPED = Pattern.compile("(" + String.join("|", TYPES) + ")_(.+)");
    private static final Pattern FIELD =
            Pattern.compile("((?:INNER_)?(?:" + String.join("|", SCOPES) + ")?)([^:]+):(.+)");
    private static final List<String> DESCRIBED =
            List.of("readPoint", "bizLocation", "bizStep", "disposition", "epcClass");

    private final Parameters parameters;

    private QueryReader(Parameters parameters) {
        this.parameters = parameters;
    }

    /**
     * The names of all parameters that conditions have; {@code {unit}}, {@code {type}}, {@code {attribute}}, {@code {name}} (a field
     * of the standard) and {@code {field}} (one of another namespace) are the asker's.
     */
    static SortedSet<String> names() {
        SortedSet<String> names = new TreeSet<>(EQUAL.keySet());
        names.addAll(MATCH.keySet());
        names.addAll(List.of("EQ_eventID", "WD_readPoint", "WD_bizLocation", "EXISTS_{name}"));
        TYPES.forEach(type -> names.add("EQ_" + type + "_{type}"));
        DESCRIBED.forEach(field -> names.addAll(List.of("HASATTR_" + field, "EQATTR_" + field + "_{attribute}")));
        for (String comparison : COMPARISONS) {
            if (!comparison.equals("EQ")) {
                TIMES.forEach(time -> names.add(comparison + "_" + time));
            }
            MEASURES.forEach(measure ->
                    names.addAll(List.of(comparison + "_" + measure, comparison + "_" + measure + "_{unit}")));
            names.add(comparison + "_percRank");
        }
        Stream.concat(Stream.of(""), SCOPES.stream())
                .flatMap(scope -> Stream.of(scope, "INNER_" + scope))
                .forEach(scope -> Stream.concat(Stream.of("EXISTS"), COMPARISONS.stream())
                        .forEach(asked -> names.add(asked + "_" + scope + "{field}")));
        return names;
    }

    /** @throws EpcisProblem a parameter that is none, or has a value of the wrong form */
    static EventQuery read(Parameters parameters) {
        QueryReader reader = new QueryReader(parameters);
        List<Condition> conditions = new ArrayList<>();
        parameters.values().forEach((name, values) -> {
            if (!CONTROLS.contains(name)) {
                conditions.add(reader.condition(name, values));
            }
        });
        Integer limit = reader.count("eventCountLimit");
        Integer most = reader.count("maxEventCount");
        if (limit != null && most != null) {
            throw new EpcisProblem(Kind.QUERY_PARAMETER, "eventCountLimit and maxEventCount exclude each other");
        }
        return new EventQuery(conditions, reader.orderBy(), reader.descending(), limit, most);
    }

    private Condition condition(String name, List<String> values) {
        String equal = EQUAL.get(name);
        if (equal != null) {
            return new Condition.Facets(values.stream()
                    .map(value -> equal + "=" + Values.canonical(value))
                    .toList());
        }
        List<String> match = MATCH.get(name);
        if (match != null) {
            return EpcPatterns.condition(match, values);
        }
        return switch (name) {
            case "EQ_eventID" -> new Condition.Ids(values);
            case "WD_readPoint", "WD_bizLocation" ->
                new Condition.Within(
                        name.substring(3),
                        values.stream().map(Values::canonical).toList());
            default -> byPrefix(name, values);
        };
    }

    private Condition byPrefix(String name, List<String> values) {
        if (name.startsWith("EXISTS_")) {
            return new Condition.Facets(List.of("has " + field(name, name.substring("EXISTS_".length()))));
        }
        if (name.startsWith("HASATTR_")) {
            String field = name.substring("HASATTR_".length());
            return new Condition.Any(values.stream()
                    .map(attribute -> described(name, field, attribute, List.of()))
                    .toList());
        }
        Matcher attribute = Pattern.compile("EQ_?ATTR_([A-Za-z]+)_(.+)").matcher(name);
        if (attribute.matches()) {
            return described(name, attribute.group(1), attribute.group(2), values);
        }
        Matcher compared = COMPARED.matcher(name);
        if (!compared.matches()) {
            throw unknown(name);
        }
        boolean equality = compared.group(1).equals("EQ");
        String rest = compared.group(2);
        return equality
                ? equal(name, rest, values)
                : compare(name, Comparison.valueOf(compared.group(1)), rest, values);
    }

    private Condition equal(String name, String rest, List<String> values) {
        Matcher typed = TYPED.matcher(rest);
        if (MEASURE.matcher(rest).matches()) {
            return new Condition.Facets(values.stream()
                    .map(value -> measure(rest, number(name, value)))
                    .map(measure -> measure.name() + "#" + Values.text(measure.number()))
                    .toList());
        }
        if (typed.matches()) {
            String facet = typed.group(1) + "/" + CbvWords.bare(typed.group(2));
            return new Condition.Facets(values.stream()
                    .map(value -> facet + "=" + Values.canonical(value))
                    .toList());
        }
        String field = extension(name, rest);
        List<String> facets = new ArrayList<>();
        for (String value : values) {
            facets.add(field + "=" + value);
            Values.number(value).ifPresent(number -> facets.add(field + "#" + Values.text(number)));
            Values.instant(value).ifPresent(instant -> facets.add(field + "@" + instant));
        }
        return new Condition.Facets(facets);
    }

    private Condition compare(String name, Comparison comparison, String rest, List<String> values) {
        String value = single(name, values);
        return switch (rest) {
            case "eventTime" -> new Condition.EventTime(comparison, time(name, value));
            case "recordTime" -> new Condition.RecordTime(comparison, time(name, value));
            case "errorDeclarationTime", "errorDeclaration_Time" ->
                new Condition.Time("errorDeclarationTime", comparison, time(name, value));
            case "time", "startTime", "endTime" -> new Condition.Time(rest, comparison, time(name, value));
            default -> compareNamed(name, comparison, rest, value);
        };
    }

    private Condition compareNamed(String name, Comparison comparison, String rest, String value) {
        if (MEASURE.matcher(rest).matches()) {
            Measure measure = measure(rest, number(name, value));
            return new Condition.Measure(measure.name(), comparison, measure.number());
        }
        String field = extension(name, rest);
        Optional<Instant> instant = Values.instant(value);
        return instant.isPresent()
                ? new Condition.Time(field, comparison, instant.get())
                : new Condition.Measure(field, comparison, number(name, value));
    }

    private Condition described(String name, String field, String attribute, List<String> values) {
        if (!DESCRIBED.contains(field)) {
            throw new EpcisProblem(
                    Kind.QUERY_PARAMETER, name + ": attributes are those of " + DESCRIBED + ", not of " + field);
        }
        return field.equals("epcClass")
                ? new Condition.Any(Objects.requireNonNull(MATCH.get("MATCH_anyEPCClass")).stream()
                        .<Condition>map(list -> new Condition.Described(list, expanded(attribute), values))
                        .toList())
                : new Condition.Described(field, expanded(attribute), values);
    }

    /** A field of the standard, or an extension. */
    private String field(String name, String field) {
        return field.matches("[A-Za-z]+") ? field : extension(name, field);
    }

    /** An extension by its IRI where its prefix is declared, else as it stands. */
    private String extension(String name, String field) {
        Matcher parts = FIELD.matcher(field);
        if (!parts.matches()) {
            throw unknown(name);
        }
        return parts.group(1) + expanded(parts.group(2) + ":" + parts.group(3));
    }

    private String expanded(String field) {
        int colon = field.indexOf(':');
        String namespace = colon < 0 ? null : parameters.prefixes().get(field.substring(0, colon));
        return namespace == null ? field : namespace + field.substring(colon + 1);
    }

    private @Nullable OrderBy orderBy() {
        List<String> values = parameters.values().get("orderBy");
        if (values == null) {
            return null;
        }
        String field = single("orderBy", values);
        return switch (field) {
            case "eventTime" -> new OrderBy.OwnTime("event_time");
            case "recordTime" -> new OrderBy.OwnTime("record_time");
            default ->
                new OrderBy.Named(
                        MEASURE.matcher(field).matches()
                                ? measure(field, BigDecimal.ZERO).name()
                                : extension("orderBy", field));
        };
    }

    /** The standard's default is descending. */
    private boolean descending() {
        List<String> values = parameters.values().get("orderDirection");
        if (values == null) {
            return true;
        }
        return switch (single("orderDirection", values)) {
            case "DESC" -> true;
            case "ASC" -> false;
            default -> throw new EpcisProblem(Kind.QUERY_PARAMETER, "orderDirection must be ASC or DESC");
        };
    }

    private @Nullable Integer count(String name) {
        List<String> values = parameters.values().get(name);
        if (values == null) {
            return null;
        }
        String value = single(name, values);
        if (!value.matches("[1-9]\\d{0,8}")) {
            throw new EpcisProblem(Kind.QUERY_PARAMETER, name + " is \"" + value + "\"; it must be a positive number");
        }
        return Integer.valueOf(value);
    }

    /** Without a unit numbers are compared as they are, with one in any unit of its kind. */
    private static Measure measure(String name, BigDecimal number) {
        Matcher parts = MEASURE.matcher(name);
        return parts.matches() && parts.group(2) != null
                ? Measure.of(parts.group(1), parts.group(2), number)
                : new Measure(name, number);
    }

    private static String single(String name, List<String> values) {
        if (values.size() != 1) {
            throw new EpcisProblem(Kind.QUERY_PARAMETER, name + " takes one value, not " + values.size());
        }
        return values.getFirst();
    }

    private static BigDecimal number(String name, String value) {
        return Values.number(value)
                .orElseThrow(() ->
                        new EpcisProblem(Kind.QUERY_PARAMETER, name + " is \"" + value + "\"; it must be a number"));
    }

    private static Instant time(String name, String value) {
        return Values.instant(value)
                .orElseThrow(() -> new EpcisProblem(
                        Kind.QUERY_PARAMETER,
                        name + " is \"" + value + "\"; it must be a date and time with an offset"));
    }

    private static EpcisProblem unknown(String name) {
        return new EpcisProblem(Kind.QUERY_PARAMETER, name + " is no parameter of the EPCIS query language");
    }
}
