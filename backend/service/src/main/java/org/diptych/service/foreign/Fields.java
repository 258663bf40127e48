package org.diptych.service.foreign;

import java.math.BigDecimal;
import org.diptych.protocol.text.Characters;
import org.diptych.service.campaign.JsonLine;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Fields by their paths: {@code data.instruction} is the field of that very name, else {@code instruction} in {@code data}. */
final class Fields {
    private static final int LONGEST_SHOWN = 200;

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

    /** A text, or a number or truth value as the text that it is written with: 1.0 is 1. Null for lists, objects and numbers of astronomical size. */
    static @Nullable String text(@Nullable JsonNode node) {
        if (node == null) {
            return null;
        }
        if (node.isString()) {
            return node.stringValue();
        }
        if (node.isNumber()) {
            // written out, a number of a few characters can have as many digits as there is memory
            return JsonLine.isStorable(node) ? plain(node.decimalValue()) : null;
        }
        return node.isBoolean() ? node.toString() : null;
    }

    /** A number; not one (NaN) for anything else. */
    static double number(@Nullable JsonNode node) {
        return node != null && node.isNumber() && JsonLine.isStorable(node)
                ? node.decimalValue().doubleValue()
                : Double.NaN;
    }

    /** As much of a value as a message has room for. */
    static String shown(String value) {
        var beginning = Characters.beginning(value, LONGEST_SHOWN);
        return beginning.length() < value.length() ? beginning + "…" : value;
    }

    private static String plain(BigDecimal number) {
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }
}
