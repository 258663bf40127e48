package org.diptych.service.dataset;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.diptych.service.problem.Problem;

/** What a dataset can be exported as. */
public enum ExportFormat {
    /** Every label with its full provenance, one JSON object a line. */
    JSONL("jsonl", "labels.jsonl"),
    /** EditReward's training records: one per labelled pair, the preferred edit first. */
    EDITREWARD_JSON("editreward-json", "editreward.json"),
    /** The labelled pairs with features and all their labels, to simulate the campaign offline. */
    REPLAY("replay", "replay.jsonl");

    private final String word;
    private final String fileName;

    ExportFormat(String word, String fileName) {
        this.word = word;
        this.fileName = fileName;
    }

    /** The format of that name. */
    public static ExportFormat of(String word) {
        return Arrays.stream(values())
                .filter(format -> format.word.equals(word))
                .findFirst()
                .orElseThrow(() -> Problem.invalid(
                        "unknown_format",
                        "format",
                        "The formats are "
                                + Arrays.stream(values())
                                        .map(ExportFormat::word)
                                        .collect(Collectors.joining(", "))
                                + "."));
    }

    /** Its name on the command line. */
    public String word() {
        return word;
    }

    /** The name of the file it makes. */
    public String fileName() {
        return fileName;
    }
}
