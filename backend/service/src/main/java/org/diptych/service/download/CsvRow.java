package org.diptych.service.download;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Rows of a CSV file that spreadsheets open: whatever somebody wrote, no cell starts a formula there. */
public final class CsvRow {
    /** The wide forms are read as the plain ones where people write Chinese or Japanese. */
    private static final String STARTS_FORMULA = "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20";

    private CsvRow() {}

    /** A row with its line end (RFC 4180); null is an empty cell, a number stands as it is. */
    public static String of(@Nullable Object... cells) {
        return Arrays.stream(cells).map(CsvRow::cell).collect(Collectors.joining(",", "", "\r\n"));
    }

    private static String cell(@Nullable Object value) {
        if (value instanceof Number) {
            return value.toString();
        }
        var text = value == null ? "" : value.toString();
        if (text.isEmpty()) {
            return "";
        }
        var safe = STARTS_FORMULA.indexOf(text.charAt(0)) < 0 ? text : "'" + text;
        return "\"" + safe.replace("\"", "\"\"") + "\"";
    }
}
