package io.clearmarket.gateway.epcis.query;

import io.clearmarket.gateway.epcis.EpcisProblem;
import io.clearmarket.gateway.epcis.EpcisProblem.Kind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A query's parameters as texts, wherever they came from.
 *
 * @param values the values of each parameter; of a presence test none
 * @param prefixes namespaces of the prefixes in the parameters' names
 */
record Parameters(Map<String, List<String>> values, Map<String, String> prefixes) {
    private static final int MOST_VALUES = 200;

    /** From a URL's query: values are separated by {@code |} or the parameter is repeated. */
    static Parameters ofUrl(Map<String, ? extends Collection<String>> query, @Nullable String extensions) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        query.forEach((name, given) -> {
            if (!name.equals("perPage") && !name.equals("nextPageToken")) {
                List<String> all = new ArrayList<>();
                given.forEach(one -> all.addAll(List.of(one.split("\\|", -1))));
                values.put(name, bounded(name, all));
            }
        });
        return new Parameters(values, declared(extensions));
    }

    /** From the JSON object of a named query; {@code @context} declares its prefixes. */
    static Parameters ofJson(JsonNode query, @Nullable String extensions) {
        if (!query.isObject()) {
            throw new EpcisProblem(Kind.QUERY_VALIDATION, "query must be a JSON object of parameters");
        }
        Map<String, List<String>> values = new LinkedHashMap<>();
        Map<String, String> prefixes = new HashMap<>(declared(extensions));
        query.properties().forEach(property -> {
            if (property.getKey().equals("@context")) {
                collect(property.getValue(), prefixes);
            } else {
                values.put(
                        property.getKey(), bounded(property.getKey(), texts(property.getKey(), property.getValue())));
            }
        });
        return new Parameters(values, prefixes);
    }

    private static List<String> texts(String name, JsonNode value) {
        if (value.isNull()) {
            return List.of("");
        }
        List<String> all = new ArrayList<>();
        for (JsonNode one : value.isArray() ? value : List.of(value)) {
            if (one.isContainer() || one.isNull()) {
                throw new EpcisProblem(Kind.QUERY_VALIDATION, name + " must be a value or a list of values");
            }
            all.add(one.isNumber() ? one.decimalValue().toPlainString() : one.asString(""));
        }
        return all;
    }

    private static List<String> bounded(String name, List<String> values) {
        if (values.size() > MOST_VALUES) {
            throw new EpcisProblem(
                    Kind.QUERY_PARAMETER, name + " has " + values.size() + " values; at most are " + MOST_VALUES);
        }
        return List.copyOf(values);
    }

    /** The header: {@code ex=http://ns.example.com/epcis/, ...}. */
    private static Map<String, String> declared(@Nullable String extensions) {
        Map<String, String> prefixes = new HashMap<>();
        if (extensions != null) {
            for (String one : extensions.split(",", -1)) {
                int equals = one.indexOf('=');
                if (equals > 0) {
                    prefixes.put(
                            one.substring(0, equals).strip(),
                            one.substring(equals + 1).strip());
                }
            }
        }
        return prefixes;
    }

    private static void collect(JsonNode context, Map<String, String> into) {
        if (context.isArray()) {
            context.forEach(one -> collect(one, into));
        } else if (context.isObject()) {
            context.properties().forEach(entry -> {
                if (entry.getValue().isString()) {
                    into.put(entry.getKey(), entry.getValue().stringValue());
                }
            });
        }
    }
}
