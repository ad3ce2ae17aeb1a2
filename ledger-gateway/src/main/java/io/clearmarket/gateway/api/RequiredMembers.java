package io.clearmarket.gateway.api;

import io.swagger.v3.oas.models.OpenAPI;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * Marks in the description what no answer leaves out and no request may: components of our records that are not nullable, as our JSON
 * mapper has them.
 */
@Component
class RequiredMembers implements OpenApiCustomizer {
    private final ObjectProvider<RequestMappingHandlerMapping> mappings;

    RequiredMembers(@Qualifier("requestMappingHandlerMapping") ObjectProvider<RequestMappingHandlerMapping> mappings) {
        this.mappings = mappings;
    }

    @Override
    public void customise(OpenAPI description) {
        Records records = new Records();
        mappings.getObject().getHandlerMethods().values().forEach(method -> {
            records.add(method.getMethod().getGenericReturnType());
            Arrays.stream(method.getMethod().getGenericParameterTypes()).forEach(records::add);
        });
        description.getComponents().getSchemas().forEach((name, schema) -> {
            Class<?> record = records.named(name);
            if (record != null && schema.getProperties() != null) {
                Arrays.stream(record.getRecordComponents())
                        .filter(component -> !isNullable(component))
                        .map(RecordComponent::getName)
                        .filter(schema.getProperties()::containsKey)
                        .forEach(schema::addRequiredItem);
            }
        });
    }

    private static boolean isNullable(RecordComponent component) {
        return component.getAnnotatedType().isAnnotationPresent(Nullable.class);
    }

    /** The records that requests and answers are made of, by simple name; a name of two is nobody's. */
    private static final class Records {
        private final Map<String, Class<?>> byName = new HashMap<>();
        private final Set<Class<?>> seen = new HashSet<>();
        private final Set<String> ambiguous = new HashSet<>();

        @Nullable
        Class<?> named(String name) {
            return ambiguous.contains(name) ? null : byName.get(name);
        }

        void add(Type type) {
            if (type instanceof ParameterizedType generic) {
                Arrays.stream(generic.getActualTypeArguments()).forEach(this::add);
            } else if (type instanceof Class<?> known
                    && known.isRecord()
                    && known.getPackageName().startsWith("io.clearmarket.")
                    && seen.add(known)) {
                if (byName.put(known.getSimpleName(), known) != null) {
                    ambiguous.add(known.getSimpleName());
                }
                Arrays.stream(known.getRecordComponents())
                        .map(RecordComponent::getGenericType)
                        .forEach(this::add);
            }
        }
    }
}
