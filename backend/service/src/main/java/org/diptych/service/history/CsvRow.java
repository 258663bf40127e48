package org.diptych.service.history;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Rows of a CSV file that spreadsheets open: whatever somebody wrote, no cell starts a formula there. */
final class CsvRow {
    private static final String STARTS_FORMULA = "=+-@\t\r\n";

    private CsvRow() {}

    /** A row with its line end (RFC 4180); null is an empty cell. */
    static String of(@Nullable String... cells) {
        return Arrays.stream(cells).map(CsvRow::cell).collect(Collectors.joining(",", "", "\r\n"));
    }

    private static String cell(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            return "";
        }
        var safe = STARTS_FORMULA.indexOf(text.charAt(0)) < 0 ? text : "'" + text;
        return "\"" + safe.replace("\"", "\"\"") + "\"";
    }
}
