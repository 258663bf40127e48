package org.diptych.command;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A JSON object of a benchmark's file. What is asked of it and not there is named with file, line and field.
 *
 * @param line where the object begins
 * @param number of the record in its file, from 1; 0 where its line tells it from all others
 */
record BenchmarkRecord(Path file, long line, int number, ObjectNode fields) {

    boolean has(String field) {
        return fields.has(field);
    }

    /** Text that is not blank. */
    String text(String field) {
        return text(field, required(field));
    }

    /** The same where the field may be missing or null. */
    Optional<String> optionalText(String field) {
        var node = fields.get(field);
        return node == null || node.isNull() ? Optional.empty() : Optional.of(text(field, node));
    }

    /** The same where anything else than words stands for none. */
    Optional<String> words(String field) {
        return Optional.ofNullable(fields.get(field))
                .filter(JsonNode::isString)
                .map(JsonNode::stringValue)
                .filter(text -> !text.isBlank());
    }

    /** Whether a field that must be there is null, or text without a word in it. */
    boolean isBlank(String field) {
        var node = fields.get(field);
        if (node == null) {
            throw fault(field, "missing");
        }
        return isBlank(node);
    }

    /** The same of any entry of a list. */
    boolean hasBlank(String field) {
        return list(field).valueStream().anyMatch(BenchmarkRecord::isBlank);
    }

    private static boolean isBlank(JsonNode node) {
        return node.isNull() || (node.isString() && node.stringValue().isBlank());
    }

    /** A number that is finite. */
    double number(String field) {
        var node = required(field);
        if (!node.isNumber() || !Double.isFinite(node.doubleValue())) {
            throw fault(field, "must be a number, not " + shown(node));
        }
        return node.doubleValue();
    }

    /** A list of texts. */
    List<String> texts(String field) {
        var list = list(field);
        return IntStream.range(0, list.size())
                .mapToObj(index -> text(field + "[" + index + "]", list.get(index)))
                .toList();
    }

    /** A list of anything. */
    JsonNode list(String field) {
        var node = required(field);
        if (!node.isArray()) {
            throw fault(field, "must be a list, not " + shown(node));
        }
        return node;
    }

    /** An object inside the object; its faults are named with the whole path. */
    BenchmarkRecord object(String field) {
        if (required(field) instanceof ObjectNode inner) {
            return new BenchmarkRecord(file, line, number, inner);
        }
        throw fault(field, "must be an object, not " + shown(required(field)));
    }

    /**
     * The path of a picture: text, or an object with a path, as Hugging Face writes pictures; null where that has the bytes
     * alone.
     */
    @Nullable
    String picture(String field) {
        return picture(field, required(field));
    }

    /** The same for an entry of a list. */
    @Nullable
    String picture(String field, int index) {
        return picture(field + "[" + index + "]", list(field).get(index));
    }

    private @Nullable String picture(String field, JsonNode node) {
        if (node instanceof ObjectNode picture && (picture.has("path") || picture.has("bytes"))) {
            var path = picture.get("path");
            return path == null || path.isNull() ? null : text(field + ".path", path);
        }
        return text(field, node);
    }

    MalformedFileException fault(String field, String problem) {
        return fault(field + ": " + problem);
    }

    /** A fault of the record as a whole. */
    MalformedFileException fault(String problem) {
        return new MalformedFileException(file, line, (number > 0 ? "record " + number + ": " : "") + problem);
    }

    /** Where the record is, in a message about another one. */
    String place() {
        return number > 0 ? "record " + number : "line " + line;
    }

    /** A value in a message, not more of it than fits in a line. */
    static String shown(JsonNode node) {
        var text = node.toString();
        return text.length() <= 40 ? text : text.substring(0, 40) + "…";
    }

    private JsonNode required(String field) {
        var node = fields.get(field);
        if (node == null || node.isNull()) {
            throw fault(field, "missing");
        }
        return node;
    }

    private String text(String field, JsonNode node) {
        if (!node.isString()) {
            throw fault(field, "must be text, not " + shown(node));
        }
        if (node.stringValue().isBlank()) {
            throw fault(field, "is empty");
        }
        return node.stringValue();
    }
}
