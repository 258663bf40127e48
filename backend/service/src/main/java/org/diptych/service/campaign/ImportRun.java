package org.diptych.service.campaign;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.diptych.service.image.ImageStaging;

/**
 * One import from the first row to the last. Rows are taken in batches; of a batch, what is wanted is published to the
 * object store before the transaction that refers to it commits.
 */
final class ImportRun {
    private static final int BATCH = 100;

    private final ManifestReader manifest;
    private final RowImages images;
    private final ImageStaging staging;
    private final ImportTarget target;
    private final boolean strict;
    private final ImportLimits limits;
    private final ImportTally tally;
    private final LongConsumer progress;
    private final Consumer<String> taken;
    private final RowOddities oddities = new RowOddities();
    private long newPairs;

    /**
     * @param strict whether an oddity is a reason to reject a row
     * @param progress hears the number of the line that it has come to
     * @param taken hears the id of every item that is taken, or was there with the same content
     */
    ImportRun(
            ManifestReader manifest,
            RowImages images,
            ImageStaging staging,
            ImportTarget target,
            boolean strict,
            ImportLimits limits,
            LongConsumer progress,
            Consumer<String> taken) {
        this.manifest = manifest;
        this.images = images;
        this.staging = staging;
        this.target = target;
        this.strict = strict;
        this.limits = limits;
        this.tally = new ImportTally(limits.maximumProblems());
        this.progress = progress;
        this.taken = taken;
    }

    /** Reads every row; afterwards the tally tells what became of them. */
    ImportTally read() throws IOException, InterruptedException {
        var batch = new ArrayList<ManifestRow>(BATCH);
        for (var parsed = manifest.next(); parsed != null; parsed = manifest.next()) {
            if (parsed.row() == null) {
                tally.reject(parsed.problems());
                continue;
            }
            batch.add(parsed.row());
            if (batch.size() == BATCH) {
                take(batch);
                batch.clear();
            }
        }
        take(batch);
        return tally;
    }

    private void take(List<ManifestRow> batch) throws IOException, InterruptedException {
        if (batch.isEmpty()) {
            return;
        }
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedException("stopped between batches");
        }
        var prepared = sensible(images.prepare(batch, tally));
        var decided = target.write(prepared, staging, tally.hasProblems());
        for (var row : decided.different()) {
            reject(
                    row.row().line(),
                    "id",
                    "item " + row.row().id() + " is in the campaign already, with other content; "
                            + "give the new content an id of its own");
        }
        newPairs +=
                decided.added().stream().mapToLong(row -> row.pairs().size()).sum();
        tally.understood(decided.added());
        tally.understood(decided.unchanged());
        tally.added(decided.added());
        tally.unchanged(decided.unchanged().size());
        images.remember(decided.added());
        images.remember(decided.unchanged());
        decided.added().forEach(row -> taken.accept(row.row().id()));
        decided.unchanged().forEach(row -> taken.accept(row.row().id()));
        progress.accept(batch.getLast().line());
    }

    /** The rows that are worth taking; what is odd about them is told. */
    private List<PreparedRow> sensible(List<PreparedRow> rows) throws IOException {
        var itemsOfTasks = target.itemsOfTasks(rows);
        var sensible = new ArrayList<PreparedRow>();
        long most = newPairs;
        for (var row : rows) {
            var odd = oddities.of(row, itemsOfTasks.getOrDefault(row.row().id(), Map.of()));
            if (row.pairs().isEmpty()) {
                reject(
                        row.row().line(),
                        "candidates",
                        "are all the same picture: there is nothing to compare; give at least two that differ");
            } else if (most + row.pairs().size() > limits.maximumPairs()) {
                reject(
                        row.row().line(),
                        "candidates",
                        "make more than " + limits.maximumPairs()
                                + " new pairs, with those of the rows before: the most of one import (the setting"
                                + " diptych.imports.maximum-pairs). Give fewer candidates, or send the rest by itself");
            } else if (strict && !odd.isEmpty()) {
                tally.reject(odd.stream().map(ImportWarning::asProblem).toList());
            } else {
                tally.warn(odd);
                most += row.pairs().size();
                sensible.add(row);
            }
        }
        return sensible;
    }

    private void reject(int line, String field, String message) {
        tally.reject(List.of(new ImportProblem(line, field, message)));
    }
}
