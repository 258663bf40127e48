package org.diptych.service.dataset;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.diptych.service.problem.Problem;
import org.jspecify.annotations.Nullable;

/** What a dataset can be exported as. */
public enum ExportFormat {
    /** Every label with its full provenance, one JSON object a line. */
    JSONL("jsonl", "labels.jsonl"),
    /** EditReward's training records: one per labelled pair, the preferred edit first. */
    EDITREWARD_JSON("editreward-json", "editreward.json"),
    /** The labelled pairs with features and all their labels, to simulate the campaign offline. */
    REPLAY("replay", "replay.jsonl"),
    /** Typed tables with pictures for Hugging Face {@code datasets}. */
    PARQUET("parquet", ParquetFormat::new),
    /** The columns of EditReward-Data as published. */
    EDITREWARD_PARQUET("editreward-parquet", EditRewardTableFormat::new),
    /** Rows for ms-swift's reward models. */
    MS_SWIFT("ms-swift", SwiftFormat::new),
    /** Rows for a judge trained with TRL. */
    TRL("trl", TrlFormat::new),
    /** The columns of Pick-a-Pic with the source as one more picture. */
    PICK_A_PIC("pick-a-pic", PickAPicFormat::new),
    /** Ranking rows for LLaMA-Factory. */
    LLAMA_FACTORY("llama-factory", LlamaFactoryFormat::new),
    /** Tasks with annotations for Label Studio. */
    LABEL_STUDIO("label-studio", LabelStudioFormat::new),
    /** Records for Argilla. */
    ARGILLA("argilla", ArgillaFormat::new);

    private final String word;
    private final String fileName;
    private final @Nullable Supplier<DatasetFormat> dataset;

    ExportFormat(String word, String fileName) {
        this.word = word;
        this.fileName = fileName;
        this.dataset = null;
    }

    ExportFormat(String word, Supplier<DatasetFormat> dataset) {
        this.word = word;
        this.fileName = word + ".zip";
        this.dataset = dataset;
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

    /** The name of the file of one part. */
    String fileName(String part) {
        int end = fileName.lastIndexOf('.');
        return fileName.substring(0, end) + "-" + part + fileName.substring(end);
    }

    /** The name of the file that it makes of these parts: a plain file in parts is a zip. */
    String fileName(Split split) {
        return split.equals(Split.NONE) || isFolder()
                ? fileName
                : fileName.substring(0, fileName.lastIndexOf('.')) + ".zip";
    }

    /** About how often the labels are read for it. */
    int passes(ExportOptions options) {
        int parts = options.split().parts().size();
        int each = this == PARQUET ? 4 : 1;
        return parts * each + (options.consensus() == ConsensusRule.DAWID_SKENE ? 1 : 0);
    }

    /** Whether it holds single answers, else what the answers to a task come to. */
    public boolean isOfAnswers() {
        return this == JSONL || this == REPLAY;
    }

    /** Whether a labelled task in which nobody won has no row unless ties are split. */
    boolean dropsTies() {
        return this == MS_SWIFT || this == TRL || this == LLAMA_FACTORY;
    }

    /** Whether it can be cut into parts. */
    public boolean hasParts() {
        return this != REPLAY;
    }

    /** Whether it is a folder of files with a card, in a zip, which takes options; else one plain file. */
    public boolean isFolder() {
        return dataset != null;
    }

    /** Which labels it holds unless somebody says otherwise. */
    public LabelFilter filter() {
        return switch (this) {
            case JSONL -> LabelFilter.EVERYTHING;
            case EDITREWARD_JSON -> LabelFilter.WITH_SIMULATED;
            default -> LabelFilter.DEFAULT;
        };
    }

    /** What may become of tasks in which nobody won. */
    public Set<Ties> ties() {
        return switch (this) {
            case JSONL, REPLAY -> EnumSet.of(Ties.KEEP);
            case PARQUET, LABEL_STUDIO, ARGILLA -> EnumSet.of(Ties.KEEP, Ties.DROP);
            case EDITREWARD_JSON, EDITREWARD_PARQUET, MS_SWIFT, TRL, PICK_A_PIC, LLAMA_FACTORY ->
                EnumSet.allOf(Ties.class);
        };
    }

    /** Writes the folder's data. */
    DatasetFormat dataset() {
        return Objects.requireNonNull(dataset, "only a folder has one").get();
    }
}
