package org.diptych.command;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/**
 * A tab-separated table with a header, as published tables are: cells are taken to the letter, quotes mean nothing.
 *
 * @param header names of the columns, each once
 */
record TabTable(Path file, List<String> header, List<Row> rows) {

    /** Cells in the order of the header. */
    record Row(long line, List<String> cells) {}

    /**
     * Reads a file.
     *
     * @throws MalformedFileException when it has no rows, a row has another number of cells than the header, or two columns
     *     have one name
     */
    static TabTable read(Path file) throws IOException {
        List<String> header = List.of();
        List<Row> rows = new ArrayList<>();
        long number = 0;
        try (var text = TextFile.open(file)) {
            for (var line = text.readLine(); line != null; line = text.readLine()) {
                number++;
                var cells = List.of(line.split("\t", -1));
                if (number == 1) {
                    header = header(file, cells);
                } else if (cells.size() == header.size()) {
                    rows.add(new Row(number, cells));
                } else if (!line.isBlank()) {
                    throw new MalformedFileException(
                            file,
                            number,
                            "has %d cells; the header names %d columns".formatted(cells.size(), header.size()));
                }
            }
        } catch (CharacterCodingException notText) {
            throw new MalformedFileException(file, number + 1, "is not UTF-8 from about here; save the file as UTF-8");
        }
        if (rows.isEmpty()) {
            throw new MalformedFileException(file, 1, "has no rows");
        }
        return new TabTable(file, header, rows);
    }

    private static List<String> header(Path file, List<String> cells) {
        var names = new HashSet<String>();
        for (var name : cells) {
            if (!names.add(name)) {
                throw new MalformedFileException(file, 1, "the column \"%s\" is there twice".formatted(name));
            }
        }
        return cells;
    }

    boolean has(String column) {
        return header.contains(column);
    }

    /** A cell of a column that the table has. */
    String cell(Row row, String column) {
        return row.cells().get(header.indexOf(column));
    }

    /** A cell that must say something. */
    String text(Row row, String column) {
        var cell = cell(row, column);
        if (cell.isBlank()) {
            throw fault(row, column, "is empty");
        }
        return cell;
    }

    /**
     * A number, as a table writes it.
     *
     * @throws MalformedFileException when it is none
     */
    double number(Row row, String column) {
        try {
            double number = Double.parseDouble(text(row, column));
            if (Double.isFinite(number)) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            // said below, in words
        }
        throw fault(row, column, "must be a number, not \"%s\"".formatted(cell(row, column)));
    }

    MalformedFileException fault(Row row, String column, String problem) {
        return new MalformedFileException(file, row.line(), column + ": " + problem);
    }
}
