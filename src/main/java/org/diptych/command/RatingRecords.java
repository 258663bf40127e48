package org.diptych.command;

import java.util.List;
import java.util.Map;
import org.diptych.command.BenchmarkRows.Rating;

/** Records of single edits, in the words of either benchmark that has them. */
final class RatingRecords {
    static final String OVERALL = "overall";

    /** The editing model of a record that names none, as the published reader calls it. */
    private static final String UNKNOWN = "unknown";

    private RatingRecords() {}

    static Rating rating(BenchmarkRecord row, int number, String prompt, String input, String output) {
        var source = row.text(input);
        var instruction = row.text(prompt);
        var edit = new BenchmarkEdit(
                List.of(new BenchmarkEdit.Place(number, 0)),
                row.optionalText("filename").orElse(source),
                row.optionalText("model").orElse(UNKNOWN),
                row.text(output),
                new BenchmarkEdit.Request(row.file(), source, instruction));
        return new Rating(edit, source, instruction, Map.of(OVERALL, row.number("score")), List.of(), Map.of());
    }
}
