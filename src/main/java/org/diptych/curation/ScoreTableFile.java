package org.diptych.curation;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.diptych.service.dataset.table.Columns;
import org.diptych.service.dataset.table.Feature.Value;
import org.diptych.service.dataset.table.ParquetTable;
import org.jspecify.annotations.Nullable;

/** Writes every candidate with its scores and what became of it, as a table. */
final class ScoreTableFile {
    static final String NAME = "scores.parquet";

    private ScoreTableFile() {}

    static void write(Path folder, Curated curated, List<String> inputs, int model, String digest) throws IOException {
        var dimensions = dimensions(curated);
        try (var out = new BufferedOutputStream(Files.newOutputStream(folder.resolve(NAME)));
                var table = new ParquetTable(out, columns(dimensions), false)) {
            curated.forEach((row, first) -> {
                for (int i = 0; i < row.edits().size(); i++) {
                    var outcome = curated.choice().outcome(first + i);
                    var cells = new ArrayList<@Nullable Object>();
                    var edit = row.edits().get(i);
                    cells.add(row.id());
                    cells.add(edit.image());
                    cells.add(row.source());
                    cells.add(row.instruction());
                    cells.add(row.category());
                    cells.add(edit.model());
                    for (var dimension : dimensions) {
                        add(cells, edit.dimensions().get(dimension));
                    }
                    add(cells, edit.overall());
                    cells.add(model);
                    cells.add(digest);
                    cells.add(outcome.reason().key());
                    cells.add(outcome.because() < 0 ? null : curated.ids().get(outcome.because()));
                    cells.add(inputs.get(row.input()));
                    cells.add(row.row());
                    boolean isChosen = outcome.reason() == Reason.CHOSEN;
                    cells.add(isChosen ? row.sourceFile() : null);
                    cells.add(isChosen ? edit.file() : null);
                    cells.add(sha256(row.sourceFile()));
                    cells.add(sha256(edit.file()));
                    table.add(cells);
                }
            });
        }
    }

    /** The names of all dimensions that any candidate has, sorted. */
    static SortedSet<String> dimensions(Curated curated) throws IOException {
        var dimensions = new TreeSet<String>();
        curated.forEach((row, first) ->
                row.edits().forEach(edit -> dimensions.addAll(edit.dimensions().keySet())));
        return dimensions;
    }

    static void add(List<@Nullable Object> cells, @Nullable Estimate estimate) {
        cells.add(estimate == null ? null : estimate.mu());
        cells.add(estimate == null ? null : estimate.sigma());
        cells.add(estimate == null ? null : estimate.epistemic());
    }

    private static Columns columns(Set<String> dimensions) {
        var columns = new Columns()
                .with("id", Value.STRING)
                .with("image", Value.STRING)
                .with("source", Value.STRING)
                .with("instruction", Value.STRING)
                .with("category", Value.STRING)
                .with("model", Value.STRING);
        for (var dimension : dimensions) {
            with(columns, dimension);
        }
        return with(columns, Summary.OVERALL)
                .with("reward_model", Value.INT32)
                .with("reward_model_digest", Value.STRING)
                .with("outcome", Value.STRING)
                .with("because_of", Value.STRING)
                .with("input", Value.STRING)
                .with("row", Value.INT64)
                .with("source_file", Value.STRING)
                .with("image_file", Value.STRING)
                .with("source_sha256", Value.STRING)
                .with("image_sha256", Value.STRING);
    }

    static Columns with(Columns columns, String dimension) {
        return columns.with(dimension + "_mu", Value.FLOAT64)
                .with(dimension + "_sigma", Value.FLOAT64)
                .with(dimension + "_epistemic", Value.FLOAT64);
    }

    private static String sha256(String file) {
        return file.substring(file.indexOf('/') + 1, file.indexOf('.'));
    }
}
