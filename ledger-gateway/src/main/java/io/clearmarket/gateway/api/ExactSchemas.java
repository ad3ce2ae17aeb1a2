package io.clearmarket.gateway.api;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.media.Schema;
import java.lang.reflect.RecordComponent;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Makes the schemas of our records as narrow as the records are: what is not nullable is required, as our JSON mapper has it, and every
 * member has the form and the bounds of its own type. What a request may hold has no members besides.
 */
@Component
class ExactSchemas {
    private final DescribedRecords records;

    ExactSchemas(DescribedRecords records) {
        this.records = records;
    }

    /** Narrows what is there. */
    void narrow(OpenAPI description) {
        Set<String> asked = RequestSchemas.named(description);
        description.getComponents().getSchemas().forEach((name, schema) -> {
            Class<?> record = records.named(name);
            if (record != null && schema.getProperties() != null) {
                narrow(schema, record, asked.contains(name));
            }
        });
    }

    private static void narrow(Schema<?> schema, Class<?> record, boolean asked) {
        if (asked) {
            schema.setAdditionalProperties(false);
        }
        for (RecordComponent component : record.getRecordComponents()) {
            Schema<?> member = (Schema<?>) schema.getProperties().get(component.getName());
            if (member != null) {
                if (!isNullable(component)) {
                    schema.addRequiredItem(component.getName());
                }
                Constraints.narrow(member, component, asked);
            }
        }
    }

    static boolean isNullable(RecordComponent component) {
        return component.getAnnotatedType().isAnnotationPresent(Nullable.class);
    }
}
