package org.diptych.service.foreign;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Fields by their paths: {@code data.instruction} is the field of that very name, else {@code instruction} in {@code data}. */
final class Fields {
    private Fields() {}

    /** The value at a path; null where there is none, or it is null or blank. */
    static @Nullable JsonNode at(ObjectNode object, @Nullable String path) {
        if (path == null) {
            return null;
        }
        JsonNode node = object.get(path);
        if (node == null) {
            node = object;
            for (var step : path.split("\\.", -1)) {
                node = node == null ? null : node.get(step);
            }
        }
        return node == null
                        || node.isNull()
                        || (node.isString() && node.stringValue().isBlank())
                ? null
                : node;
    }

    /** Takes a field out, with objects that it leaves empty. */
    static void remove(ObjectNode object, @Nullable String path) {
        if (path == null || object.remove(path) != null) {
            return;
        }
        int dot = path.indexOf('.');
        if (dot > 0 && object.get(path.substring(0, dot)) instanceof ObjectNode inner) {
            remove(inner, path.substring(dot + 1));
            if (inner.isEmpty()) {
                object.remove(path.substring(0, dot));
            }
        }
    }

    /** A text, or a number or truth value as the text that it is written with: 1.0 is 1. Null for lists and objects. */
    static @Nullable String text(@Nullable JsonNode node) {
        if (node == null) {
            return null;
        }
        if (node.isString()) {
            return node.stringValue();
        }
        if (node.isNumber()) {
            return plain(node.decimalValue());
        }
        return node.isBoolean() ? node.toString() : null;
    }

    private static String plain(BigDecimal number) {
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }
}
