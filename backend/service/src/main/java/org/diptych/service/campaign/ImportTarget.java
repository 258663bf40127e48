package org.diptych.service.campaign;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.ObjIntConsumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.diptych.service.image.ImageStaging;
import org.springframework.transaction.support.TransactionOperations;

/** Where the rows of one import go: nowhere (a dry run), into one transaction (strict, or whole: without the rows that are wrong), or batch by batch. */
final class ImportTarget {
    /** How much is written when. */
    enum Mode {
        DRY,
        STRICT,
        WHOLE,
        BATCHES
    }

    private final Mode mode;
    private final ItemWriter writer;
    private final TransactionOperations transactions;
    private final Supplier<Optional<Campaign>> find;
    private final Supplier<Campaign> create;
    private final ObjIntConsumer<Campaign> added;

    /**
     * @param find finds the campaign, if it is there
     * @param create creates it
     * @param added hears, in the transaction, how many items a batch has added
     */
    ImportTarget(
            Mode mode,
            ItemWriter writer,
            TransactionOperations transactions,
            Supplier<Optional<Campaign>> find,
            Supplier<Campaign> create,
            ObjIntConsumer<Campaign> added) {
        this.mode = mode;
        this.writer = writer;
        this.transactions = transactions;
        this.find = find;
        this.create = create;
        this.added = added;
    }

    /**
     * What became of the rows of a batch.
     *
     * @param added new items
     * @param unchanged items that were there with the same content
     * @param different items that were there with other content
     */
    record Decision(List<PreparedRow> added, List<PreparedRow> unchanged, List<PreparedRow> different) {}

    /** By the id of a row: the task of the row, and an item with another id that has the same task in the campaign. */
    Map<String, Map<String, String>> itemsOfTasks(List<PreparedRow> rows) throws IOException {
        return inTransaction(() -> find.get()
                .map(campaign -> writer.itemsOfTasks(campaign.id(), rows))
                .orElseGet(Map::of));
    }

    /**
     * Writes a batch.
     *
     * @param hopeless whether an earlier row has a problem: a strict import writes nothing any more
     */
    Decision write(List<PreparedRow> rows, ImageStaging staging, boolean hopeless) throws IOException {
        if (mode == Mode.DRY || (mode == Mode.STRICT && hopeless)) {
            staging.keepNone();
            return inTransaction(
                    () -> find.get().map(campaign -> decide(campaign, rows)).orElseGet(() -> allNew(rows)));
        }
        if (rows.isEmpty()) {
            if (mode == Mode.BATCHES) {
                staging.keepNone();
            }
            return allNew(rows);
        }
        return inTransaction(() -> {
            var campaign = find.get().orElseGet(create);
            if (mode == Mode.WHOLE) {
                // the campaign itself is held at the end alone: this may go on for long
                writer.queue(campaign.id());
            } else {
                writer.lock(campaign.id());
            }
            var decision = decide(campaign, rows);
            if (mode == Mode.BATCHES) {
                publish(decision.added(), staging);
            }
            writer.insert(campaign, decision.added());
            if (!decision.added().isEmpty()) {
                added.accept(campaign, decision.added().size());
            }
            return decision;
        });
    }

    private <T> T inTransaction(Supplier<T> work) throws IOException {
        try {
            return Objects.requireNonNull(transactions.execute(status -> work.get()));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private Decision decide(Campaign campaign, List<PreparedRow> rows) {
        Map<String, String> stored = writer.contents(
                campaign.id(), rows.stream().map(row -> row.row().id()).toList());
        var decision = new Decision(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (var row : rows) {
            var content = stored.get(row.row().id());
            if (content == null) {
                decision.added().add(row);
            } else if (content.equals(row.contentSha256())) {
                decision.unchanged().add(row);
            } else {
                decision.different().add(row);
            }
        }
        return decision;
    }

    private static Decision allNew(List<PreparedRow> rows) {
        return new Decision(rows, List.of(), List.of());
    }

    private static void publish(List<PreparedRow> rows, ImageStaging staging) {
        var wanted = rows.stream()
                .flatMap(PreparedRow::allImages)
                .map(prepared -> prepared.image().sha256())
                .collect(Collectors.toSet());
        try {
            staging.keepOnly(wanted);
            staging.publish();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
