package org.diptych.reward.encoder;

import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.InvalidTypeIdException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.exc.ValueInstantiationException;

/** What is wrong with an encoder configuration, in the words of its author: place, field and what is expected there. */
final class ConfigurationFault {
    static final String NO_OBJECT = "it must hold one JSON object, for example {\"encoder\": \"embedded\"}";

    private ConfigurationFault() {}

    /** To be put behind the name of the file: {@code  at line 3, column 8: size: a whole number is expected}. */
    static String of(JacksonException fault) {
        var field = field(fault);
        return place(fault) + ": " + (field.isEmpty() ? "" : field + ": ") + reason(fault, field);
    }

    private static String place(JacksonException fault) {
        var location = fault.getLocation();
        return location == null || location.getLineNr() < 1
                ? ""
                : " at line " + location.getLineNr() + ", column " + location.getColumnNr();
    }

    private static String field(JacksonException fault) {
        return fault.getPath().stream()
                .map(JacksonException.Reference::getPropertyName)
                .filter(Objects::nonNull)
                .collect(Collectors.joining("."));
    }

    private static String reason(JacksonException fault, String field) {
        return switch (fault) {
            case UnrecognizedPropertyException unknown ->
                "there is no such field; known are " + names(unknown.getKnownPropertyIds());
            case InvalidTypeIdException _ -> "\"encoder\" must be \"embedded\", \"exported\" or \"served\"";
            case ValueInstantiationException instantiation -> said(instantiation.getCause());
            case InputCoercionException _ -> "this number is too large";
            case InvalidFormatException format -> expected(format.getTargetType()) + " is expected";
            // a misspelt field is told after the one that is missed for it
            case MismatchedInputException missed
            when missed.getTargetType() != null && missed.getTargetType().isPrimitive() ->
                expected(missed.getTargetType()) + " is expected; is the field missing or misspelt?";
            case MismatchedInputException mismatched ->
                field.isEmpty() ? NO_OBJECT : expected(mismatched.getTargetType()) + " is expected";
            default -> "from here it is not valid JSON; look for a comma, quote or bracket too much or missing";
        };
    }

    /** The configuration's own words; a list or a map with null in it has none. */
    private static String said(@Nullable Throwable cause) {
        return cause instanceof IllegalArgumentException ? String.valueOf(cause.getMessage()) : "a value is null";
    }

    private static String names(@Nullable Collection<?> known) {
        return known == null ? "none" : known.stream().map(Object::toString).collect(Collectors.joining(", "));
    }

    private static String expected(@Nullable Class<?> type) {
        if (type == null) {
            return "another value";
        }
        if (type.isEnum()) {
            return Stream.of(type.getEnumConstants()).map(Object::toString).collect(Collectors.joining(" or "));
        }
        if (type == int.class) {
            return "a whole number";
        }
        if (type == double.class || type == Float.class) {
            return "a number";
        }
        if (type == String.class) {
            return "a text";
        }
        if (Collection.class.isAssignableFrom(type)) {
            return "a list";
        }
        return Map.class.isAssignableFrom(type) || type.isRecord() ? "an object" : "another value";
    }
}
