package org.diptych.curation;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.diptych.protocol.text.Sha256;
import org.diptych.service.image.ImageLimits;
import org.diptych.service.image.InvalidImageException;
import org.diptych.service.image.PictureReader;
import org.jspecify.annotations.Nullable;

/**
 * Goes through the inputs once and scores what has no score yet. While one batch is scored the next is read and decoded, so
 * two batches of pictures are in memory and never more.
 */
public final class ScoringPass implements AutoCloseable {
    private static final int BATCH_EDITS = 128;
    private static final long BATCH_BYTES = 32L << 20;
    /** Tables of pairs name a candidate again and again within a few rows. */
    private static final int REMEMBERED = 10_000;

    private static final int LARGEST_PIXELS = 64_000_000;

    private final ScoreJournal journal;
    private final Scoring scoring;
    private final Progress progress;
    private final PictureReader pictures =
            new PictureReader(new ImageLimits(EditSource.LARGEST_PICTURE, LARGEST_PIXELS));
    private final ExecutorService executor = Executors.newSingleThreadExecutor();
    private final Map<String, Place> known = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Place> eldest) {
            return size() > REMEMBERED;
        }
    };
    private Batch batch = new Batch();
    private @Nullable Future<Batch> underWay;
    private long scored;

    /** Hears how it goes. */
    public interface Progress {
        /** So many candidates have been scored. */
        void scored(long candidates);

        /** Something in an input cannot be scored. */
        void fault(int input, EditItem.Fault fault);
    }

    /** Scores into a journal. */
    public ScoringPass(ScoreJournal journal, Scoring scoring, Progress progress) {
        this.journal = journal;
        this.scoring = scoring;
        this.progress = progress;
    }

    /** Scores what the file has and the journal has not. */
    public void read(int input, EditSource source) throws IOException, InterruptedException {
        var rows = new Rows(input);
        try {
            source.read(row -> !journal.has(input, row), rows);
            rows.end();
            flush();
        } catch (BrokenInputException broken) {
            // what lies before the damage is worth its scores
            flush();
            settle();
            throw broken;
        } finally {
            settle();
        }
    }

    /** How many candidates were scored, not counting those that had a score. */
    public long scored() {
        return scored;
    }

    private void flush() throws IOException, InterruptedException {
        settle();
        var full = batch;
        batch = new Batch();
        if (!full.rows.isEmpty()) {
            underWay = executor.submit(() -> {
                full.score(scoring);
                return full;
            });
        }
    }

    private void settle() throws IOException, InterruptedException {
        var running = underWay;
        underWay = null;
        if (running == null) {
            return;
        }
        try {
            var done = running.get();
            var rows = done.rows.stream().map(PendingRow::scored).toList();
            journal.add(rows);
            rows.forEach(row -> row.faults().forEach(fault -> progress.fault(row.input(), fault)));
            scored += done.edits;
            progress.scored(scored);
        } catch (ExecutionException failure) {
            switch (failure.getCause()) {
                case RuntimeException unchecked -> throw unchecked;
                case null, default -> throw new IllegalStateException(failure.getCause());
            }
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }

    /** Where the result of a candidate is, or will be. */
    private record Place(Results of, int request, int edit) {
        Scoring.@Nullable Result result() {
            return of.results.isEmpty() ? null : of.results.get(request).get(edit);
        }
    }

    /** Of a batch: remembered for longer than its pictures. */
    private static final class Results {
        private List<List<Scoring.Result>> results = List.of();
    }

    private record PendingEdit(
            String image,
            String field,
            @Nullable String model,
            String file,
            String fingerprint,
            Map<String, Object> metadata,
            Place place) {}

    /** A row whose edits wait for their scores. */
    private record PendingRow(
            int input,
            long row,
            @Nullable EditItem item,
            String sourceFile,
            List<PendingEdit> edits,
            List<EditItem.Fault> faults) {
        ScoredRow scored() {
            var scores = new ArrayList<ScoredRow.ScoredEdit>();
            var problems = new ArrayList<>(faults);
            for (var edit : edits) {
                var result = edit.place().result();
                if (result == null || result.overall() == null) {
                    var fault = result == null ? null : result.fault();
                    problems.add(new EditItem.Fault(row, edit.field(), fault == null ? "was not scored" : fault));
                } else {
                    scores.add(new ScoredRow.ScoredEdit(
                            edit.image(),
                            edit.model(),
                            edit.file(),
                            edit.fingerprint(),
                            result.dimensions(),
                            result.overall(),
                            edit.metadata()));
                }
            }
            return item == null
                    ? new ScoredRow(input, row, "", "", null, "", "", List.of(), Map.of(), problems)
                    : new ScoredRow(
                            input,
                            row,
                            item.id(),
                            item.instruction(),
                            item.category(),
                            item.source().path(),
                            sourceFile,
                            scores,
                            item.metadata(),
                            problems);
        }
    }

    private static final class Batch {
        private final List<PendingRow> rows = new ArrayList<>();
        private final List<Scoring.Request> requests = new ArrayList<>();
        private final Results results = new Results();
        private int edits;
        private long bytes;

        void score(Scoring scoring) {
            if (!requests.isEmpty()) {
                results.results = scoring.score(requests);
            }
        }

        boolean isFull() {
            return edits >= BATCH_EDITS || bytes >= BATCH_BYTES;
        }
    }

    /** Gathers what a file says of a row. */
    private final class Rows implements EditSource.Visitor {
        private final int input;
        private final List<EditItem.Fault> faults = new ArrayList<>();
        private @Nullable EditItem item;
        private long row;

        Rows(int input) {
            this.input = input;
        }

        @Override
        public void fault(EditItem.Fault fault) throws IOException {
            turn(fault.row());
            faults.add(fault);
        }

        @Override
        public void item(EditItem next) throws IOException, InterruptedException {
            turn(next.row());
            item = next;
            end();
        }

        private void turn(long next) throws IOException {
            if (row != next) {
                try {
                    end();
                } catch (InterruptedException interrupted) {
                    Thread.currentThread().interrupt();
                    throw new IOException(interrupted);
                }
                row = next;
            }
        }

        /** The row is complete. */
        void end() throws IOException, InterruptedException {
            var complete = item;
            if (complete != null || !faults.isEmpty()) {
                var kept = List.copyOf(faults);
                faults.clear();
                item = null;
                batch.rows.add(complete == null ? faulty(kept) : pending(complete, kept));
                if (batch.isFull()) {
                    flush();
                }
            }
        }

        private PendingRow faulty(List<EditItem.Fault> kept) {
            return new PendingRow(input, row, null, "", List.of(), kept);
        }

        private PendingRow pending(EditItem complete, List<EditItem.Fault> kept) throws InterruptedException {
            var problems = new ArrayList<>(kept);
            var before = seen(complete.source(), problems);
            if (before == null) {
                return faulty(problems);
            }
            var edits = new ArrayList<PendingEdit>();
            var images = new ArrayList<Scoring.Image>();
            int request = batch.requests.size();
            for (var edit : complete.edits()) {
                var after = seen(edit.picture(), problems);
                if (after == null) {
                    continue;
                }
                var key = complete.instruction() + '\n' + before.file() + '\n' + after.file();
                var place = known.get(key);
                if (place == null) {
                    place = new Place(batch.results, request, images.size());
                    known.put(key, place);
                    images.add(new Scoring.Image(edit.picture().bytes(), after.extension()));
                    batch.bytes += edit.picture().bytes().length;
                }
                edits.add(new PendingEdit(
                        edit.picture().path(),
                        edit.picture().field(),
                        edit.model(),
                        after.file(),
                        Fingerprint.of(before.miniature(), after.miniature()).toString(),
                        edit.metadata(),
                        place));
            }
            if (!images.isEmpty()) {
                batch.requests.add(new Scoring.Request(
                        complete.instruction(),
                        new Scoring.Image(complete.source().bytes(), before.extension()),
                        images));
                batch.bytes += complete.source().bytes().length;
                batch.edits += images.size();
            }
            return new PendingRow(input, complete.row(), complete, before.file(), edits, problems);
        }

        private @Nullable Seen seen(EditItem.Picture picture, List<EditItem.Fault> problems)
                throws InterruptedException {
            try {
                var miniature = Miniature.of(pictures.read(picture.bytes()));
                var extension = PictureReader.extension(picture.bytes()).orElseThrow();
                return new Seen(
                        miniature, extension, "images/" + Sha256.hexadecimal(picture.bytes()) + "." + extension);
            } catch (InvalidImageException unreadable) {
                problems.add(new EditItem.Fault(row, picture.field(), picture.path() + ": " + unreadable.reason()));
                return null;
            }
        }
    }

    /** A picture that was looked at. */
    private record Seen(Miniature miniature, String extension, String file) {}
}
