package org.diptych.curation;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Set;
import org.diptych.service.dataset.table.Columns;
import org.diptych.service.dataset.table.Feature.Picture;
import org.diptych.service.dataset.table.Feature.Picture.Encoded;
import org.diptych.service.dataset.table.Feature.Value;
import org.diptych.service.dataset.table.ParquetTable;
import org.jspecify.annotations.Nullable;

/** Writes the subset as a table with the pictures in it: a row for each chosen candidate. */
final class SubsetTableFile {
    static final String NAME = "selected.parquet";

    private SubsetTableFile() {}

    /**
     * Writes it.
     *
     * @param folder that has the pictures already
     * @param model number of the reward model's version
     * @param digest SHA-256 of the model
     */
    static void write(Path folder, Curated curated, int model, String digest) throws IOException {
        var dimensions = ScoreTableFile.dimensions(curated);
        try (var out = new BufferedOutputStream(Files.newOutputStream(folder.resolve(NAME)));
                var table = new ParquetTable(out, columns(dimensions), true)) {
            curated.forEach((row, first) -> {
                for (int i = 0; i < row.edits().size(); i++) {
                    if (curated.isChosen(first + i)) {
                        var edit = row.edits().get(i);
                        var cells = new ArrayList<@Nullable Object>();
                        cells.add(row.id());
                        cells.add(row.instruction());
                        cells.add(picture(folder, row.sourceFile()));
                        cells.add(picture(folder, edit.file()));
                        cells.add(row.category());
                        cells.add(edit.model());
                        for (var dimension : dimensions) {
                            ScoreTableFile.add(cells, edit.dimensions().get(dimension));
                        }
                        ScoreTableFile.add(cells, edit.overall());
                        cells.add(model);
                        cells.add(digest);
                        table.add(cells);
                    }
                }
            });
        }
    }

    private static Encoded picture(Path folder, String file) throws IOException {
        return new Encoded(Files.readAllBytes(folder.resolve(file)), file);
    }

    private static Columns columns(Set<String> dimensions) {
        var columns = new Columns()
                .with("id", Value.STRING)
                .with("instruction", Value.STRING)
                .with("source_image", new Picture())
                .with("edited_image", new Picture())
                .with("category", Value.STRING)
                .with("model", Value.STRING);
        for (var dimension : dimensions) {
            ScoreTableFile.with(columns, dimension);
        }
        return ScoreTableFile.with(columns, Summary.OVERALL)
                .with("reward_model", Value.INT32)
                .with("reward_model_digest", Value.STRING);
    }
}
