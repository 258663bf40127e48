package org.diptych.service.dataset;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.diptych.service.dataset.table.Columns;
import org.diptych.service.dataset.table.Feature;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The first rows of an export, kept while it is written: of its first table or file, and of no other. */
final class RowSample {
    private final int most;
    private final List<JsonNode> rows = new ArrayList<>();
    private final HeadStream head = new HeadStream();
    private @Nullable String config;

    /** @param most rows that are kept */
    RowSample(int most) {
        this.most = most;
    }

    /** A row of a table; pictures are named and not shown. */
    void row(String table, Columns columns, List<? extends @Nullable Object> values) {
        if (!isOf(table) || rows.size() == most) {
            return;
        }
        var row = new LinkedHashMap<String, @Nullable Object>();
        var names = columns.names();
        for (int i = 0; i < names.size(); i++) {
            row.put(names.get(i), plain(values.get(i)));
        }
        rows.add(JsonMapper.shared().valueToTree(row));
    }

    private static @Nullable Object plain(@Nullable Object value) {
        return switch (value) {
            case Feature.Picture.Encoded picture -> Map.of("path", picture.path());
            case List<?> list -> list.stream().map(RowSample::plain).toList();
            case null -> null;
            default -> value instanceof Number || value instanceof Boolean ? value : value.toString();
        };
    }

    /** Takes the first bytes of a file of JSON values. */
    HeadStream head() {
        return head;
    }

    /** Whether this file or table is the first that came. */
    boolean isOf(String table) {
        if (config == null) {
            config = table;
        }
        return config.equals(table);
    }

    /** The rows: those of a table, else those that the first bytes hold completely. */
    List<JsonNode> rows() {
        if (rows.isEmpty()) {
            try (var values = JsonMapper.shared().readerFor(JsonNode.class).<JsonNode>readValues(head.bytes())) {
                while (rows.size() < most && values.hasNextValue()) {
                    rows.add(values.nextValue());
                }
            } catch (JacksonException cutOff) {
                // what comes after the head is not there, and nobody asked for it
                return List.copyOf(rows);
            }
        }
        return List.copyOf(rows);
    }
}
