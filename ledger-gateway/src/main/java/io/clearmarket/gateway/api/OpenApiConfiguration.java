package io.clearmarket.gateway.api;

import io.clearmarket.chaincode.api.Batch;
import io.clearmarket.chaincode.api.Command;
import io.clearmarket.chaincode.api.CommandId;
import io.clearmarket.chaincode.api.CommandName;
import io.clearmarket.chaincode.api.RecordKind;
import io.clearmarket.gateway.identity.Caller;
import io.clearmarket.gateway.identity.Scope;
import io.clearmarket.wallet.json.Json;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.parameters.RequestBody;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springdoc.core.customizers.ParameterCustomizer;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.StringUtils;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The OpenAPI description: one path per action on a consignment or the market, an
 * example for each operation that has one, and the problems that each can answer.
 */
@Configuration(proxyBeanMethods = false)
class OpenApiConfiguration {
    static final String EXAMPLES = "/openapi-examples.json";
    static final String BEARER = "bearer";

    static {
        SpringDocUtils.getConfig().replaceWithClass(ObjectNode.class, Map.class);
        SpringDocUtils.getConfig().replaceWithClass(JsonNode.class, Object.class);
        // who asks is in the token
        SpringDocUtils.getConfig().addRequestWrapperToIgnore(Caller.class);
    }

    @Bean
    OpenAPI description() {
        return new OpenAPI()
                .info(new Info()
                        .title("Clearmarket")
                        .version("v1")
                        .description("Orders, escrow and provenance on a ledger. Errors are RFC 9457 problems with a"
                                + " stable code, a hint and the offending value."))
                .components(new Components()
                        .addSecuritySchemes(
                                BEARER,
                                new SecurityScheme()
                                        .type(SecurityScheme.Type.HTTP)
                                        .scheme("bearer")
                                        .bearerFormat("JWT")
                                        .description("A token or a key. Each operation names the scope it needs. "
                                                + Arrays.stream(Scope.values())
                                                        .map(scope -> scope.id() + ": " + scope.opens())
                                                        .collect(Collectors.joining(". ", "", ".")))))
                // not the address that somebody happened to ask at
                .servers(List.of(new Server().url("/")))
                .addSecurityItem(new SecurityRequirement().addList(BEARER));
    }

    @Bean
    OpenApiCustomizer actionsExamplesAndProblems(
            DescribedProblems problems, DescribedRecords records, ExactSchemas exact) {
        return description -> {
            CommandSchemas commands = new CommandSchemas(description.getComponents(), records);
            PathItem generic = description.getPaths().remove(ConsignmentController.PATH);
            if (generic != null) {
                for (ConsignmentAction action : ConsignmentAction.values()) {
                    description
                            .getPaths()
                            .addPathItem(
                                    ConsignmentController.PATH.replace("{action}", action.segment()),
                                    new PathItem()
                                            .post(operation(
                                                    commands, action.command(), action.summary(), "consignmentId")));
                }
            }
            for (MarketAction action : MarketAction.values()) {
                description
                        .getPaths()
                        .computeIfAbsent(action.path(), absent -> new PathItem())
                        .post(operation(commands, action.command(), action.summary(), named(action.path())));
            }
            describeBatch(description, commands.body(Batch.class, Set.of("commandId")));
            Map<String, Object> examples = examples();
            description.getPaths().values().stream()
                    .flatMap(path -> path.readOperations().stream())
                    .forEach(operation -> addExample(operation, examples.get(operation.getOperationId())));
            // a path of any length can't be said in OpenAPI, the shorter one's description tells; a slash at the end
            // changes nothing
            description.getPaths().keySet().removeIf(path -> path.endsWith("/**") || path.endsWith("/"));
            nameByPath(description);
            narrowPaths(description);
            exact.narrow(description);
            problems.addTo(description);
        };
    }

    /** The controller takes a tree, and says itself that the id is missing. */
    private static void describeBatch(OpenAPI description, Schema<?> body) {
        PathItem batches = description.getPaths().get(BatchController.PATH);
        if (batches != null) {
            batches.getPost().getParameters().stream()
                    .filter(parameter -> parameter.getName().equals(ManagedCommands.IDEMPOTENCY_KEY))
                    .forEach(parameter -> parameter.required(true).schema(ValueForms.of(CommandId.class)));
            batches.getPost()
                    .getRequestBody()
                    .setContent(new Content().addMediaType("application/json", new MediaType().schema(body)));
        }
    }

    /** Values of ours in paths, queries and headers. */
    @Bean
    ParameterCustomizer valuesInParameters() {
        return (parameter, where) -> {
            if (parameter != null && parameter.getSchema() != null) {
                narrow(parameter, where.getParameterType());
            }
            return parameter;
        };
    }

    private static void narrow(Parameter parameter, Class<?> type) {
        Schema<?> own = type == RecordKind.class
                ? ValueForms.names(Arrays.stream(RecordKind.values())
                        .map(RecordKind::objectType)
                        .toList())
                : ValueForms.of(type);
        if (own != null) {
            parameter.setSchema(own);
            return;
        }
        Constraints.bound(parameter.getSchema(), type, null);
        String pattern = parameter.getSchema().getPattern();
        if (pattern != null) {
            // a constraint is about the whole value
            parameter.getSchema().pattern(ValueForms.whole(pattern));
        }
    }

    /** What names a thing in a path and has no form of its own is at least what the firewall lets through. */
    private static void narrowPaths(OpenAPI description) {
        description.getPaths().forEach((path, item) -> {
            String segment = path.startsWith("/epcis/") ? ValueForms.NAME : ValueForms.SEGMENT;
            item.readOperations().stream()
                    .flatMap(operation ->
                            operation.getParameters() == null ? Stream.of() : operation.getParameters().stream())
                    .filter(parameter -> "path".equals(parameter.getIn()))
                    .map(Parameter::getSchema)
                    .filter(schema -> schema.getPattern() == null && isText(schema))
                    .filter(schema -> schema.getFormat() == null && schema.getEnum() == null)
                    .forEach(schema -> schema.pattern(segment));
        });
    }

    /** OpenAPI 3.1 has several types, 3.0 one. */
    private static boolean isText(Schema<?> schema) {
        return "string".equals(schema.getType())
                || (schema.getTypes() != null && schema.getTypes().contains("string"));
    }

    /** Operations whose methods share a name get one of their method and path, which does not hang on the order they are found in. */
    private static void nameByPath(OpenAPI description) {
        Map<String, List<Operation>> byName = description.getPaths().values().stream()
                .flatMap(path -> path.readOperations().stream())
                .collect(Collectors.groupingBy(
                        operation -> operation.getOperationId().replaceFirst("_[0-9]+$", "")));
        description
                .getPaths()
                .forEach((path, item) -> item.readOperationsMap().forEach((method, operation) -> {
                    String name = operation.getOperationId().replaceFirst("_[0-9]+$", "");
                    if (byName.getOrDefault(name, List.of()).size() == 1) {
                        operation.setOperationId(name);
                    } else {
                        operation.setOperationId(method.name().toLowerCase(Locale.ROOT)
                                + Pattern.compile("[A-Za-z0-9]+")
                                        .matcher(path.replaceFirst("^/api/v1", ""))
                                        .results()
                                        .map(match -> StringUtils.capitalize(match.group()))
                                        .collect(Collectors.joining()));
                    }
                }));
    }

    /** The examples by operation id: of the request's body or, where there is none, of the answer. */
    static Map<String, Object> examples() {
        try (InputStream file = OpenApiConfiguration.class.getResourceAsStream(EXAMPLES)) {
            if (file == null) {
                throw new IllegalStateException(EXAMPLES + " is not on the class path");
            }
            return Json.MAPPER.readValue(file.readAllBytes(), new TypeReference<>() {});
        } catch (IOException e) {
            throw new UncheckedIOException(EXAMPLES, e);
        }
    }

    /** What a path names, in its order. */
    private static String[] named(String path) {
        return Pattern.compile("\\{([^}]+)}")
                .matcher(path)
                .results()
                .map(match -> match.group(1))
                .toArray(String[]::new);
    }

    private static Operation operation(
            CommandSchemas commands, Class<? extends Command> command, String summary, String... named) {
        Operation operation = new Operation()
                .operationId(CommandName.of(command))
                .summary(summary)
                .tags(List.of("commands by a managed identity"));
        Set<String> elsewhere = new HashSet<>(Set.of(named));
        elsewhere.add("commandId");
        Schema<?> body = commands.body(command, elsewhere);
        for (String name : named) {
            operation.addParametersItem(
                    new Parameter().in("path").name(name).required(true).schema(commands.member(command, name)));
        }
        return operation
                .addParametersItem(new Parameter()
                        .in("header")
                        .name(ManagedCommands.IDEMPOTENCY_KEY)
                        .required(true)
                        .schema(commands.member(command, "commandId")))
                .requestBody(new RequestBody()
                        // where the path says all there is, a body may be left out
                        .required(!elsewhere.contains("consignmentId") || body.getRequired() != null)
                        .content(new Content().addMediaType("application/json", new MediaType().schema(body))))
                .responses(new ApiResponses()
                        .addApiResponse("200", answer("Committed"))
                        .addApiResponse("202", answer("Not known yet; ask at Location")));
    }

    private static ApiResponse answer(String description) {
        return new ApiResponse()
                .description(description)
                .content(new Content()
                        .addMediaType(
                                "application/json",
                                new MediaType().schema(new Schema<>().$ref("#/components/schemas/CommandAnswer"))));
    }

    private static void addExample(Operation operation, @Nullable Object example) {
        RequestBody body = operation.getRequestBody();
        ApiResponse answer = operation.getResponses().get("200");
        Content content = body != null ? body.getContent() : answer != null ? answer.getContent() : null;
        if (example != null && content != null) {
            content.values().forEach(media -> media.setExample(example));
        }
    }
}
