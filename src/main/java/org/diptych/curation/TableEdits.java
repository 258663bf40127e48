package org.diptych.curation;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongPredicate;
import java.util.regex.Pattern;
import org.diptych.service.campaign.ManifestPath;
import org.diptych.service.campaign.ManifestSource;
import org.diptych.service.campaign.UnreadableFileException;
import org.diptych.service.dataset.table.Feature;
import org.diptych.service.dataset.table.ParquetRows;
import org.diptych.service.dataset.table.UnreadableTableException;
import org.jspecify.annotations.Nullable;

/** The edits of a Parquet table. Pictures are in the cells, or files that the cells name, in the table's folder. */
public final class TableEdits implements EditSource {
    private static final Pattern DIGEST = Pattern.compile("(?i)[0-9a-f]{16,128}");

    private final Path file;
    private final TableColumns columns;
    private final Map<String, List<String>> labels;
    private final ManifestSource folder;

    private TableEdits(Path file, TableColumns columns, Map<String, List<String>> labels, ManifestSource folder) {
        this.file = file;
        this.columns = columns;
        this.labels = labels;
        this.folder = folder;
    }

    /**
     * The edits of a table.
     *
     * @param told columns by role, before any guess
     * @throws UnreadableTableException when it is no whole Parquet file
     */
    public static TableEdits of(Path file, Map<String, List<String>> told)
            throws IOException, TableColumns.UnsuitableColumnsException {
        try (var rows = ParquetRows.open(file)) {
            var columns = TableColumns.of(rows.columns(), told);
            rows.select(columns.all());
            if (columns.id() == null
                    && columns.category() != null
                    && TableColumns.TASK.equalsIgnoreCase(columns.category())
                    && !told.containsKey("category")
                    && hasDigests(rows, columns.category())) {
                columns = columns.withTasksAsIds();
            }
            return new TableEdits(file, columns, rows.labels(), ManifestSource.folder(file));
        }
    }

    /** Whether the first cell of a column is a digest. */
    private static boolean hasDigests(ParquetRows rows, String column) throws IOException {
        rows.select(List.of(column));
        var first = rows.next();
        return first != null
                && first.values().get(column) instanceof String text
                && DIGEST.matcher(text).matches();
    }

    @Override
    public Path file() {
        return file;
    }

    @Override
    public String mapping() {
        return columns.toString();
    }

    @Override
    public void read(LongPredicate wanted, Visitor visitor) throws IOException, InterruptedException {
        try (var rows = ParquetRows.open(file)) {
            rows.select(columns.all());
            for (long number = 0; number < rows.count(); number++) {
                if (wanted.test(number + 1)) {
                    visit(row(rows, number), visitor);
                }
            }
        }
    }

    private ParquetRows.Row row(ParquetRows rows, long number) throws IOException {
        try {
            rows.skipTo(number);
            var row = rows.next();
            if (row == null) {
                throw new BrokenInputException(file + ":" + (number + 1) + ": the table ends before this row");
            }
            return row;
        } catch (UnreadableTableException damaged) {
            throw new BrokenInputException(file + ":" + (number + 1) + ": " + damaged.reason());
        }
    }

    private void visit(ParquetRows.Row row, Visitor visitor) throws IOException, InterruptedException {
        long number = row.number() + 1;
        var instruction = instruction(row.values().get(columns.instruction()));
        if (instruction.isBlank()) {
            visitor.fault(new EditItem.Fault(number, columns.instruction(), "empty"));
            return;
        }
        var sources = pictures(row, columns.source(), visitor);
        if (sources.size() != 1) {
            if (!sources.isEmpty()) {
                visitor.fault(new EditItem.Fault(
                        number, columns.source(), "has " + sources.size() + " pictures; one source is taken"));
            }
            return;
        }
        var edits = new ArrayList<EditItem.Edit>();
        for (int i = 0; i < columns.edited().size(); i++) {
            var model = columns.models().isEmpty()
                    ? null
                    : row.values().get(columns.models().get(i));
            var cell = row.values().get(columns.edited().get(i));
            var pictures = pictures(row, columns.edited().get(i), visitor);
            for (int picture = 0; picture < pictures.size(); picture++) {
                // a list of models beside a list of pictures, none of which had to be left out
                var own = model instanceof List<?> names
                        ? cell instanceof List<?> cells
                                        && cells.size() == names.size()
                                        && cells.size() == pictures.size()
                                ? names.get(picture)
                                : null
                        : model;
                edits.add(new EditItem.Edit(
                        own instanceof String name && !name.isBlank() ? name : null, pictures.get(picture), Map.of()));
            }
        }
        if (!edits.isEmpty()) {
            visitor.item(
                    new EditItem(number, id(row), instruction, category(row), sources.getFirst(), edits, Map.of()));
        }
    }

    /** Of a list the first: the others say the same in other words. */
    private static String instruction(@Nullable Object cell) {
        return switch (cell) {
            case String text -> text;
            case byte[] bytes -> new String(bytes, StandardCharsets.UTF_8);
            case List<?> texts when !texts.isEmpty() -> String.valueOf(texts.getFirst());
            case null, default -> "";
        };
    }

    private String id(ParquetRows.Row row) {
        var value = columns.id() == null ? null : row.values().get(columns.id());
        var text = value == null ? "" : value.toString().strip();
        return text.isEmpty() ? stem() + "-" + (row.number() + 1) : text;
    }

    private String stem() {
        return String.valueOf(file.getFileName()).replaceFirst("\\.[^.]*$", "");
    }

    private @Nullable String category(ParquetRows.Row row) {
        return columns.category() == null
                ? null
                : switch (row.values().get(columns.category())) {
                    case String category when !category.isBlank() -> category;
                    case Number number -> label(columns.category(), number);
                    case null, default -> null;
                };
    }

    /** The word that a number stands for, or the number; a negative one stands for none. */
    private @Nullable String label(String column, Number number) {
        var names = labels.getOrDefault(column, List.of());
        long place = number.longValue();
        if (names.isEmpty()) {
            return number.toString();
        }
        return place >= 0 && place < names.size() ? names.get((int) place) : null;
    }

    /** The pictures of a cell; what is wrong with it is told. */
    private List<EditItem.Picture> pictures(ParquetRows.Row row, String column, Visitor visitor) throws IOException {
        var value = row.values().get(column);
        if (value == null || (value instanceof List<?> none && none.isEmpty())) {
            visitor.fault(new EditItem.Fault(row.number() + 1, column, "no picture"));
            return List.of();
        }
        var pictures = new ArrayList<EditItem.Picture>();
        var cells = value instanceof List<?> list ? list : List.of(value);
        for (int i = 0; i < cells.size(); i++) {
            var field = value instanceof List<?> ? column + "[" + i + "]" : column;
            try {
                pictures.add(picture(field, cells.get(i)));
            } catch (UnreadableFileException unreadable) {
                visitor.fault(new EditItem.Fault(row.number() + 1, field, unreadable.reason()));
            }
        }
        return pictures;
    }

    private EditItem.Picture picture(String field, Object cell) throws UnreadableFileException {
        return switch (cell) {
            case byte[] bytes -> new EditItem.Picture(field, field, bytes);
            case Feature.Picture.Encoded encoded
            when encoded.bytes().length > 0 ->
                new EditItem.Picture(field, encoded.path().isBlank() ? field : encoded.path(), encoded.bytes());
            case Feature.Picture.Encoded encoded -> file(field, encoded.path());
            default -> file(field, cell.toString());
        };
    }

    private EditItem.Picture file(String field, String path) throws UnreadableFileException {
        var inside = ManifestPath.normalise(path).orElse("");
        if (inside.isEmpty()) {
            throw new UnreadableFileException(
                    path.isBlank()
                            ? "no picture"
                            : "path " + path + " is not a relative path inside the table's folder");
        }
        return new EditItem.Picture(field, inside, folder.read(inside, LARGEST_PICTURE));
    }

    @Override
    public void close() throws IOException {
        folder.close();
    }
}
