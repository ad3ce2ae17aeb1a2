package io.clearmarket.gateway.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.clearmarket.wallet.json.Json;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Requests made from the API's description: as it says, at its edges, and against it. The same for the same seed. */
final class DescribedRequests {
    /** Texts that have troubled parsers, databases and paths. */
    private static final List<String> ODD = List.of(
            "",
            " ",
            "\0",
            "a\0b",
            "x".repeat(3_000),
            "ü€😀",
            "\u202e",
            "-1",
            "0",
            "2147483647",
            "99999999999999999999",
            "1e9",
            "null",
            "[]",
            "' or 1=1 --",
            "..",
            "%",
            "+1000000000-12-31T23:59:59Z",
            "-999999999-01-01",
            "2026-13-45",
            "0x",
            "1,2",
            "a".repeat(64));

    /** What is asked there was given out before. */
    private static final Set<String> GIVEN_OUT = Set.of("/epcis/nextPageToken/{token}");

    private static final String EXACT = "as described";

    private static final List<String> WHOLE = List.of("", "null", "[]", "{}", "\"x\"", "{\"a\":", "7");

    private final JsonNode description;
    private final Map<String, String> known;
    private final int mutations;
    private final Random random;

    /**
     * @param description the API's, OpenAPI
     * @param known values of parameters that name what exists, by the parameter's name
     * @param mutations changed bodies for each operation that takes one
     */
    DescribedRequests(JsonNode description, Map<String, String> known, int mutations, long seed) {
        this.description = description;
        this.known = known;
        this.mutations = mutations;
        this.random = new Random(seed);
    }

    /** An operation of the description. */
    record Described(String method, String path, JsonNode operation) {
        @Override
        public String toString() {
            return method + " " + path;
        }

        /** Needs no token. */
        boolean isPublic() {
            return operation.path("security").isArray()
                    && operation.path("security").isEmpty();
        }
    }

    /**
     * A request.
     *
     * @param name what is special about it
     * @param target path and query
     * @param body absent: none
     */
    record Attempt(
            Described operation,
            String name,
            String target,
            Map<String, String> headers,
            @Nullable String body,
            boolean anonymous) {
        /** True for one that holds what the description gives as an example: nothing is wrong with its form. */
        boolean isExact() {
            return name.equals(EXACT)
                    && (body == null
                            || (!body.contains("...")
                                    && operation.operation().findPath("example").isContainer()));
        }

        Attempt withBody(String text, String mediaType) {
            Map<String, String> more = new LinkedHashMap<>(headers);
            more.put("Content-Type", mediaType);
            return new Attempt(operation, name, target, more, text, anonymous);
        }

        Attempt withHeader(String header, String value) {
            Map<String, String> more = new LinkedHashMap<>(headers);
            more.put(header, value);
            return new Attempt(operation, "odd " + header, target, more, body, anonymous);
        }

        Attempt withNamelessParameter() {
            String more = target + (target.contains("?") ? "&" : "?") + "=x";
            return new Attempt(operation, "a parameter without a name", more, headers, body, anonymous);
        }

        @Override
        public String toString() {
            String shown = body == null || body.length() < 400 ? body : body.substring(0, 400) + "...";
            return operation + ", " + name + ": " + (target.length() < 300 ? target : target.substring(0, 300)) + " "
                    + headers + " " + shown;
        }
    }

    /** Every operation. */
    Stream<Described> operations() {
        return description.path("paths").properties().stream()
                .flatMap(path -> path.getValue().properties().stream()
                        .map(method -> new Described(
                                method.getKey().toUpperCase(Locale.ROOT), path.getKey(), method.getValue())));
    }

    /** The requests to an operation. */
    List<Attempt> attempts(Described operation) {
        List<Attempt> attempts = new ArrayList<>();
        Map<String, String> usual = parameters(operation);
        JsonNode body = body(operation);
        attempts.add(attempt(operation, "no token", usual, body, true));
        boolean exact = !GIVEN_OUT.contains(operation.path()) && fits(operation, usual);
        Attempt described = attempt(operation, exact ? EXACT : "as far as known", usual, body, false);
        attempts.add(described);
        attempts.add(described.withNamelessParameter());
        attempts.add(described.withHeader("Accept", "no`media; type"));
        for (JsonNode parameter : operation.operation().path("parameters")) {
            String name = parameter.path("name").asString();
            Map<String, String> odd = new LinkedHashMap<>(usual);
            odd.put(key(parameter), ODD.get(random.nextInt(ODD.size())));
            attempts.add(attempt(operation, "odd " + name, odd, body, false));
            if (!parameter.path("in").asString().equals("path")) {
                Map<String, String> changed = new LinkedHashMap<>(usual);
                changed.remove(key(parameter));
                attempts.add(attempt(operation, "no " + name, changed, body, false));
            }
        }
        if (body != null) {
            bodies(operation, usual, body, attempts);
        }
        return attempts;
    }

    private void bodies(Described operation, Map<String, String> usual, JsonNode body, List<Attempt> attempts) {
        String whole = WHOLE.get(random.nextInt(WHOLE.size()));
        attempts.add(attempt(operation, "body", usual, null, false).withBody(whole, "application/json"));
        String type = random.nextBoolean() ? "text/plain" : "no-media-type";
        attempts.add(attempt(operation, "media type", usual, null, false).withBody("{}", type));
        for (int i = 0; i < mutations; i++) {
            attempts.add(attempt(operation, "changed body", usual, changed(body.deepCopy()), false));
        }
    }

    private Attempt attempt(
            Described operation, String name, Map<String, String> values, @Nullable JsonNode body, boolean anonymous) {
        String target = operation.path();
        StringBuilder query = new StringBuilder();
        Map<String, String> headers = new LinkedHashMap<>();
        for (JsonNode parameter : operation.operation().path("parameters")) {
            String value = values.get(key(parameter));
            String parameterName = parameter.path("name").asString();
            if (value == null) {
                continue;
            }
            switch (parameter.path("in").asString()) {
                case "path" -> target = target.replace("{" + parameterName + "}", encoded(value));
                case "query" ->
                    query.append(query.isEmpty() ? '?' : '&')
                            .append(parameterName)
                            .append('=')
                            .append(encoded(value));
                default -> headers.put(parameterName, printable(value));
            }
        }
        Attempt attempt = new Attempt(operation, name, target + query, headers, null, anonymous);
        return body == null ? attempt : attempt.withBody(Json.MAPPER.writeValueAsString(body), "application/json");
    }

    private Map<String, String> parameters(Described operation) {
        Map<String, String> values = new LinkedHashMap<>();
        for (JsonNode parameter : operation.operation().path("parameters")) {
            String name = parameter.path("name").asString();
            String value = name.equals("Idempotency-Key")
                    ? "described-" + Long.toHexString(random.nextLong())
                    : known.get(name);
            if (value != null && fits(parameter, value)) {
                values.put(key(parameter), value);
            } else if (parameter.path("required").asBoolean(false)) {
                values.put(key(parameter), example(parameter.path("schema"), 0).asString("x"));
            }
        }
        return values;
    }

    private static boolean fits(Described operation, Map<String, String> values) {
        for (JsonNode parameter : operation.operation().path("parameters")) {
            String value = values.get(key(parameter));
            if (value != null && !fits(parameter, value)) {
                return false;
            }
        }
        return true;
    }

    private static boolean fits(JsonNode parameter, String value) {
        JsonNode schema = parameter.path("schema");
        String pattern = schema.path("pattern").asString("");
        boolean isUuid = schema.path("format").asString("").equals("uuid");
        return (pattern.isEmpty() || value.matches(pattern)) && (!isUuid || value.length() == 36);
    }

    private @Nullable JsonNode body(Described operation) {
        JsonNode media =
                operation.operation().path("requestBody").path("content").path("application/json");
        if (media.isMissingNode()) {
            return null;
        }
        return media.has("example") ? media.path("example") : example(media.path("schema"), 0);
    }

    /** A value as a schema has it. */
    private JsonNode example(JsonNode schema, int depth) {
        String reference = schema.path("$ref").asString("");
        if (!reference.isEmpty()) {
            return example(description.at(reference.substring(1)), depth + 1);
        }
        if (schema.path("enum").isArray()) {
            return schema.path("enum").get(0);
        }
        return switch (schema.path("type").asString("object")) {
            case "string" ->
                Json.MAPPER
                        .getNodeFactory()
                        .stringNode(text(schema.path("format").asString("")));
            case "integer", "number" -> Json.MAPPER.getNodeFactory().numberNode(1);
            case "boolean" -> Json.MAPPER.getNodeFactory().booleanNode(true);
            case "array" -> {
                ArrayNode array = Json.MAPPER.createArrayNode();
                if (depth < 8) {
                    array.add(example(schema.path("items"), depth + 1));
                }
                yield array;
            }
            default -> {
                ObjectNode object = Json.MAPPER.createObjectNode();
                if (depth < 8) {
                    schema.path("properties")
                            .properties()
                            .forEach(
                                    property -> object.set(property.getKey(), example(property.getValue(), depth + 1)));
                }
                yield object;
            }
        };
    }

    private static String text(String format) {
        return switch (format) {
            case "date-time" -> "2026-11-24T12:00:00Z";
            case "date" -> "2026-11-24";
            case "uuid" -> "00000000-0000-4000-8000-000000000000";
            case "uri" -> "https://receiver.example/hook";
            default -> "3a".repeat(32);
        };
    }

    /** The value with one place of it changed: gone, of another type, or odd. */
    private JsonNode changed(JsonNode value) {
        if (value instanceof ObjectNode object && !object.isEmpty()) {
            List<String> names = List.copyOf(object.propertyNames());
            String name = names.get(random.nextInt(names.size()));
            switch (random.nextInt(6)) {
                case 0 -> object.remove(name);
                case 1 -> object.set(name + "x", object.path(name));
                case 2 -> object.set(name, odd());
                default -> object.set(name, changed(object.path(name)));
            }
            return object;
        }
        if (value instanceof ArrayNode array && !array.isEmpty() && random.nextInt(4) > 0) {
            int index = random.nextInt(array.size());
            array.set(index, changed(array.get(index)));
            return array;
        }
        return odd();
    }

    private JsonNode odd() {
        return switch (random.nextInt(8)) {
            case 0 -> Json.MAPPER.nullNode();
            case 1 -> Json.MAPPER.createArrayNode().add(1);
            case 2 -> Json.MAPPER.createObjectNode().put("a", "b");
            case 3 -> Json.MAPPER.getNodeFactory().numberNode(random.nextBoolean() ? -1 : Long.MAX_VALUE);
            case 4 -> Json.MAPPER.getNodeFactory().booleanNode(false);
            default -> Json.MAPPER.getNodeFactory().stringNode(ODD.get(random.nextInt(ODD.size())));
        };
    }

    private static String key(JsonNode parameter) {
        return parameter.path("in").asString() + " " + parameter.path("name").asString();
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, UTF_8).replace("+", "%20");
    }

    /** What the HTTP client lets into a header. */
    private static String printable(String value) {
        return value.replaceAll("[^ -~]", "?").strip();
    }
}
