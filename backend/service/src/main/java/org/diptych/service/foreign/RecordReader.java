package org.diptych.service.foreign;

import java.io.BufferedReader;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.diptych.service.dataset.table.Feature;
import org.diptych.service.dataset.table.ParquetRows;
import org.diptych.service.dataset.table.UnreadableTableException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Reads the rows of a file of another tool one by one: Parquet, JSON lines, a JSON array, or an object with a list of pairs. */
final class RecordReader {
    /** Characters of a line, bytes of a row of a JSON array: one is held in memory at once. */
    private static final int LARGEST_LINE = 16 << 20;

    /** What lies beside the rows of many datasets and has none. */
    private static final Set<String> BESIDE =
            Set.of("croissant.json", "dataset_info.json", "dataset_infos.json", "mapping.json", "settings.json");

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private final Tool tool;
    private final Bytes bytes;
    private final Visitor visitor;

    /** @param bytes hears of pictures in the rows */
    RecordReader(Tool tool, Bytes bytes, Visitor visitor) {
        this.tool = tool;
        this.bytes = bytes;
        this.visitor = visitor;
    }

    /** Takes bytes that stand in a row. */
    interface Bytes {
        /**
         * What stands for them.
         *
         * @return null where nobody wants them
         */
        @Nullable
        String place(String column, byte[] bytes) throws IOException;
    }

    /** Hears what is in a file. */
    interface Visitor {
        /** @return whether to go on */
        boolean record(ForeignRecord record) throws IOException;

        void problem(ForeignProblem problem);
    }

    /** Whether a file may have rows, by its name. */
    static boolean isNamed(String name) {
        var lower = name.toLowerCase(Locale.ROOT);
        return !BESIDE.contains(lower.substring(lower.lastIndexOf('/') + 1)) && hasRows(lower);
    }

    private static boolean hasRows(String lower) {
        return lower.endsWith(".json") || isLines(lower) || lower.endsWith(".parquet");
    }

    private static boolean isLines(String name) {
        return name.endsWith(".jsonl") || name.endsWith(".ndjson");
    }

    /**
     * Reads a file to its end, or as far as it can be read.
     *
     * @param name what it is called in reports
     */
    void read(String name, Path file) throws IOException {
        var lower = name.toLowerCase(Locale.ROOT);
        if (lower.endsWith(".parquet")) {
            table(name, file);
        } else if (isLines(lower)) {
            lines(name, file);
        } else {
            document(name, file);
        }
    }

    private void problem(String file, int row, String message) {
        visitor.problem(new ForeignProblem(file, row, "", message));
    }

    private boolean row(String file, int number, JsonNode node) throws IOException {
        if (node instanceof ObjectNode object) {
            var fault = Answers.fault(tool, file, number, object);
            if (fault != null) {
                visitor.problem(fault);
                return true;
            }
            return visitor.record(Answers.of(tool, file, number, object));
        }
        problem(file, number, "is no JSON object");
        return true;
    }

    private void lines(String name, Path file) throws IOException {
        int number = 0;
        try (var reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            for (var line = line(reader); line != null; line = line(reader)) {
                number++;
                if (number == 1 && line.startsWith("\ufeff")) {
                    line = line.substring(1);
                }
                if (line.length() > LARGEST_LINE) {
                    problem(
                            name,
                            number,
                            "has more than " + LARGEST_LINE + " characters; the rest of the file is not read");
                    return;
                }
                if (!line.isBlank() && !line(name, number, line)) {
                    return;
                }
            }
        } catch (CharacterCodingException e) {
            problem(name, number + 1, "is not UTF-8; the rest of the file is not read");
        }
    }

    /** A line without its end, or its beginning where it is too long; null at the end. */
    private static @Nullable String line(BufferedReader reader) throws IOException {
        var line = new StringBuilder();
        int character = reader.read();
        if (character < 0) {
            return null;
        }
        while (character >= 0 && character != '\n' && line.length() <= LARGEST_LINE) {
            line.append((char) character);
            character = reader.read();
        }
        return line.toString();
    }

    private boolean line(String name, int number, String line) throws IOException {
        JsonNode node;
        try {
            node = JSON.readTree(line);
        } catch (JacksonException e) {
            problem(name, number, "is not JSON: " + Fields.shown(String.valueOf(e.getOriginalMessage())));
            return true;
        }
        return row(name, number, node);
    }

    private void document(String name, Path file) throws IOException {
        JsonRows.read(file, JSON, LARGEST_LINE, new JsonRows.Visitor() {
            @Override
            public boolean row(int number, JsonNode row) throws IOException {
                return RecordReader.this.row(name, number, row);
            }

            @Override
            public void problem(int number, String message) {
                RecordReader.this.problem(name, number, message);
            }
        });
    }

    private void table(String name, Path file) throws IOException {
        long number = 0;
        try (var rows = ParquetRows.open(file)) {
            rows.select(List.copyOf(rows.columns().keySet()));
            var labels = rows.labels();
            for (var row = rows.next(); row != null; row = rows.next()) {
                number = row.number() + 1;
                var object = JsonNodeFactory.instance.objectNode();
                for (var cell : row.values().entrySet()) {
                    var words = labels.getOrDefault(cell.getKey(), List.of());
                    var value = value(cell.getKey(), cell.getValue(), words);
                    if (value != null) {
                        object.set(cell.getKey(), value);
                    }
                }
                if (!row(name, (int) number, object)) {
                    return;
                }
            }
        } catch (UnreadableTableException e) {
            problem(name, number == 0 ? 0 : (int) number + 1, e.reason() + "; the rest of the file is not read");
        }
    }

    private @Nullable JsonNode value(String column, Object value, List<String> words) throws IOException {
        var nodes = JsonNodeFactory.instance;
        return switch (value) {
            case String text -> nodes.stringNode(text);
            case Boolean truth -> nodes.booleanNode(truth);
            case byte[] content -> place(column, content);
            case Feature.Picture.Encoded picture ->
                // with no bytes the file lies beside the table
                picture.bytes().length == 0 && !picture.path().isEmpty()
                        ? nodes.stringNode(picture.path())
                        : place(column, picture.bytes());
            case List<?> list -> {
                var array = nodes.arrayNode();
                for (var element : list) {
                    var node = element == null ? null : value(column, element, words);
                    if (node != null) {
                        array.add(node);
                    }
                }
                yield array;
            }
            case Number number -> {
                int index = number.intValue();
                yield number.doubleValue() == index && index >= 0 && index < words.size()
                        ? nodes.stringNode(words.get(index))
                        : Double.isFinite(number.doubleValue())
                                ? nodes.numberNode(new BigDecimal(number.toString()))
                                : null;
            }
            default -> null;
        };
    }

    private @Nullable JsonNode place(String column, byte[] content) throws IOException {
        var place = bytes.place(column, content);
        return place == null ? null : JsonNodeFactory.instance.stringNode(place);
    }
}
