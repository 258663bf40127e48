package org.diptych.service.dataset;

import java.util.List;
import java.util.Locale;
import org.diptych.service.dataset.table.Columns;
import org.jspecify.annotations.Nullable;

/** The rows of a table, in as many numbered Parquet files of one schema as keep each below a size; one where there is no row. */
final class TableFiles implements AutoCloseable {
    private final Archive archive;
    private final String config;
    private final String split;
    private final Columns columns;
    private final boolean pictures;
    private final long bytes;
    private int number;
    private Archive.@Nullable TableFile open;
    private String path = "";

    TableFiles(Archive archive, String config, String split, Columns columns, boolean pictures, long bytes) {
        this.archive = archive;
        this.config = config;
        this.split = split;
        this.columns = columns;
        this.pictures = pictures;
        this.bytes = bytes;
    }

    /** Adds a row: one value or null for each column. */
    void add(List<? extends @Nullable Object> row) {
        archive.sees(config, columns, row);
        var file = file();
        file.rows().add(row);
        if (file.bytes() >= bytes) {
            end(file);
        }
    }

    private Archive.TableFile file() {
        var file = open;
        if (file == null) {
            path = config + "/" + split + String.format(Locale.ROOT, "-%05d.parquet", number++);
            file = archive.new TableFile(path, columns, pictures);
            open = file;
        }
        return file;
    }

    private void end(Archive.TableFile file) {
        file.end(config, split, path, columns);
        open = null;
    }

    /** Completes the last file. */
    @Override
    public void close() {
        if (open != null || number == 0) {
            end(file());
        }
    }
}
