package org.diptych.command;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.diptych.agreement.DuplicateRatingException;
import org.diptych.agreement.Level;
import org.diptych.agreement.Ratings;
import org.diptych.agreement.ValueScale;
import org.jspecify.annotations.Nullable;

/**
 * Reads a table of ratings: UTF-8, header {@code unit,annotator,value}, a row per rating, quoted as in RFC 4180. A
 * missing rating is an absent row.
 *
 * <p>At the ordinal, interval and ratio level values are numbers and equal numbers ({@code 1}, {@code 1.0}) are one
 * value; at the nominal level values are text, compared character by character. The scale has the values that occur.
 * Without a level, all values being numbers means ordinal, else nominal.
 */
final class RatingsFile {
    private static final List<String> HEADER = List.of("unit", "annotator", "value");
    private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");

    private final Path file;
    private final @Nullable Level requested;
    private final Map<String, Integer> units = new HashMap<>();
    private final Map<String, Integer> annotators = new HashMap<>();
    private final Map<String, Integer> values = new HashMap<>();
    private final List<String> annotatorNames = new ArrayList<>();
    private final List<String> valueNames = new ArrayList<>();
    private boolean numeric = true;
    private int[] unit = new int[1024];
    private int[] annotator = new int[1024];
    private int[] value = new int[1024];
    private int size;

    private RatingsFile(Path file, @Nullable Level requested) {
        this.file = file;
        this.requested = requested;
        this.numeric = requested != Level.NOMINAL;
    }

    /**
     * The ratings and the level at which to read them.
     *
     * @param level as requested, else chosen by the values
     */
    record Content(Ratings ratings, Level level) {}

    /**
     * Reads a file.
     *
     * @param requested the level, null to choose it by the values
     * @throws MalformedFileException if a row is not a rating, or an annotator rated a unit twice
     * @throws IOException if the file cannot be read
     */
    static Content read(Path file, @Nullable Level requested) throws IOException {
        var reader = new RatingsFile(file, requested);
        reader.readRows();
        var level = requested != null ? requested : reader.numeric ? Level.ORDINAL : Level.NOMINAL;
        return new Content(reader.ratings(), level);
    }

    private void readRows() throws IOException {
        long line = 0;
        try (var csv = open()) {
            var records = csv.iterator();
            if (!records.hasNext()) {
                throw new MalformedFileException(file, 1, "is empty; begin with the header unit,annotator,value");
            }
            checkHeader(records.next());
            String lastUnit = null;
            var lastIndex = -1;
            while (records.hasNext()) {
                var row = records.next();
                line = row.getStartingLineNumber();
                checkFields(row);
                // files usually list the ratings of a unit together
                if (!row.getField(0).equals(lastUnit)) {
                    lastUnit = row.getField(0);
                    lastIndex = units.computeIfAbsent(lastUnit, _ -> units.size());
                }
                append(lastIndex, annotatorIndex(row.getField(1)), valueIndex(row));
            }
        } catch (CsvParseException e) {
            throw new MalformedFileException(file, line + 1, "is not well-formed CSV: " + rootMessage(e));
        } catch (UncheckedIOException e) {
            if (e.getCause() instanceof CharacterCodingException) {
                throw new MalformedFileException(
                        file, line + 1, "is not UTF-8 from about here; save the file as UTF-8");
            }
            throw e.getCause();
        }
    }

    private CsvReader<CsvRecord> open() throws IOException {
        // a reader of its own, because it refuses bytes that are not UTF-8: replaced, two names could become one
        return CsvReader.builder()
                .allowExtraFields(true)
                .allowMissingFields(true)
                .ofCsvRecord(Files.newBufferedReader(file));
    }

    private void checkHeader(CsvRecord header) {
        var fields = new ArrayList<>(header.getFields());
        if (fields.getFirst().startsWith("\uFEFF")) {
            fields.set(0, fields.getFirst().substring(1));
        }
        if (!fields.equals(HEADER)) {
            throw new MalformedFileException(
                    file,
                    header.getStartingLineNumber(),
                    "the header is \"%s\"; it must be \"unit,annotator,value\"".formatted(String.join(",", fields)));
        }
    }

    private void checkFields(CsvRecord row) {
        if (row.getFieldCount() != HEADER.size()) {
            throw malformed(
                    row, "has %d fields; a rating has three: unit,annotator,value".formatted(row.getFieldCount()));
        }
        for (var field = 0; field < HEADER.size(); field++) {
            if (row.getField(field).isEmpty()) {
                throw malformed(
                        row, "the %s is empty; leave the row out if there is no rating".formatted(HEADER.get(field)));
            }
        }
    }

    private int annotatorIndex(String name) {
        var known = annotators.get(name);
        if (known != null) {
            return known;
        }
        annotators.put(name, annotatorNames.size());
        annotatorNames.add(name);
        return annotatorNames.size() - 1;
    }

    private int valueIndex(CsvRecord row) {
        var text = row.getField(2);
        var known = values.get(text);
        if (known != null) {
            return known;
        }
        if (numeric && !isNumber(text)) {
            if (requested != null) {
                throw malformed(row, "the value \"%s\" is not a number; use --level nominal for words".formatted(text));
            }
            numeric = false;
        }
        if (requested == Level.RATIO && Double.parseDouble(text) < 0) {
            throw malformed(row, "the value %s is below 0; use --level interval for such numbers".formatted(text));
        }
        values.put(text, valueNames.size());
        valueNames.add(text);
        return valueNames.size() - 1;
    }

    private void append(int unitIndex, int annotatorIndex, int valueIndex) {
        if (size == unit.length) {
            unit = Arrays.copyOf(unit, 2 * size);
            annotator = Arrays.copyOf(annotator, 2 * size);
            value = Arrays.copyOf(value, 2 * size);
        }
        unit[size] = unitIndex;
        annotator[size] = annotatorIndex;
        value[size++] = valueIndex;
    }

    private Ratings ratings() throws IOException {
        var scale = scale();
        var indexes = valueNames.stream()
                .mapToInt(name -> numeric ? scale.indexOf(Double.parseDouble(name)) : scale.indexOf(name))
                .toArray();
        for (var row = 0; row < size; row++) {
            value[row] = indexes[value[row]];
        }
        try {
            return Ratings.of(
                    scale,
                    annotatorNames,
                    Arrays.copyOf(unit, size),
                    Arrays.copyOf(annotator, size),
                    Arrays.copyOf(value, size));
        } catch (DuplicateRatingException e) {
            throw duplicate(e.row());
        }
    }

    /** Sorted, so that the order of rows decides nothing. */
    private ValueScale scale() {
        return numeric
                ? ValueScale.numbers(valueNames.stream()
                        .mapToDouble(name -> Double.parseDouble(name) + 0.0)
                        .distinct()
                        .toArray())
                : ValueScale.named(valueNames.stream().sorted().toList());
    }

    /** Line numbers are not kept for the rare case that one is needed, so the file is read once more. */
    private MalformedFileException duplicate(int row) throws IOException {
        try (var csv = open()) {
            var second = csv.stream().skip(row + 1L).findFirst().orElseThrow();
            return malformed(
                    second,
                    "annotator \"%s\" has rated unit \"%s\" before; keep one of the two rows"
                            .formatted(second.getField(1), second.getField(0)));
        }
    }

    private static boolean isNumber(String text) {
        return NUMBER.matcher(text).matches() && Double.isFinite(Double.parseDouble(text));
    }

    private MalformedFileException malformed(CsvRecord row, String problem) {
        return new MalformedFileException(file, row.getStartingLineNumber(), problem);
    }

    private static String rootMessage(Throwable exception) {
        var cause = exception;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage());
    }
}
