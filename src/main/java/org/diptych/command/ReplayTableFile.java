package org.diptych.command;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.diptych.statistics.replay.ReplayTable;
import org.diptych.statistics.replay.ReplayTableReader;
import org.diptych.statistics.replay.ReplayTableReader.MalformedTableException;

/** Tab-separated files, and exported campaigns, as replay tables; whatever is wrong with one is told with file and line. */
final class ReplayTableFile {
    private ReplayTableFile() {}

    static ReplayTable read(Path file) {
        InputFile.require(file, "");
        if (CampaignFile.recognises(file)) {
            return CampaignFile.read(file);
        }
        long line = 0;
        // fields of the wrong number are let through, to be named by the reader of the table
        try (var records = CsvReader.builder()
                .fieldSeparator('\t')
                .detectBomHeader(true)
                .allowExtraFields(true)
                .allowMissingFields(true)
                .ofCsvRecord(file)) {
            var rows = records.iterator();
            if (!rows.hasNext()) {
                throw CommandFailure.badInput("%s:1: the file is empty; a header is expected".formatted(file));
            }
            var reader = new ReplayTableReader(rows.next().getFields());
            while (rows.hasNext()) {
                CsvRecord row = rows.next();
                line = row.getStartingLineNumber();
                reader.add(line, row.getFields());
            }
            return reader.table();
        } catch (MalformedTableException malformed) {
            throw CommandFailure.badInput("%s:%d: %s".formatted(file, malformed.line(), malformed.getMessage()));
        } catch (CsvParseException notCsv) {
            throw CommandFailure.badInput(
                    "%s:%d: a quoted field is not closed, or longer than any field may be".formatted(file, line + 1));
        } catch (UncheckedIOException | IOException unreadable) {
            throw CommandFailure.badInput(
                    "%s:%d: cannot be read as text in UTF-8 from about here; save the file as UTF-8"
                            .formatted(file, line + 1));
        }
    }
}
