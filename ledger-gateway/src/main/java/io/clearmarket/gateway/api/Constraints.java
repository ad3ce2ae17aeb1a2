package io.clearmarket.gateway.api;

import io.clearmarket.chaincode.api.Command;
import io.clearmarket.chaincode.api.Count;
import io.clearmarket.chaincode.api.Form;
import io.clearmarket.chaincode.api.Limits;
import io.clearmarket.chaincode.api.Within;
import io.swagger.v3.oas.models.media.Schema;
import jakarta.validation.constraints.NotBlank;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Puts into a member's schema what its type and its annotations say of it. */
final class Constraints {
    /** The largest whole number that JSON carries exactly (RFC 8785), and so the largest that is taken. */
    private static final long LARGEST = (1L << 53) - 1;

    private static final String COMMANDS = Command.class.getPackageName();

    private Constraints() {}

    /**
     * Narrows the schema of a record's member.
     *
     * @param asked true for what a request holds: then the bounds of its plain type count too
     */
    static void narrow(Schema<?> schema, RecordComponent component, boolean asked) {
        if (schema.get$ref() != null) {
            return;
        }
        Class<?> plain = plain(component.getGenericType());
        boolean isList = plain != component.getType();
        boolean ofCommand =
                asked && component.getDeclaringRecord().getPackageName().equals(COMMANDS);
        Schema<?> value = isList ? schema.getItems() : schema;
        if (value != null && value.get$ref() == null) {
            narrow(value, plain, component, ofCommand);
            Within within = component.getAnnotation(Within.class);
            if (asked || within != null) {
                bound(value, plain, within);
            }
        }
        Count count = component.getAnnotation(Count.class);
        if (count != null) {
            schema.minItems(count.least() == 0 ? null : count.least()).maxItems(count.most());
        } else if (isList && ofCommand) {
            schema.maxItems(Limits.LIST);
        }
    }

    private static void narrow(Schema<?> value, Class<?> type, RecordComponent component, boolean ofCommand) {
        Schema<?> own = ValueForms.of(type);
        if (own != null) {
            value.pattern(own.getPattern());
            value.setOneOf(own.getOneOf() == null ? null : new ArrayList<>(own.getOneOf()));
            return;
        }
        Form form = component.getAnnotation(Form.class);
        if (form != null) {
            value.pattern(ValueForms.whole(form.value()));
        } else if (component.getAccessor().isAnnotationPresent(NotBlank.class)) {
            value.pattern("\\S");
        } else if (type == Instant.class && ofCommand) {
            value.pattern(ValueForms.INSTANT);
        } else if (type == String.class && ofCommand) {
            // what no database of text has a place for is refused
            value.maxLength(Limits.TEXT).pattern("^[^\\u0000]*$");
        } else if (value.getPattern() != null) {
            value.pattern(ValueForms.whole(value.getPattern()));
        }
    }

    /** Bounds of a whole number: its own, else those of its type. */
    static void bound(Schema<?> value, Class<?> type, @Nullable Within within) {
        boolean isInt = type == int.class || type == Integer.class;
        if (!isInt && type != long.class && type != Long.class) {
            return;
        }
        long most = isInt ? Integer.MAX_VALUE : LARGEST;
        long least = isInt ? Integer.MIN_VALUE : -LARGEST;
        if (within != null) {
            least = within.least();
            most = Math.min(most, within.most());
        }
        if (value.getMinimum() == null) {
            value.minimum(BigDecimal.valueOf(least));
        }
        if (value.getMaximum() == null) {
            value.maximum(BigDecimal.valueOf(most));
        }
    }

    /** The type itself, or of a collection that of its elements. */
    static Class<?> plain(Type type) {
        if (type instanceof ParameterizedType generic
                && generic.getRawType() instanceof Class<?> raw
                && Collection.class.isAssignableFrom(raw)
                && generic.getActualTypeArguments()[0] instanceof Class<?> element) {
            return element;
        }
        if (type instanceof ParameterizedType generic && generic.getRawType() instanceof Class<?> raw) {
            return raw;
        }
        return type instanceof Class<?> known ? known : Object.class;
    }
}
