package org.diptych.service.campaign;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.diptych.service.image.ImageIntake;
import org.diptych.service.image.ImageStaging;
import org.diptych.service.image.InvalidImageException;
import org.diptych.service.image.PreparedImage;

/** Reads and checks the pictures that rows name, a few at a time, each file once as long as it is remembered. */
final class RowImages implements AutoCloseable {
    private static final int REMEMBERED = 10_000;

    private final ManifestSource source;
    private final ImageIntake intake;
    private final ImageStaging staging;
    private final ExecutorService threads;
    private final Map<String, PreparedImage> remembered = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, PreparedImage> eldest) {
            return size() > REMEMBERED;
        }
    };

    RowImages(ManifestSource source, ImageIntake intake, ImageStaging staging) {
        this.source = source;
        this.intake = intake;
        this.staging = staging;
        this.threads = Executors.newFixedThreadPool(intake.concurrency());
    }

    /** A picture that may be taken in, or the reason why not. */
    private sealed interface Outcome {
        record Accepted(PreparedImage image) implements Outcome {}

        record Rejected(String reason) implements Outcome {}
    }

    /** The rows whose pictures may all be taken in; the others are rejected in the tally. */
    List<PreparedRow> prepare(List<ManifestRow> rows, ImportTally tally) throws IOException, InterruptedException {
        var outcomes = new HashMap<String, Future<Outcome>>();
        for (var row : rows) {
            start(row.source(), outcomes);
            row.candidates().forEach(candidate -> start(candidate.image(), outcomes));
        }
        var prepared = new ArrayList<PreparedRow>();
        for (var row : rows) {
            var problems = new ArrayList<ImportProblem>();
            var images = new ArrayList<PreparedImage>();
            collect(row, "source", row.source(), outcomes, images, problems);
            for (var index = 0; index < row.candidates().size(); index++) {
                var path = row.candidates().get(index).image();
                collect(row, "candidates[" + index + "].image", path, outcomes, images, problems);
            }
            if (problems.isEmpty()) {
                prepared.add(PreparedRow.of(row, images.getFirst(), images.subList(1, images.size())));
            } else {
                tally.reject(problems);
            }
        }
        return prepared;
    }

    /** Remembers the pictures of rows that will not be discarded from the staging area unpublished. */
    void remember(List<PreparedRow> rows) {
        for (var row : rows) {
            remembered.put(row.row().source(), row.source());
            for (var index = 0; index < row.images().size(); index++) {
                remembered.put(
                        row.row().candidates().get(index).image(), row.images().get(index));
            }
        }
    }

    private void start(String path, Map<String, Future<Outcome>> outcomes) {
        if (!remembered.containsKey(path)) {
            outcomes.computeIfAbsent(path, p -> threads.submit(() -> prepare(p)));
        }
    }

    private Outcome prepare(String path) throws IOException, InterruptedException {
        try {
            return new Outcome.Accepted(intake.prepare(path, source.read(path, intake.maximumBytes()), staging));
        } catch (UnreadableFileException e) {
            return new Outcome.Rejected(e.reason());
        } catch (InvalidImageException e) {
            return new Outcome.Rejected(path + ": " + e.reason());
        }
    }

    private void collect(
            ManifestRow row,
            String field,
            String path,
            Map<String, Future<Outcome>> outcomes,
            List<PreparedImage> images,
            List<ImportProblem> problems)
            throws IOException, InterruptedException {
        var known = remembered.get(path);
        if (known != null) {
            images.add(known);
            return;
        }
        var future = outcomes.get(path);
        if (future == null) {
            throw new IllegalStateException("picture " + path + " was not asked for");
        }
        switch (result(future)) {
            case Outcome.Accepted(var image) -> images.add(image);
            case Outcome.Rejected(var reason) -> problems.add(new ImportProblem(row.line(), field, reason));
        }
    }

    private static Outcome result(Future<Outcome> future) throws IOException, InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case IOException cause -> throw cause;
                case RuntimeException cause -> throw cause;
                case null, default -> throw new IllegalStateException(e);
            }
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
        threads.close();
    }
}
