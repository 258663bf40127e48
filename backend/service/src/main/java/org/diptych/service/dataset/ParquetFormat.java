package org.diptych.service.dataset;

import static org.diptych.service.dataset.table.Feature.Value.BOOL;
import static org.diptych.service.dataset.table.Feature.Value.FLOAT32;
import static org.diptych.service.dataset.table.Feature.Value.FLOAT64;
import static org.diptych.service.dataset.table.Feature.Value.INT32;
import static org.diptych.service.dataset.table.Feature.Value.INT64;
import static org.diptych.service.dataset.table.Feature.Value.STRING;
import static org.diptych.service.dataset.table.Feature.Value.TIME;

import java.util.ArrayList;
import java.util.List;
import org.diptych.protocol.Verdict;
import org.diptych.service.dataset.table.Columns;
import org.diptych.service.dataset.table.Feature;
import org.jspecify.annotations.Nullable;

/**
 * Parquet for Hugging Face {@code datasets}, twice: {@code pairs} has its pictures in every row and is what a viewer shows;
 * {@code candidates} (every picture once), {@code comparisons} and {@code annotations} are the same without repetition.
 */
final class ParquetFormat implements DatasetFormat {
    static final Feature.ClassLabel VERDICT = new Feature.ClassLabel(
            LabelledTask.VERDICTS.stream().map(Verdict::word).toList());

    private static final Columns DIMENSION = new Columns()
            .with("dimension", STRING)
            .with("votes_first", INT32)
            .with("votes_tie", INT32)
            .with("votes_both_bad", INT32)
            .with("votes_second", INT32)
            .with("rating_first", FLOAT32)
            .with("rating_second", FLOAT32);

    private static final Columns PAIRS = said(new Columns()
            .with("task", STRING)
            .with("item", STRING)
            .with("instruction", STRING)
            .with("category", STRING)
            .with("source", new Feature.Picture())
            .with("first", new Feature.Picture())
            .with("second", new Feature.Picture())
            .with("first_model", STRING)
            .with("second_model", STRING));

    private static final Columns COMPARISONS = said(new Columns()
            .with("task", STRING)
            .with("item", STRING)
            .with("instruction", STRING)
            .with("category", STRING)
            .with("source_sha256", STRING)
            .with("first_candidate", STRING)
            .with("second_candidate", STRING));

    private static final Columns CANDIDATES = new Columns()
            .with("sha256", STRING)
            .with("kind", new Feature.ClassLabel(List.of("source", "edit")))
            .with("candidate", STRING)
            .with("item", STRING)
            .with("source_sha256", STRING)
            .with("model", STRING)
            .with("seed", STRING)
            .with("file", STRING)
            .with("width", INT32)
            .with("height", INT32)
            .with("image", new Feature.Picture());

    private static final Columns SAID = new Columns()
            .with("dimension", STRING)
            .with("verdict", STRING)
            .with("rating_first", INT32)
            .with("rating_second", INT32);

    private static final Columns ANNOTATIONS = new Columns()
            .with("label", STRING)
            .with("sequence", INT64)
            .with("kind", new Feature.ClassLabel(List.of("answer", "skip")))
            .with("task", STRING)
            .with("pair", STRING)
            .with("first_candidate", STRING)
            .with("second_candidate", STRING)
            .with("verdict", STRING)
            .with("dimensions", new Feature.Structs(SAID))
            .with("skip_reason", STRING)
            .with("comment", STRING)
            .with("flagged", BOOL)
            .with("annotator", STRING)
            .with("simulated", BOOL)
            .with("left", STRING)
            .with("stratum", STRING)
            .with("selection_probability", FLOAT64)
            .with("acquisition_policy", STRING)
            .with("acquisition_model", INT32)
            .with("active_milliseconds", INT64)
            .with("first_answer_milliseconds", INT64)
            .with("supersedes", STRING)
            .with("protocol", STRING)
            .with("protocol_sha256", STRING)
            .with("submitted_at", TIME);

    private static Columns said(Columns columns) {
        return columns.with("verdict", VERDICT)
                .with("preference", FLOAT32)
                .with("share_first", FLOAT32)
                .with("share_tie", FLOAT32)
                .with("share_both_bad", FLOAT32)
                .with("share_second", FLOAT32)
                .with("labels", INT32)
                .with("dimensions", new Feature.Structs(DIMENSION))
                .with("stratum", STRING)
                .with("consensus", STRING)
                .with("protocols", new Feature.ListOf(STRING));
    }

    @Override
    public long write(Dataset data, Archive archive) {
        long[] leftOut = new long[1];
        for (var split : data.options().split().parts()) {
            archive.table(
                    "pairs",
                    split,
                    PAIRS,
                    true,
                    table -> leftOut[0] += data.tasks(split, (task, outcome) -> {
                        var row = asked(task);
                        row.add(data.encoded(task.source()));
                        row.add(data.encoded(task.first().picture()));
                        row.add(data.encoded(task.second().picture()));
                        row.add(task.first().model());
                        row.add(task.second().model());
                        table.add(said(row, task, outcome));
                    }));
        }
        var annotations = new AnnotationRows(data);
        for (var split : data.options().split().parts()) {
            archive.table("candidates", split, CANDIDATES, true, table -> annotations.candidates(split, table));
            archive.table(
                    "comparisons",
                    split,
                    COMPARISONS,
                    false,
                    table -> data.tasks(split, (task, outcome) -> {
                        var row = asked(task);
                        row.add(task.source().sha256());
                        row.add(task.first().candidate().toString());
                        row.add(task.second().candidate().toString());
                        table.add(said(row, task, outcome));
                    }));
            archive.table("annotations", split, ANNOTATIONS, false, table -> annotations.annotations(split, table));
        }
        return leftOut[0];
    }

    private static List<@Nullable Object> asked(LabelledTask task) {
        var row = new ArrayList<@Nullable Object>();
        row.add(task.task().digest());
        row.add(task.item());
        row.add(task.task().instruction());
        row.add(task.category());
        return row;
    }

    private static List<@Nullable Object> said(List<@Nullable Object> row, LabelledTask task, Outcome outcome) {
        row.add(outcome.verdict().word());
        row.add(outcome.preference());
        for (double share : outcome.shares()) {
            row.add(share);
        }
        row.add(task.labels().size());
        var dimensions = new ArrayList<List<@Nullable Object>>();
        for (var dimension : task.dimensions()) {
            var values = new ArrayList<@Nullable Object>();
            values.add(dimension);
            for (int count : task.votes(dimension)) {
                values.add(count);
            }
            double[] ratings = task.ratings(dimension);
            values.add(ratings == null ? null : ratings[0]);
            values.add(ratings == null ? null : ratings[1]);
            dimensions.add(values);
        }
        row.add(dimensions);
        row.add(task.stratum());
        row.add(outcome.source().word());
        row.add(task.protocols());
        return row;
    }
}
