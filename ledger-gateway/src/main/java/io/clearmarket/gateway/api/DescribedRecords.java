package io.clearmarket.gateway.api;

import io.clearmarket.chaincode.api.CommandName;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The records that requests, answers and commands are made of, and the name of each one's schema: its own, with that of the type it is
 * declared in before it where two have the same.
 */
@Component
class DescribedRecords implements ModelConverter, SmartInitializingSingleton {
    private static final Map<String, Supplier<Schema<?>>> TREES = Map.of(
            JsonNode.class.getName(),
            Schema::new,
            ObjectNode.class.getName(),
            () -> new ObjectSchema().additionalProperties(true));

    private final ObjectProvider<RequestMappingHandlerMapping> mappings;
    private @Nullable Map<String, Class<?>> byName;

    DescribedRecords(@Qualifier("requestMappingHandlerMapping") ObjectProvider<RequestMappingHandlerMapping> mappings) {
        this.mappings = mappings;
    }

    /** Swagger's converters are the JVM's: this one may be asked after its context is closed. */
    @Override
    public void afterSingletonsInstantiated() {
        byName();
    }

    /** The record whose schema has this name. */
    @Nullable
    Class<?> named(String name) {
        return byName().get(name);
    }

    /** The name of a record's schema. */
    String nameOf(Class<?> record) {
        String own = record.getSimpleName();
        Class<?> outer = record.getDeclaringClass();
        return byName().get(own) == record || outer == null ? own : outer.getSimpleName() + own;
    }

    /** Springdoc names schemas by the simple name alone, and makes one of two. */
    @Override
    public @Nullable Schema<?> resolve(
            AnnotatedType type, ModelConverterContext context, Iterator<ModelConverter> chain) {
        if (!chain.hasNext()) {
            return null;
        }
        String name = className(type);
        Supplier<Schema<?>> tree = TREES.get(name);
        if (tree != null) {
            return tree.get();
        }
        byName().values().stream()
                .filter(known -> known.getName().equals(name) && type.getName() == null)
                .forEach(known -> type.name(nameOf(known)));
        return chain.next().resolve(type, context, chain);
    }

    /** By its text: what springdoc hands over may be a type of Jackson 2, which is none of ours. */
    private static String className(AnnotatedType type) {
        return type.getType().getTypeName().replaceFirst("^\\[simple type, class (.*)]$", "$1");
    }

    private synchronized Map<String, Class<?>> byName() {
        Map<String, Class<?>> known = byName;
        if (known == null) {
            Set<Class<?>> all = new HashSet<>();
            mappings.getObject().getHandlerMethods().values().forEach(method -> {
                add(method.getMethod().getGenericReturnType(), all);
                Arrays.stream(method.getMethod().getGenericParameterTypes()).forEach(type -> add(type, all));
            });
            CommandName.requestTypes().values().forEach(type -> add(type, all));
            known = named(all);
            byName = known;
        }
        return known;
    }

    private static Map<String, Class<?>> named(Set<Class<?>> records) {
        Map<String, Class<?>> named = new TreeMap<>();
        Set<String> several = new HashSet<>();
        for (Class<?> record : records) {
            if (named.putIfAbsent(record.getSimpleName(), record) != null) {
                several.add(record.getSimpleName());
            }
        }
        named.keySet().removeAll(several);
        for (Class<?> record : records) {
            Class<?> outer = record.getDeclaringClass();
            if (several.contains(record.getSimpleName())) {
                String name = (outer == null ? "" : outer.getSimpleName()) + record.getSimpleName();
                if (named.put(name, record) != null) {
                    throw new IllegalStateException("two schemas would be named " + name);
                }
            }
        }
        return named;
    }

    private static void add(Type type, Set<Class<?>> records) {
        if (type instanceof ParameterizedType generic) {
            Arrays.stream(generic.getActualTypeArguments()).forEach(argument -> add(argument, records));
        } else if (type instanceof Class<?> known
                && known.isRecord()
                && known.getPackageName().startsWith("io.clearmarket.")
                && ValueForms.of(known) == null
                && records.add(known)) {
            Arrays.stream(known.getRecordComponents())
                    .map(RecordComponent::getGenericType)
                    .forEach(component -> add(component, records));
        }
    }
}
