package org.diptych.command;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.diptych.service.campaign.ManifestPath;
import org.diptych.service.campaign.ManifestSource;
import org.diptych.service.campaign.UnreadableFileException;
import org.diptych.statistics.evaluation.Measure;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Scores the pictures of a benchmark with a model version of a server, a bounded number at a time: each batch is a manifest
 * with its pictures, as {@code diptych score} sends one. Pictures are found relative to the benchmark's file and not outside
 * its folder; those that are not there are named and counted.
 */
final class ModelScores {
    private static final int MOST_EDITS = 32;
    private static final long MOST_BYTES = 64L << 20;
    private static final int MOST_NAMED = 20;
    private static final Pattern OWN_NAME = Pattern.compile("\\b(?:source|edit)[0-9]+\\.(?:png|jpg|webp)\\b");

    /** Pauses before a batch is sent again to a server that is busy, starts again or broke off. */
    private static final List<Duration> PAUSES =
            List.of(Duration.ofMillis(300), Duration.ofSeconds(3), Duration.ofSeconds(15));

    private static final String NO_REQUEST =
            "the file names no picture of it, no single source image, or no instruction";
    private static final String NO_PICTURE = "its picture, or its source's, cannot be read";
    private static final String REFUSED = "the server could not score it";

    private final ServerClient client;
    private final String path;
    private final Consumer<String> said;
    private final Map<Edit, Measure> scores = new HashMap<>();
    private final Map<Path, ManifestSource> folders = new HashMap<>();
    private int named;
    private boolean answering = true;

    /**
     * @param version number of the model version
     * @param said where messages for people go
     */
    ModelScores(ServerClient client, String campaign, int version, Consumer<String> said) {
        this.client = client;
        this.path = "/api/v1/score?campaign=" + ServerClient.encode(campaign) + "&model=" + version;
        this.said = said;
    }

    /** What makes a score: the same edit is scored once, however many rows hold it. */
    private record Edit(BenchmarkEdit.Request request, String image) {}

    /**
     * Scores all edits.
     *
     * @throws CommandFailure when the server refuses, or none of the pictures can be read
     */
    EditScores score(BenchmarkContent content) {
        // a refused token is said before pictures are read
        client.get("/api/v1/session");
        var wanted = new LinkedHashMap<BenchmarkEdit.Request, List<String>>();
        for (var edit : BenchmarkEdits.of(content.rows())) {
            if (edit.request() != null && edit.image() != null) {
                var images = wanted.computeIfAbsent(edit.request(), _ -> new ArrayList<>());
                if (!images.contains(edit.image())) {
                    images.add(edit.image());
                }
            }
        }
        if (wanted.isEmpty()) {
            throw CommandFailure.badInput(
                    "These files name no pictures that a model could score. Give scores with --scores, or a judge.");
        }
        var batch = new Batch();
        int done = 0;
        for (var item : wanted.entrySet()) {
            batch = add(item.getKey(), item.getValue(), batch);
            done++;
            if (done % 100 == 0) {
                said.accept("%d of %d source images and instructions".formatted(done, wanted.size()));
            }
        }
        send(batch);
        if (scores.values().stream().noneMatch(Measure.Defined.class::isInstance)) {
            throw CommandFailure.badInput(
                    "None of the benchmark's pictures could be scored. They must lie beside its file, at the paths"
                            + " that it names.");
        }
        return this::found;
    }

    private Measure found(BenchmarkEdit edit) {
        if (edit.request() == null || edit.image() == null) {
            return Measure.undefined(NO_REQUEST);
        }
        return scores.getOrDefault(new Edit(edit.request(), edit.image()), Measure.undefined(REFUSED));
    }

    /** Adds the edits of one request; sends what is there whenever it is enough. */
    private Batch add(BenchmarkEdit.Request request, List<String> images, Batch started) {
        var batch = started;
        byte[] source = read(request, request.source());
        for (var image : images) {
            var edit = new Edit(request, image);
            byte[] picture = source == null ? null : read(request, image);
            if (source == null || picture == null) {
                scores.put(edit, Measure.undefined(NO_PICTURE));
                continue;
            }
            if (batch.isFull()) {
                send(batch);
                batch = new Batch();
            }
            batch.add(edit, source, picture);
        }
        return batch;
    }

    private byte @Nullable [] read(BenchmarkEdit.Request request, String picture) {
        try {
            var path = ManifestPath.normalise(picture).orElse(null);
            if (path == null) {
                name(request, picture + " is no path inside the folder of the file");
                return null;
            }
            return folder(request.file()).read(path, ManifestArchive.LARGEST_PICTURE);
        } catch (UnreadableFileException unreadable) {
            name(request, unreadable.reason());
            return null;
        }
    }

    private ManifestSource folder(Path file) {
        return folders.computeIfAbsent(file, _ -> {
            try {
                return ManifestSource.folder(file);
            } catch (IOException unreadable) {
                throw CommandFailure.badInput(file + ": cannot be read: " + FileFault.of(unreadable) + ".");
            }
        });
    }

    private void name(BenchmarkEdit.Request request, String problem) {
        name(request.file() + ": " + problem);
    }

    private void name(String problem) {
        if (++named <= MOST_NAMED) {
            said.accept(problem);
        } else if (named == MOST_NAMED + 1) {
            said.accept("Further pictures that cannot be read or scored are counted below.");
        }
    }

    /**
     * Sends a batch, again after a pause where a later try may do. A batch that is refused nevertheless costs its own edits
     * and not those that are scored already; the first one tells that nothing will be.
     */
    private void send(Batch batch) {
        if (batch.isEmpty()) {
            return;
        }
        var archive = batch.zip();
        // after a batch that failed in spite of all tries, one try is enough until the server answers again
        var pauses = (answering ? PAUSES : List.<Duration>of()).iterator();
        while (true) {
            var failed = attempt(archive, batch);
            if (failed == null) {
                answering = true;
                return;
            }
            if (!failed.passing() || !pauses.hasNext()) {
                answering = false;
                giveUp(batch, failed.failure());
                return;
            }
            pause(pauses.next());
        }
    }

    /** Why a batch was not scored to its end, and whether a later try may do. */
    private record Failed(CommandFailure failure, boolean passing) {}

    private @Nullable Failed attempt(byte[] archive, Batch batch) {
        try {
            var response = client.upload(path, BodyPublishers.ofByteArray(archive), "application/zip");
            int status = response.statusCode();
            if (status / 100 != 2) {
                return new Failed(client.refusal(status, client.document(response)), status == 429 || status == 503);
            }
            read(response, batch);
            return null;
        } catch (CommandFailure unanswered) {
            return new Failed(unanswered, !Thread.currentThread().isInterrupted());
        }
    }

    private void giveUp(Batch batch, CommandFailure failure) {
        if (Thread.currentThread().isInterrupted()
                || scores.values().stream().noneMatch(Measure.Defined.class::isInstance)) {
            throw failure;
        }
        var reason = Measure.undefined("the server did not score its batch: " + failure.getMessage());
        batch.edits().forEach(edit -> scores.putIfAbsent(edit, reason));
        name(String.valueOf(failure.getMessage()));
    }

    private static void pause(Duration pause) {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw CommandFailure.failed("Interrupted.");
        }
    }

    private void read(HttpResponse<InputStream> response, Batch batch) {
        try (var lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                take(ServerClient.JSON.readTree(line), batch);
            }
        } catch (IOException | JacksonException broken) {
            throw CommandFailure.failed("The scores broke off: " + broken.getMessage() + ". Evaluate again.");
        }
    }

    private void take(JsonNode line, Batch batch) {
        if (line.has("problem")) {
            var message = line.path("problem").path("message").asString("");
            name("The server says: "
                    + OWN_NAME.matcher(message)
                            .replaceAll(own -> Matcher.quoteReplacement(batch.picture(own.group()))));
            return;
        }
        var edit = batch.edit(line.path("image").asString(""));
        var score = line.path("overall").path("mu");
        if (edit != null && score.isNumber() && Double.isFinite(score.doubleValue())) {
            scores.put(edit, Measure.of(score.doubleValue()));
        }
    }

    /** Some edits with their pictures: a manifest in the making. Pictures get short names of their own. */
    private static final class Batch {
        private final Map<String, byte[]> files = new LinkedHashMap<>();
        private final Map<String, Edit> edits = new HashMap<>();
        private final Map<String, String> pictures = new HashMap<>();
        private final List<Item> items = new ArrayList<>();
        private long bytes;

        /** The edits of one request. */
        private record Item(BenchmarkEdit.Request request, String source, List<String> images) {
            Map<String, Object> row(int number) {
                List<Map<String, Object>> candidates = new ArrayList<>();
                images.forEach(image -> candidates.add(Map.of("model", "benchmark", "image", image)));
                // a manifest's item has two candidates at least
                if (candidates.size() == 1) {
                    candidates.add(candidates.getFirst());
                }
                return Map.of(
                        "id",
                        "item" + number,
                        "instruction",
                        request.instruction(),
                        "source",
                        source,
                        "candidates",
                        candidates);
            }
        }

        boolean isEmpty() {
            return edits.isEmpty();
        }

        boolean isFull() {
            return edits.size() >= MOST_EDITS || bytes > MOST_BYTES;
        }

        @Nullable
        Edit edit(String name) {
            return edits.get(name);
        }

        Collection<Edit> edits() {
            return edits.values();
        }

        /** The benchmark's name of a picture that has this one here. */
        String picture(String name) {
            return pictures.getOrDefault(name, name);
        }

        void add(Edit edit, byte[] source, byte[] picture) {
            if (items.isEmpty() || !items.getLast().request().equals(edit.request())) {
                var name = put("source", source, edit.request().source());
                items.add(new Item(edit.request(), name, new ArrayList<>()));
            }
            var name = put("edit", picture, edit.image());
            edits.put(name, edit);
            items.getLast().images().add(name);
        }

        private String put(String kind, byte[] content, String picture) {
            // the server tells the format by the name, the benchmark's own may have none
            var name = kind + files.size() + ending(content);
            pictures.put(name, picture);
            files.put(name, content);
            bytes += content.length;
            return name;
        }

        private static String ending(byte[] picture) {
            if (picture.length > 1 && picture[0] == (byte) 0xFF && picture[1] == (byte) 0xD8) {
                return ".jpg";
            }
            return picture.length > 3
                            && picture[0] == 'R'
                            && picture[1] == 'I'
                            && picture[2] == 'F'
                            && picture[3] == 'F'
                    ? ".webp"
                    : ".png";
        }

        byte[] zip() {
            var archive = new ByteArrayOutputStream();
            try (var zip = new ZipOutputStream(archive)) {
                zip.putNextEntry(new ZipEntry(ManifestSource.MANIFEST));
                for (int number = 0; number < items.size(); number++) {
                    var row = ServerClient.JSON.writeValueAsString(
                            items.get(number).row(number));
                    zip.write((row + "\n").getBytes(StandardCharsets.UTF_8));
                }
                zip.closeEntry();
                // pictures are compressed already
                zip.setLevel(Deflater.NO_COMPRESSION);
                for (var file : files.entrySet()) {
                    zip.putNextEntry(new ZipEntry(file.getKey()));
                    zip.write(file.getValue());
                    zip.closeEntry();
                }
            } catch (IOException memoryDoesNotFail) {
                throw new IllegalStateException(memoryDoesNotFail);
            }
            return archive.toByteArray();
        }
    }
}
