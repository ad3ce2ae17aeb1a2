package io.clearmarket.gateway.api;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.media.Schema;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which of a description's schemas requests are made of. */
final class RequestSchemas {
    private static final String PREFIX = "#/components/schemas/";

    private final OpenAPI description;
    private final Set<String> found = new HashSet<>();

    private RequestSchemas(OpenAPI description) {
        this.description = description;
    }

    /** The names of all that a request's body refers to, however far away. */
    static Set<String> named(OpenAPI description) {
        RequestSchemas schemas = new RequestSchemas(description);
        description.getPaths().values().stream()
                .flatMap(path -> path.readOperations().stream())
                .map(operation -> operation.getRequestBody())
                .filter(Objects::nonNull)
                .filter(body -> body.getContent() != null)
                .flatMap(body -> body.getContent().values().stream())
                .forEach(media -> schemas.visit(media.getSchema()));
        return schemas.found;
    }

    private void visit(@Nullable Schema<?> schema) {
        if (schema == null) {
            return;
        }
        String reference = schema.get$ref();
        if (reference != null) {
            String name = reference.substring(PREFIX.length());
            if (found.add(name)) {
                visit(description.getComponents().getSchemas().get(name));
            }
        }
        visit(schema.getItems());
        if (schema.getAdditionalProperties() instanceof Schema<?> other) {
            visit(other);
        }
        if (schema.getProperties() != null) {
            schema.getProperties().values().forEach(this::visit);
        }
        Stream.of(schema.getOneOf(), schema.getAnyOf(), schema.getAllOf())
                .filter(Objects::nonNull)
                .flatMap(List::stream)
                .forEach(part -> visit((Schema<?>) part));
    }
}
