package io.clearmarket.gateway.api;

import com.fasterxml.jackson.annotation.JsonValue;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.media.ArraySchema;
import io.swagger.v3.oas.models.media.BooleanSchema;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.Arrays;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Schemas of commands, which no controller has as a parameter, from their records. */
final class CommandSchemas {
    private final Components components;
    private final DescribedRecords records;

    /** @param components where the records that a command is made of are added */
    CommandSchemas(Components components, DescribedRecords records) {
        this.components = components;
        this.records = records;
    }

    /** The body of a command: its members but those that path and header name. */
    Schema<?> body(Class<?> command, Set<String> named) {
        return object(command, named);
    }

    /** One member of a command, as a path or a header names it. */
    Schema<?> member(Class<?> command, String name) {
        return Arrays.stream(command.getRecordComponents())
                .filter(component -> component.getName().equals(name))
                .map(this::member)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(command + " has no member " + name));
    }

    private Schema<?> object(Class<?> record, Set<String> left) {
        ObjectSchema schema = new ObjectSchema();
        for (RecordComponent component : record.getRecordComponents()) {
            if (!left.contains(component.getName())) {
                schema.addProperty(component.getName(), member(component));
                if (!ExactSchemas.isNullable(component)) {
                    schema.addRequiredItem(component.getName());
                }
            }
        }
        schema.setAdditionalProperties(false);
        return schema;
    }

    private Schema<?> member(RecordComponent component) {
        Class<?> plain = Constraints.plain(component.getGenericType());
        Schema<?> schema = plain(plain);
        if (plain != component.getType()) {
            schema = new ArraySchema().items(schema);
        }
        Constraints.narrow(schema, component, true);
        return schema;
    }

    private Schema<?> plain(Class<?> type) {
        Schema<?> value = ValueForms.of(type);
        if (value != null) {
            return value;
        }
        if (type.isEnum()) {
            StringSchema names = new StringSchema();
            Arrays.stream(type.getEnumConstants()).forEach(constant -> names.addEnumItem(((Enum<?>) constant).name()));
            return names;
        }
        if (type == int.class || type == Integer.class) {
            return new IntegerSchema().format("int32");
        }
        if (type == long.class || type == Long.class) {
            return new IntegerSchema().format("int64");
        }
        if (type == boolean.class || type == Boolean.class) {
            return new BooleanSchema();
        }
        if (type == Instant.class) {
            return new StringSchema().format("date-time");
        }
        if (JsonNode.class.isAssignableFrom(type)) {
            return new ObjectSchema().additionalProperties(true);
        }
        if (type.isRecord()) {
            return record(type);
        }
        if (type == String.class) {
            return new StringSchema();
        }
        throw new IllegalStateException("no command is described that has a " + type);
    }

    private Schema<?> record(Class<?> type) {
        if (Arrays.stream(type.getDeclaredMethods()).anyMatch(method -> method.isAnnotationPresent(JsonValue.class))) {
            throw new IllegalStateException(type + " is a single value whose form is not described");
        }
        String name = records.nameOf(type);
        if (components.getSchemas().get(name) == null) {
            // first the name, for a record may hold itself
            components.addSchemas(name, new ObjectSchema());
            components.addSchemas(name, object(type, Set.of()));
        }
        return new Schema<>().$ref("#/components/schemas/" + name);
    }
}
