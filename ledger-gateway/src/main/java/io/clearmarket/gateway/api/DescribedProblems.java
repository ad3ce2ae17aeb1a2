package io.clearmarket.gateway.api;

import io.clearmarket.gateway.config.PublicPaths;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem.HttpMethod;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.PathContainer;
import org.springframework.stereotype.Component;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/** Says in the description what an operation answers when it does not do what was asked: problems of RFC 9457, by status. */
@Component
class DescribedProblems {
    private static final String SCHEMA = "Problem";
    private static final String PROBLEM = org.springframework.http.MediaType.APPLICATION_PROBLEM_JSON_VALUE;

    private static final Map<Integer, String> MEANINGS = Map.ofEntries(
            Map.entry(400, "The request's form is wrong"),
            Map.entry(401, "The token is missing, unknown or expired"),
            Map.entry(
                    403,
                    "The caller's scopes, role or party do not allow this; WWW-Authenticate names a scope that is missing"),
            Map.entry(404, "There is no such thing that the caller may see"),
            Map.entry(406, "The answer exists in none of the accepted media types"),
            Map.entry(408, "The body did not arrive in time"),
            Map.entry(409, "Its state does not allow this now, or the command id has been used for something else"),
            Map.entry(413, "The body is too long"),
            Map.entry(415, "The body is of another media type than is taken here"),
            Map.entry(422, "Well-formed, but not acceptable: the code says why"),
            Map.entry(429, "More was asked than is served at once; Retry-After says when to ask again"),
            Map.entry(
                    503,
                    "A ledger, the settlement chain or the gateway's database does not answer; repeating is harmless"));

    /** What these write is the gateway's own and never reaches a ledger. */
    private static final List<String> OWN = List.of(AccessKeyController.PATH, "/api/v1/webhooks");

    private final List<PathPattern> readable;
    private final List<PathPattern> postable;

    DescribedProblems(List<PublicPaths> publicPaths) {
        readable = patterns(
                publicPaths.stream().flatMap(paths -> paths.patterns().stream()).toList());
        postable = patterns(
                publicPaths.stream().flatMap(paths -> paths.posts().stream()).toList());
    }

    /** Adds the problems to every operation, the scope that it needs, and takes the token off those that need none. */
    void addTo(OpenAPI description) {
        description.getComponents().addSchemas(SCHEMA, schema());
        MEANINGS.forEach((status, meaning) ->
                description.getComponents().addResponses(SCHEMA + status, answer(status, meaning)));
        description
                .getPaths()
                .forEach((path, item) -> item.readOperationsMap().forEach((method, operation) -> {
                    boolean open = isPublic(path, method)
                            || (operation.getSecurity() != null
                                    && operation.getSecurity().isEmpty());
                    if (open) {
                        operation.setSecurity(List.of());
                    } else {
                        boolean reads = method == HttpMethod.GET || method == HttpMethod.HEAD;
                        OperationScopes.of(PathContainer.parsePath(path), reads)
                                .ifPresent(scope -> operation.setSecurity(List.of(
                                        new SecurityRequirement().addList(OpenApiConfiguration.BEARER, scope.id()))));
                    }
                    addTo(operation, statuses(path, method, operation, open));
                }));
    }

    private static void addTo(Operation operation, Set<Integer> statuses) {
        ApiResponses answers = operation.getResponses();
        // what an operation says of a status itself is kept
        answers.forEach((status, answer) -> {
            if (Integer.parseInt(status) >= 400) {
                answer.setContent(content());
                statuses.remove(Integer.valueOf(status));
            }
        });
        statuses.forEach(status -> answers.addApiResponse(
                status.toString(), new ApiResponse().$ref("#/components/responses/" + SCHEMA + status)));
    }

    private static Set<Integer> statuses(String path, HttpMethod method, Operation operation, boolean open) {
        boolean writes = method != HttpMethod.GET && method != HttpMethod.HEAD;
        boolean reachesLedger = writes && OWN.stream().noneMatch(path::startsWith);
        Set<Integer> statuses = new TreeSet<>(List.of(400, 401, 406, 429, 503));
        if (!open) {
            statuses.add(403);
        }
        if (path.contains("{") || reachesLedger) {
            statuses.add(404);
        }
        if (reachesLedger) {
            statuses.addAll(List.of(409, 422));
        }
        if (operation.getRequestBody() != null) {
            statuses.addAll(List.of(408, 413, 415));
        }
        return statuses;
    }

    private static ApiResponse answer(int status, String when) {
        ApiResponse answer = new ApiResponse().description(when).content(content());
        if (status == 429) {
            answer.addHeaderObject(
                    HttpHeaders.RETRY_AFTER, new Header().description("Seconds").schema(new IntegerSchema()));
        }
        return answer;
    }

    private static Content content() {
        return new Content()
                .addMediaType(PROBLEM, new MediaType().schema(new Schema<>().$ref("#/components/schemas/" + SCHEMA)));
    }

    private static ObjectSchema schema() {
        ObjectSchema problem = new ObjectSchema();
        problem.setDescription(
                "A problem of RFC 9457. code is stable; hint says what would be right; value is what was wrong.");
        problem.addProperty("type", new StringSchema().format("uri-reference"));
        problem.addProperty("title", new StringSchema());
        problem.addProperty("status", new IntegerSchema());
        problem.addProperty("detail", new StringSchema());
        problem.addProperty("instance", new StringSchema().format("uri-reference"));
        problem.addProperty("code", new StringSchema());
        problem.addProperty("hint", new StringSchema());
        problem.addProperty("value", new StringSchema());
        problem.setRequired(List.of("status", "title", "detail"));
        return problem;
    }

    private boolean isPublic(String path, HttpMethod method) {
        PathContainer container = PathContainer.parsePath(path);
        return switch (method) {
            case GET, HEAD -> readable.stream().anyMatch(pattern -> pattern.matches(container));
            case POST -> postable.stream().anyMatch(pattern -> pattern.matches(container));
            default -> false;
        };
    }

    private static List<PathPattern> patterns(List<String> texts) {
        return texts.stream().map(PathPatternParser.defaultInstance::parse).toList();
    }
}
