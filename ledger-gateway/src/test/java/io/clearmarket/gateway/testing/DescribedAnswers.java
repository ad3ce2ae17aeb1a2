package io.clearmarket.gateway.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.clearmarket.gateway.testing.DescribedRequests.Attempt;
import io.clearmarket.gateway.testing.DescribedRequests.Described;
import io.clearmarket.wallet.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Sends requests made from the API's description and holds every answer to it: its status and media type are described for the
 * operation, its body is of the schema, and it is no 5xx. {@code -Dclearmarket.api.changes=N} sends N changed bodies to each
 * operation instead of 5, {@code -Dclearmarket.api.seed=S} others.
 */
public final class DescribedAnswers {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final String PROBLEM = "application/problem+json";
    private static final String EVENTS = "text/event-stream";

    private final JsonNode description;
    private final DescribedRequests requests;
    private final SchemaRegistry schemas = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private final Map<String, Schema> compiled = new HashMap<>();
    private final Map<String, String> faults = new TreeMap<>();

    /**
     * @param description the API's
     * @param known values of parameters that name what exists, by the parameter's name
     */
    public DescribedAnswers(JsonNode description, Map<String, String> known) {
        this.description = description;
        this.requests = new DescribedRequests(
                description,
                known,
                Integer.getInteger("clearmarket.api.changes", 5),
                Long.getLong("clearmarket.api.seed", 8));
    }

    /**
     * Tries the operations whose path matches.
     *
     * @param caller who asks for an operation, by its path
     * @return how many requests were sent
     */
    public int require(Predicate<String> path, Function<String, TestHttp> caller, TestHttp anonymous) {
        List<Attempt> attempts = requests.operations()
                .filter(operation -> path.test(operation.path()))
                .flatMap(operation -> requests.attempts(operation).stream())
                .toList();
        attempts.forEach(attempt -> attempt(
                attempt,
                attempt.anonymous()
                        ? anonymous
                        : caller.apply(attempt.operation().path())));
        assertThat(faults.values()).isEmpty();
        return attempts.size();
    }

    private void attempt(Attempt attempt, TestHttp http) {
        HttpRequest.Builder request = http.request(attempt.target());
        attempt.headers().forEach(request::setHeader);
        BodyPublisher body = attempt.body() == null ? BodyPublishers.noBody() : BodyPublishers.ofString(attempt.body());
        request.method(attempt.operation().method(), body);
        try {
            HttpResponse<InputStream> answer = CLIENT.send(request.build(), BodyHandlers.ofInputStream());
            try (InputStream in = answer.body()) {
                check(attempt, answer, in);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(attempt.toString(), e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void check(Attempt attempt, HttpResponse<?> answer, InputStream body) throws IOException {
        String type = answer.headers().firstValue("Content-Type").orElse("").split(";", 2)[0];
        // events never end
        String text = type.equals(EVENTS) ? "" : new String(body.readAllBytes(), StandardCharsets.UTF_8);
        String fault = fault(attempt, answer.statusCode(), type, text);
        if (fault != null) {
            faults.putIfAbsent(
                    attempt.operation() + " " + answer.statusCode() + " " + type,
                    answer.statusCode() + " " + type + " " + fault + "\n  to " + attempt + "\n  "
                            + text.substring(0, Math.min(text.length(), 600)));
        }
    }

    private @Nullable String fault(Attempt attempt, int status, String type, String text) {
        if (status >= 500) {
            return "is the gateway's fault";
        }
        if (attempt.isExact() && status == 400) {
            return "is said of a request that is as described";
        }
        if (attempt.anonymous() && !attempt.operation().isPublic() && status != 401) {
            return "without a token";
        }
        JsonNode described =
                resolved(attempt.operation().operation().path("responses").path(Integer.toString(status)));
        if (described.isMissingNode()) {
            return "is not described";
        }
        JsonNode content = described.path("content");
        if (text.isEmpty() && !type.equals(EVENTS)) {
            return content.isEmpty() ? null : "has no body";
        }
        JsonNode media = content.has(type) ? content.path(type) : content.path("*/*");
        if (media.isMissingNode()) {
            return "is of a media type that is not described: " + content.propertyNames();
        }
        return type.endsWith("json") ? shape(media.path("schema"), type, text, attempt.operation()) : null;
    }

    private @Nullable String shape(JsonNode schema, String type, String text, Described operation) {
        JsonNode body;
        try {
            body = Json.MAPPER.readTree(text);
        } catch (JacksonException e) {
            return "is no JSON: " + e.getOriginalMessage();
        }
        if (type.equals(PROBLEM)
                && !operation.path().startsWith("/epcis")
                && !body.path("code").asString("").matches("[A-Z][A-Z0-9_]+")) {
            return "has no code";
        }
        List<String> errors = schema(schema).validate(body).stream()
                .map(error -> error.getInstanceLocation() + " " + error.getMessage())
                .limit(5)
                .toList();
        return errors.isEmpty() ? null : "is not of its schema: " + errors;
    }

    private JsonNode resolved(JsonNode answer) {
        String reference = answer.path("$ref").asString("");
        return reference.isEmpty() ? answer : description.at(reference.substring(1));
    }

    private Schema schema(JsonNode schema) {
        return compiled.computeIfAbsent(schema.toString(), text -> {
            ObjectNode whole = ((ObjectNode) schema).deepCopy();
            whole.set("components", description.path("components"));
            return schemas.getSchema(whole);
        });
    }
}
