package io.clearmarket.wallet.json;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.lang.reflect.RecordComponent;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.introspect.AnnotatedParameter;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;

/**
 * Makes every record component required and non-null in JSON unless its type is marked {@link Nullable}. What a list or a map of a record
 * holds is never null.
 */
final class NullMarkedIntrospector extends JacksonAnnotationIntrospector {
    private static final long serialVersionUID = 1L;

    @Override
    public @Nullable Boolean hasRequiredMarker(MapperConfig<?> config, AnnotatedMember member) {
        RecordComponent component = componentOf(member);
        return component == null ? super.hasRequiredMarker(config, member) : Boolean.valueOf(!isNullable(component));
    }

    @Override
    public JsonSetter.Value findSetterInfo(MapperConfig<?> config, Annotated annotated) {
        RecordComponent component = componentOf(annotated);
        if (component == null) {
            return super.findSetterInfo(config, annotated);
        }
        return JsonSetter.Value.forValueNulls(isNullable(component) ? Nulls.DEFAULT : Nulls.FAIL, Nulls.FAIL);
    }

    private static boolean isNullable(RecordComponent component) {
        return component.getAnnotatedType().isAnnotationPresent(Nullable.class);
    }

    private static @Nullable RecordComponent componentOf(Annotated annotated) {
        if (!(annotated instanceof AnnotatedParameter parameter)) {
            return null;
        }
        RecordComponent[] components = parameter.getDeclaringClass().getRecordComponents();
        return components == null || parameter.getIndex() >= components.length
                ? null
                : components[parameter.getIndex()];
    }
}
