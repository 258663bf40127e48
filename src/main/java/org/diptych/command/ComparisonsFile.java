package org.diptych.command;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.diptych.statistics.ranking.GroupedComparisons;

/**
 * Reads a table of comparisons: UTF-8, header {@code left,right,outcome} or {@code left,right,outcome,group}, a row per
 * comparison, quoted as in RFC 4180; blanks around a field do not count. The outcome is {@code left}, {@code right} or
 * {@code tie}. Without a group every row is one of its own.
 */
final class ComparisonsFile {
    private static final List<String> HEADER = List.of("left", "right", "outcome");
    private static final List<String> GROUPED = List.of("left", "right", "outcome", "group");
    private static final Map<String, Integer> OUTCOMES = Map.of("left", 1, "tie", 0, "right", -1);
    private static final int MOST_ITEMS = 1_000;

    private final Path file;
    private final Map<String, Integer> items = new HashMap<>();
    private final List<String> names = new ArrayList<>();
    private final Map<String, Integer> groups = new HashMap<>();
    private final List<int[]> rows = new ArrayList<>();

    private ComparisonsFile(Path file) {
        this.file = file;
    }

    /** The comparisons, and the names of the items by their numbers. */
    record Content(GroupedComparisons comparisons, List<String> items) {}

    /**
     * Reads a file.
     *
     * @throws MalformedFileException if a row is not a comparison, naming its line
     * @throws IOException if the file cannot be read
     */
    static Content read(Path file) throws IOException {
        var reader = new ComparisonsFile(file);
        reader.readRows();
        if (reader.names.size() < 2) {
            throw new MalformedFileException(file, 1, "has no comparison; a ranking needs at least two items");
        }
        var builder = new GroupedComparisons.Builder(reader.names.size());
        reader.rows.forEach(row -> builder.add(row[3], row[0], row[1], row[2], 1));
        return new Content(builder.build(), List.copyOf(reader.names));
    }

    private void readRows() throws IOException {
        long line = 0;
        try (var csv = CsvReader.builder()
                .allowExtraFields(true)
                .allowMissingFields(true)
                .ofCsvRecord(TextFile.open(file))) {
            var records = csv.iterator();
            if (!records.hasNext()) {
                throw new MalformedFileException(file, 1, "is empty; begin with the header left,right,outcome");
            }
            var header = records.next();
            var columns = header.getFields().stream().map(Blanks::strip).toList();
            if (!columns.equals(HEADER) && !columns.equals(GROUPED)) {
                throw malformed(
                        header,
                        "the header is \"%s\"; it must be \"left,right,outcome\", and may end in \",group\""
                                .formatted(String.join(",", columns)));
            }
            while (records.hasNext()) {
                var row = records.next();
                line = row.getStartingLineNumber();
                add(row, columns);
            }
        } catch (CsvParseException e) {
            throw new MalformedFileException(file, line + 1, "is not well-formed CSV");
        } catch (UncheckedIOException e) {
            if (e.getCause() instanceof CharacterCodingException) {
                throw new MalformedFileException(
                        file, line + 1, "is not UTF-8 from about here; save the file as UTF-8");
            }
            throw e.getCause();
        }
    }

    private void add(CsvRecord row, List<String> columns) {
        if (row.getFieldCount() != columns.size()) {
            throw malformed(
                    row,
                    "has %d fields; the header names %d: %s"
                            .formatted(row.getFieldCount(), columns.size(), String.join(",", columns)));
        }
        for (int column = 0; column < columns.size(); column++) {
            if (field(row, column).isEmpty()) {
                throw malformed(row, "the %s is empty".formatted(columns.get(column)));
            }
        }
        var outcome = OUTCOMES.get(field(row, 2));
        if (outcome == null) {
            throw malformed(row, "the outcome is \"%s\"; it must be left, right or tie".formatted(field(row, 2)));
        }
        if (field(row, 0).equals(field(row, 1))) {
            throw malformed(row, "\"%s\" is compared with itself".formatted(field(row, 0)));
        }
        int group = columns.size() == HEADER.size()
                ? rows.size()
                : groups.computeIfAbsent(field(row, 3), _ -> groups.size());
        rows.add(new int[] {item(row, 0), item(row, 1), outcome, group});
    }

    private int item(CsvRecord row, int column) {
        int number = items.computeIfAbsent(field(row, column), name -> {
            names.add(name);
            return names.size() - 1;
        });
        if (names.size() > MOST_ITEMS) {
            throw malformed(row, "is one item too many: at most %d can be ranked".formatted(MOST_ITEMS));
        }
        return number;
    }

    private static String field(CsvRecord row, int number) {
        return Blanks.strip(row.getField(number));
    }

    private MalformedFileException malformed(CsvRecord row, String problem) {
        return new MalformedFileException(file, row.getStartingLineNumber(), problem);
    }
}
