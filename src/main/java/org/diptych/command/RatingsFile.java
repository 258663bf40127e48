package org.diptych.command;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.diptych.statistics.agreement.DuplicateRatingException;
import org.diptych.statistics.agreement.Level;
import org.diptych.statistics.agreement.Ratings;
import org.jspecify.annotations.Nullable;

/**
 * Reads a table of ratings: UTF-8, header {@code unit,annotator,value}, a row per rating, quoted as in RFC 4180; blanks
 * around a field do not count. A missing rating is an absent row, or one whose value was named as meaning that.
 *
 * <p>At the ordinal, interval and ratio level values are numbers and equal numbers ({@code 1}, {@code 1.0}) are one
 * value; at the nominal level values are text, compared character by character. The scale has the values that occur.
 * Without a level, {@link RatingValues} chooses it.
 */
final class RatingsFile {
    private static final List<String> HEADER = List.of("unit", "annotator", "value");

    private final Path file;
    private final Set<String> missing;
    private final RatingValues values;
    private final Map<String, Integer> units = new HashMap<>();
    private final Map<String, Integer> annotators = new HashMap<>();
    private final List<String> annotatorNames = new ArrayList<>();
    private int[] unit = new int[1024];
    private int[] annotator = new int[1024];
    private int[] value = new int[1024];
    private int size;
    private int leftOut;

    private RatingsFile(Path file, @Nullable Level requested, Set<String> missing) {
        this.file = file;
        this.missing = missing;
        this.values = new RatingValues(requested);
    }

    /**
     * The ratings and the level at which to read them.
     *
     * @param level as requested, else chosen by the values, with the reason
     * @param leftOut rows that were left out because their value means that there is none
     * @param doubt what the reader of the file may want to know of it
     */
    record Content(Ratings ratings, RatingValues.Choice level, int leftOut, Optional<String> doubt) {}

    /**
     * Reads a file.
     *
     * @param requested the level, null to choose it by the values
     * @param missing values that mean that there is no rating: their rows are left out
     * @throws MalformedFileException if a row is not a rating, or an annotator rated a unit twice
     * @throws IOException if the file cannot be read
     */
    static Content read(Path file, @Nullable Level requested, Set<String> missing) throws IOException {
        var reader = new RatingsFile(file, requested, missing);
        reader.readRows();
        reader.values.fault().ifPresent(fault -> {
            throw reader.malformed(fault);
        });
        return new Content(
                reader.ratings(),
                reader.values.choice(),
                reader.leftOut,
                reader.values
                        .doubt()
                        .map(doubt -> String.valueOf(reader.malformed(doubt).getMessage())));
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
                checkFieldCount(row);
                var ratedValue = field(row, 2);
                if (missing.contains(ratedValue)) {
                    leftOut++;
                    continue;
                }
                checkFields(row);
                var ratedUnit = field(row, 0);
                // files usually list the ratings of a unit together
                if (!ratedUnit.equals(lastUnit)) {
                    lastUnit = ratedUnit;
                    lastIndex = units.computeIfAbsent(lastUnit, _ -> units.size());
                }
                append(lastIndex, annotatorIndex(field(row, 1)), values.index(ratedValue, line));
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
        return CsvReader.builder()
                .allowExtraFields(true)
                .allowMissingFields(true)
                .ofCsvRecord(TextFile.open(file));
    }

    private void checkHeader(CsvRecord header) {
        var fields = header.getFields().stream().map(Blanks::strip).toList();
        if (!fields.equals(HEADER)) {
            throw new MalformedFileException(
                    file,
                    header.getStartingLineNumber(),
                    "the header is \"%s\"; it must be \"unit,annotator,value\"".formatted(String.join(",", fields)));
        }
    }

    private void checkFieldCount(CsvRecord row) {
        if (row.getFieldCount() != HEADER.size()) {
            throw malformed(
                    row, "has %d fields; a rating has three: unit,annotator,value".formatted(row.getFieldCount()));
        }
    }

    private void checkFields(CsvRecord row) {
        for (var field = 0; field < HEADER.size(); field++) {
            if (field(row, field).isEmpty()) {
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
        var scale = values.scale();
        var places = values.places(scale);
        for (var row = 0; row < size; row++) {
            value[row] = places[value[row]];
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

    /** Line numbers are not kept for the rare case that one is needed, so the file is read once more. */
    private MalformedFileException duplicate(int row) throws IOException {
        try (var csv = open()) {
            var second = csv.stream()
                    .skip(1)
                    .filter(record -> !missing.contains(field(record, 2)))
                    .skip(row)
                    .findFirst()
                    .orElseThrow();
            return malformed(
                    second,
                    "annotator \"%s\" has rated unit \"%s\" before; keep one of the two rows"
                            .formatted(field(second, 1), field(second, 0)));
        }
    }

    private static String field(CsvRecord row, int number) {
        return Blanks.strip(row.getField(number));
    }

    private MalformedFileException malformed(RatingValues.Fault fault) {
        return new MalformedFileException(file, fault.line(), fault.problem() + " (column 3, value)");
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
