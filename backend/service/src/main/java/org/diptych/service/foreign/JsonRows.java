package org.diptych.service.foreign;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/** The rows of a JSON document: those of an array, those of an object's list of pairs, or objects one after the other. */
final class JsonRows {
    private final Visitor visitor;
    private final JsonParser parser;
    private final RowBound bound;
    private int number;

    private JsonRows(Visitor visitor, JsonParser parser, RowBound bound) {
        this.visitor = visitor;
        this.parser = parser;
        this.bound = bound;
    }

    /** Hears of rows. */
    interface Visitor {
        /**
         * A row.
         *
         * @param number from 1
         * @return whether to go on
         */
        boolean row(int number, JsonNode row) throws IOException;

        /** The file cannot be read from this row on. */
        void problem(int number, String message);
    }

    /** Reads a file; only one row is in memory, of at most so many bytes. */
    static void read(Path file, JsonMapper json, int largestRow, Visitor visitor) throws IOException {
        try (var bound = new RowBound(Files.newInputStream(file), largestRow);
                var parser = json.createParser(bound)) {
            var rows = new JsonRows(visitor, parser, bound);
            try {
                rows.read();
            } catch (JacksonException e) {
                var reason = e.getCause() instanceof RowBound.RowTooLargeException large
                        ? large.getMessage()
                        : "is not JSON: " + Fields.shown(String.valueOf(e.getOriginalMessage()));
                visitor.problem(rows.number + 1, reason + "; the rest of the file is not read");
            }
        }
    }

    private void read() throws IOException {
        var token = parser.nextToken();
        if (token == JsonToken.START_ARRAY) {
            array();
            return;
        }
        boolean more = true;
        while (more && token != null) {
            more = token == JsonToken.START_OBJECT ? object() : row(parser.readValueAsTree());
            token = more ? parser.nextToken() : null;
        }
    }

    private boolean row(JsonNode node) throws IOException {
        bound.next();
        return visitor.row(++number, node);
    }

    private boolean array() throws IOException {
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (!row(parser.readValueAsTree())) {
                return false;
            }
        }
        return true;
    }

    private boolean object() throws IOException {
        var row = JsonNodeFactory.instance.objectNode();
        boolean pairs = false;
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            var name = parser.currentName();
            if (parser.nextToken() == JsonToken.START_ARRAY && name.equals("pairs")) {
                pairs = true;
                if (!array()) {
                    return false;
                }
            } else {
                row.set(name, parser.<JsonNode>readValueAsTree());
            }
        }
        return pairs || row(row);
    }
}
