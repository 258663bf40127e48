package org.diptych.service.request;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.AnnotatedParameter;
import tools.jackson.databind.introspect.NopAnnotationIntrospector;

/** A field of one of our records that is not {@link Nullable} must be there: what the type says is what is checked. */
final class WantedFields extends NopAnnotationIntrospector {
    private static final long serialVersionUID = 1L;

    private static final String OURS = "org.diptych.";

    @Override
    public JsonSetter.Value findSetterInfo(MapperConfig<?> config, Annotated field) {
        return field instanceof AnnotatedParameter parameter && isWanted(parameter)
                ? JsonSetter.Value.forValueNulls(Nulls.FAIL)
                : JsonSetter.Value.empty();
    }

    private static boolean isWanted(AnnotatedParameter parameter) {
        var type = parameter.getDeclaringClass();
        if (!type.isRecord() || !type.getName().startsWith(OURS)) {
            return false;
        }
        return !type.getRecordComponents()[parameter.getIndex()]
                .getAnnotatedType()
                .isAnnotationPresent(Nullable.class);
    }
}
