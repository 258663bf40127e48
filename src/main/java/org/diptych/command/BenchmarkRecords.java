package org.diptych.command;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The objects of a JSON file: one list of them, one a line, or a list inside one object. */
final class BenchmarkRecords {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            // records are taken from the stream one after the other
            .disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final Path file;
    private final String container;
    private final List<Read> records = new ArrayList<>();
    private final Map<Long, Integer> begunOnLine = new HashMap<>();
    private long line = 1;

    /** An object and where it begins. */
    private record Read(long line, ObjectNode fields) {}

    private BenchmarkRecords(Path file, String container) {
        this.file = file;
        this.container = container;
    }

    /** Whether a file begins as JSON does. */
    static boolean isJson(Path file) throws IOException {
        requireText(file);
        try (var text = TextFile.open(file)) {
            for (int character = text.read(); character >= 0; character = text.read()) {
                if (!Character.isWhitespace(character)) {
                    return character == '{' || character == '[';
                }
            }
        } catch (CharacterCodingException notText) {
            throw new MalformedFileException(file, 1, "is not UTF-8; save the file as UTF-8");
        }
        throw new MalformedFileException(file, 1, "is empty");
    }

    /** Archives and Parquet are what the data sets are published as; their names say nothing. */
    private static void requireText(Path file) throws IOException {
        try (var bytes = Files.newInputStream(file)) {
            var start = bytes.readNBytes(4);
            if (start.length == 4 && start[0] == 'P' && start[1] == 'A' && start[2] == 'R' && start[3] == '1') {
                throw CommandFailure.badInput(
                        file + ": is Parquet. Write it as JSON Lines with the pictures as files beside it, and their"
                                + " paths in the picture fields.");
            }
            if (start.length > 2
                    && ((start[0] == (byte) 0x1F && start[1] == (byte) 0x8B) || (start[0] == 'P' && start[1] == 'K'))) {
                throw CommandFailure.badInput(file + ": is compressed. Unpack it first.");
            }
        }
    }

    /**
     * Reads a file.
     *
     * @param container the field that holds the list where the file is one object
     * @throws MalformedFileException when it is not JSON, or what should be an object is not
     */
    static List<BenchmarkRecord> read(Path file, String container) throws IOException {
        var reader = new BenchmarkRecords(file, container);
        try (var text = TextFile.open(file);
                var parser = JSON.createParser((Reader) text)) {
            reader.read(parser);
        } catch (JacksonException e) {
            if (e.getCause() instanceof CharacterCodingException) {
                throw new MalformedFileException(
                        file, reader.line, "is not UTF-8 from about here; save the file as UTF-8");
            }
            if (e.getCause() instanceof IOException unread) {
                throw unread;
            }
            var place = e.getLocation();
            throw new MalformedFileException(
                    file,
                    place == null || place.getLineNr() < 1 ? reader.line : place.getLineNr(),
                    "is not valid JSON: " + firstLine(String.valueOf(e.getOriginalMessage())));
        } catch (CharacterCodingException e) {
            throw new MalformedFileException(file, reader.line, "is not UTF-8 from about here; save the file as UTF-8");
        }
        if (reader.records.isEmpty()) {
            throw new MalformedFileException(file, 1, "holds no records");
        }
        return reader.numbered();
    }

    /** Where several records begin on one line, as programs write lists, their numbers tell them apart. */
    private List<BenchmarkRecord> numbered() {
        var numbered = new ArrayList<BenchmarkRecord>(records.size());
        for (var read : records) {
            boolean alone = begunOnLine.getOrDefault(read.line(), 0) == 1;
            numbered.add(new BenchmarkRecord(file, read.line(), alone ? 0 : numbered.size() + 1, read.fields()));
        }
        return numbered;
    }

    private void keep(long start, ObjectNode fields) {
        records.add(new Read(start, fields));
        begunOnLine.merge(start, 1, Integer::sum);
    }

    private void read(JsonParser parser) {
        for (var token = parser.nextToken(); token != null; token = parser.nextToken()) {
            if (token == JsonToken.START_ARRAY) {
                list(parser);
            } else {
                object(parser, token);
            }
        }
    }

    private void list(JsonParser parser) {
        for (var token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            add(parser, token);
        }
    }

    /** A record by itself, or the object around the list of them. */
    private void object(JsonParser parser, JsonToken token) {
        requireObject(parser, token);
        long start = line;
        ObjectNode fields = JSON.createObjectNode();
        boolean contained = false;
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            var name = parser.currentName();
            var value = parser.nextToken();
            if (name.equals(container) && value == JsonToken.START_ARRAY) {
                contained = true;
                list(parser);
            } else {
                fields.set(name, JSON.readTree(parser));
            }
        }
        if (!contained) {
            keep(start, fields);
        }
    }

    private void add(JsonParser parser, JsonToken token) {
        requireObject(parser, token);
        long start = line;
        if (JSON.readTree(parser) instanceof ObjectNode fields) {
            keep(start, fields);
        }
    }

    private void requireObject(JsonParser parser, JsonToken token) {
        line = parser.currentTokenLocation().getLineNr();
        if (token != JsonToken.START_OBJECT) {
            throw new MalformedFileException(
                    file, line, "record %d must be an object, {…}".formatted(records.size() + 1));
        }
    }

    private static String firstLine(String message) {
        return message.lines().findFirst().orElse("");
    }
}
