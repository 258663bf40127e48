package org.diptych.command;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.diptych.curation.EditSource;
import org.diptych.curation.ManifestEdits;
import org.diptych.curation.TableColumns;
import org.diptych.curation.TableEdits;
import org.diptych.service.dataset.table.UnreadableTableException;
import org.diptych.service.problem.Problem;

/** Opens the files that edits are in, whatever their form. */
final class EditInputs {
    private EditInputs() {}

    /**
     * Opens a manifest, a zip of one, or a Parquet table.
     *
     * @param columns of a table, by role
     * @throws CommandFailure naming the file and what is wrong with it
     */
    static EditSource open(Path file, Map<String, List<String>> columns) {
        InputFile.require(file, "Give a manifest (.jsonl), a .zip of its folder, or a Parquet table.");
        try {
            if (isTable(file)) {
                return TableEdits.of(file, columns);
            }
            return ManifestUpload.isZip(file) ? ManifestEdits.ofArchive(file) : ManifestEdits.of(file);
        } catch (UnreadableTableException damaged) {
            throw CommandFailure.badInput(file + ": cannot be read as a Parquet table: " + damaged.reason() + ".");
        } catch (TableColumns.UnsuitableColumnsException unsuitable) {
            throw CommandFailure.badInput(file + ": " + unsuitable.getMessage());
        } catch (Problem problem) {
            throw CommandFailure.badInput(file + ": " + problem.detail());
        } catch (IOException unreadable) {
            throw CommandFailure.badInput(file + ": cannot be read: " + FileFault.of(unreadable) + ".");
        }
    }

    private static boolean isTable(Path file) throws IOException {
        try (InputStream stream = Files.newInputStream(file)) {
            return new String(stream.readNBytes(4), StandardCharsets.ISO_8859_1).equals("PAR1")
                    || String.valueOf(file.getFileName())
                            .toLowerCase(Locale.ROOT)
                            .endsWith(".parquet");
        }
    }
}
