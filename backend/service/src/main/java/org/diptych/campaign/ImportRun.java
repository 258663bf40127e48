package org.diptych.campaign;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.diptych.image.ImageStaging;
import org.diptych.protocol.Protocol;
import org.jspecify.annotations.Nullable;

/**
 * One import from the first row to the last. Rows are taken in batches; of a batch, what is wanted is published to the
 * object store before the transaction that refers to it commits.
 */
final class ImportRun {
    private static final int BATCH = 100;

    private final ManifestLines lines;
    private final RowImages images;
    private final ImageStaging staging;
    private final ImportTarget target;
    private final ImportLimits limits;
    private final Protocol protocol;
    private final ImportTally tally;
    private final Map<String, Integer> lineOfId = new HashMap<>();

    ImportRun(
            ManifestLines lines,
            RowImages images,
            ImageStaging staging,
            ImportTarget target,
            ImportLimits limits,
            Protocol protocol) {
        this.lines = lines;
        this.images = images;
        this.staging = staging;
        this.target = target;
        this.limits = limits;
        this.protocol = protocol;
        this.tally = new ImportTally(limits.maximumProblems());
    }

    /** Reads every row; afterwards the tally tells what became of them. */
    ImportTally read() throws IOException, InterruptedException {
        var batch = new ArrayList<ManifestRow>(BATCH);
        for (var line = lines.next(); line != null; line = lines.next()) {
            if (lineOfId.size() >= limits.maximumItems()) {
                reject(line.number(), "", "the manifest has more than " + limits.maximumItems() + " items; split it");
                break;
            }
            var row = row(line);
            if (row != null) {
                batch.add(row);
            }
            if (batch.size() == BATCH) {
                take(batch);
                batch.clear();
            }
        }
        take(batch);
        if (lineOfId.isEmpty() && !tally.hasProblems()) {
            reject(1, "", "the manifest is empty");
        }
        return tally;
    }

    private @Nullable ManifestRow row(ManifestLines.Line line) {
        var text = line.text();
        if (text == null) {
            reject(line.number(), "", line.reason());
            return null;
        }
        var parsed = ManifestRowParser.parse(line.number(), text, limits.maximumCandidates(), protocol);
        var row = parsed.row();
        if (row == null) {
            tally.reject(parsed.problems());
            return null;
        }
        var earlier = lineOfId.putIfAbsent(row.id(), line.number());
        if (earlier != null) {
            reject(line.number(), "id", "item " + row.id() + " is on line " + earlier + " already; ids are unique");
            return null;
        }
        return row;
    }

    private void take(List<ManifestRow> batch) throws IOException, InterruptedException {
        if (batch.isEmpty()) {
            return;
        }
        var prepared = images.prepare(batch, tally);
        var decided = target.write(prepared, staging, tally.hasProblems());
        for (var row : decided.different()) {
            reject(
                    row.row().line(),
                    "id",
                    "item " + row.row().id() + " is in the campaign already, with other content; "
                            + "give the new content an id of its own");
        }
        tally.added(decided.added());
        tally.unchanged(decided.unchanged().size());
        images.remember(decided.added());
        images.remember(decided.unchanged());
    }

    private void reject(int line, String field, String message) {
        tally.reject(List.of(new ImportProblem(line, field, message)));
    }
}
