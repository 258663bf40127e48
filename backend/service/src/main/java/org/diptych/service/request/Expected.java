package org.diptych.service.request;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a field must be, in words. */
final class Expected {
    private Expected() {}

    /** Words for a type, to follow "must be". */
    static String of(@Nullable Class<?> type) {
        if (type == null) {
            return "something else";
        }
        if (type.isEnum()) {
            return "one of " + words(type).stream().collect(Collectors.joining(", "));
        }
        if (List.<Class<?>>of(int.class, Integer.class, long.class, Long.class, short.class, Short.class)
                .contains(type)) {
            return "a whole number";
        }
        if (type == double.class || type == Double.class) {
            return "a number";
        }
        if (type == boolean.class || type == Boolean.class) {
            return "true or false";
        }
        if (type == String.class) {
            return "a text";
        }
        if (type == UUID.class) {
            return "an id, e.g. 01890a5d-ac96-774b-bcce-b302099a8057";
        }
        if (Collection.class.isAssignableFrom(type)) {
            return "a list";
        }
        return type.isRecord() || Map.class.isAssignableFrom(type) ? "a JSON object" : "something else";
    }

    /** The words that a type of words allows; none for other types. */
    static List<String> words(@Nullable Class<?> type) {
        return type != null && type.isEnum()
                ? Arrays.stream(type.getEnumConstants()).map(String::valueOf).toList()
                : List.of();
    }
}
