package io.clearmarket.chaincode.adapter;

import com.fasterxml.jackson.annotation.JsonValue;
import io.clearmarket.chaincode.api.Limits;
import io.clearmarket.chaincode.api.QuoteSide;
import io.clearmarket.chaincode.api.RefusalCode;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Whether a JSON tree has exactly the shape of a record: every component there, none besides, strings where strings belong,
 * nothing too long. Stricter than a mapper, which converts where it can; and it names the member that is wrong.
 */
final class Shape {
    private static final int SHOWN = 80;

    /** Looked up once for each record: reflection takes longer than the check itself. */
    private static final ClassValue<List<Component>> COMPONENTS = new ClassValue<>() {
        @Override
        protected List<Component> computeValue(Class<?> record) {
            return Arrays.stream(record.getRecordComponents())
                    .map(Component::of)
                    .toList();
        }
    };

    private static final ClassValue<Boolean> WRITTEN_AS_STRING = new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
            return Arrays.stream(type.getDeclaredMethods())
                    .anyMatch(method -> method.isAnnotationPresent(JsonValue.class));
        }
    };

    private record Component(String name, Type type, boolean nullable) {
        static Component of(RecordComponent component) {
            return new Component(
                    component.getName(),
                    component.getGenericType(),
                    component.getAnnotatedType().isAnnotationPresent(Nullable.class));
        }
    }

    private Shape() {}

    /** Refuses unless the tree is a record of this type. */
    static void require(Class<?> record, JsonNode tree) {
        requireObject(record, tree, "");
    }

    private static void require(Type type, JsonNode value, String path) {
        if (type instanceof ParameterizedType list && list.getRawType() == List.class) {
            requireArray(list.getActualTypeArguments()[0], value, path);
        } else if (!(type instanceof Class<?> plain)) {
            throw new IllegalStateException("no command has a member of type " + type);
        } else if (plain == JsonNode.class) {
            unless(value.isObject(), RefusalCode.WRONG_TYPE, () -> typed(path, "an object", value));
        } else if (plain == int.class || plain == Integer.class) {
            requireNumber(value, value.canConvertToInt(), Integer.MIN_VALUE, Integer.MAX_VALUE, path);
        } else if (plain == boolean.class) {
            unless(value.isBoolean(), RefusalCode.WRONG_TYPE, () -> typed(path, "true or false", value));
        } else if (plain == long.class || plain == Long.class || (plain == QuoteSide.class && value.isNumber())) {
            // a quote's side is a number as long as JSON holds it, and a string beyond
            requireNumber(value, value.canConvertToLong(), Long.MIN_VALUE, Long.MAX_VALUE, path);
        } else if (plain.isRecord() && !isWrittenAsString(plain)) {
            requireObject(plain, value, path);
        } else {
            requireString(plain, value, path);
        }
    }

    private static void requireObject(Class<?> record, JsonNode value, String path) {
        unless(value.isObject(), RefusalCode.WRONG_TYPE, () -> typed(path, "an object", value));
        List<Component> components = COMPONENTS.get(record);
        for (String name : value.propertyNames()) {
            unless(
                    components.stream().anyMatch(component -> component.name().equals(name)),
                    RefusalCode.UNKNOWN_FIELD,
                    () -> member(path, cut(name)) + " is not a member; members are "
                            + components.stream().map(Component::name).toList());
        }
        for (Component component : components) {
            String inside = member(path, component.name());
            JsonNode child = value.path(component.name());
            boolean absent = child.isMissingNode() || child.isNull();
            unless(!absent || component.nullable(), RefusalCode.MISSING_FIELD, () -> inside + " is missing");
            if (!absent) {
                require(component.type(), child, inside);
            }
        }
    }

    private static void requireArray(Type element, JsonNode value, String path) {
        unless(value.isArray(), RefusalCode.WRONG_TYPE, () -> typed(path, "an array", value));
        unless(
                value.size() <= Limits.LIST,
                RefusalCode.TOO_LONG,
                () -> path + " has " + value.size() + " elements; at most are " + Limits.LIST);
        for (int i = 0; i < value.size(); i++) {
            require(element, value.path(i), path + "[" + i + "]");
        }
    }

    private static void requireString(Class<?> type, JsonNode value, String path) {
        unless(value.isString(), RefusalCode.WRONG_TYPE, () -> typed(path, "a string", value));
        String text = value.stringValue();
        unless(
                text.length() <= Limits.TEXT,
                RefusalCode.TOO_LONG,
                () -> path + " has " + text.length() + " characters; at most are " + Limits.TEXT);
        unless(
                text.indexOf('\0') < 0,
                RefusalCode.INVALID_VALUE,
                // a database of text has no place for it, and every read model would stop at the block that holds it
                () -> path + " holds the character U+0000; it must be text without it");
        if (type == Instant.class) {
            requireInstant(text, path);
        }
    }

    /** One instant has one spelling, or signatures over the same terms would differ. */
    private static void requireInstant(String text, String path) {
        String right = canonical(text);
        unless(
                text.equals(right),
                RefusalCode.INVALID_VALUE,
                () -> path + " is \"" + cut(text) + "\"; it must be "
                        + (right == null ? "an instant such as 2026-11-24T12:00:00Z" : "spelled " + right));
    }

    private static @Nullable String canonical(String text) {
        try {
            return Instant.parse(text).toString();
        } catch (DateTimeException notAnInstant) {
            return null;
        }
    }

    private static void requireNumber(JsonNode value, boolean fits, long least, long most, String path) {
        unless(value.isIntegralNumber(), RefusalCode.WRONG_TYPE, () -> typed(path, "a whole number", value));
        unless(
                fits,
                RefusalCode.INVALID_VALUE,
                () -> path + " is " + cut(value.toString()) + "; it must lie in " + least + " to " + most);
    }

    /** A value type such as an id or an amount: a record of its own in Java, a string in JSON. */
    private static boolean isWrittenAsString(Class<?> record) {
        return WRITTEN_AS_STRING.get(record);
    }

    private static String typed(String path, String expected, JsonNode value) {
        return (path.isEmpty() ? "the argument" : path) + " must be " + expected + ", not " + cut(value.toString());
    }

    private static String member(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    private static String cut(String text) {
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...";
    }

    private static void unless(boolean right, RefusalCode code, Supplier<String> message) {
        if (!right) {
            throw new RequestRefused(code, message.get());
        }
    }
}
