package org.diptych.command;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.diptych.curation.Estimate;
import org.diptych.curation.Scoring;
import org.diptych.service.campaign.ManifestSource;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Scores edits as {@code diptych score} does: a zip of a manifest with its pictures, and a line of JSON for each edit. */
final class BatchScoring implements Scoring {
    /** Busy, restarting, or with nothing behind its proxy: what passes. */
    private static final Set<Integer> PASSING = Set.of(429, 502, 503, 504);

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
    /** A server that is updated is away for minutes, and there may be hours of work behind. */
    private static final Duration PATIENCE = Duration.ofMinutes(15);

    /** What a server takes for one item. */
    private static final int MOST_CANDIDATES = 64;

    private final ServerClient client;
    private final String path;
    private final Consumer<String> tell;

    /**
     * Scores with a version of a campaign's model.
     *
     * @param tell hears why it takes longer
     */
    BatchScoring(ServerClient client, String campaign, int model, Consumer<String> tell) {
        this.client = client;
        this.path = "/api/v1/score?campaign=" + ServerClient.encode(campaign) + "&model=" + model;
        this.tell = tell;
    }

    /** A server that is busy or away is asked again, with growing pauses. */
    @Override
    public List<List<Result>> score(List<Request> requests) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        Duration pause = FIRST_PAUSE;
        while (true) {
            Attempt attempt = attempt(requests);
            if (attempt.answers() != null) {
                return attempt.answers().complete();
            }
            if (System.nanoTime() >= end) {
                throw CommandFailure.failed(attempt.why() + " (for " + PATIENCE.toMinutes()
                        + " minutes). Run the same command again: it goes on where it stopped.");
            }
            Duration wait = attempt.pause().compareTo(pause) > 0 ? attempt.pause() : pause;
            tell.accept(attempt.why() + "; trying again in " + wait.toSeconds() + " s.");
            sleep(wait);
            Duration longer = pause.multipliedBy(2);
            pause = longer.compareTo(LONGEST_PAUSE) < 0 ? longer : LONGEST_PAUSE;
        }
    }

    /**
     * What came of asking once.
     *
     * @param answers null where it may go better another time
     * @param pause that the server asked for
     */
    private record Attempt(@Nullable Answers answers, String why, Duration pause) {}

    private Attempt attempt(List<Request> requests) {
        Answers answers = new Answers(requests);
        byte[] archive = archive(requests, answers);
        try {
            HttpResponse<InputStream> response =
                    client.tryUpload(path, BodyPublishers.ofByteArray(archive), ManifestUpload.ZIP);
            if (PASSING.contains(response.statusCode())) {
                response.body().close();
                return new Attempt(null, "The server answers with status " + response.statusCode(), pause(response));
            }
            if (response.statusCode() / 100 != 2) {
                throw client.refusal(response.statusCode(), client.document(response));
            }
            read(response, answers);
            return new Attempt(answers, "", Duration.ZERO);
        } catch (IOException exception) {
            return new Attempt(null, "The server does not answer: " + ServerClient.reason(exception), Duration.ZERO);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw CommandFailure.failed("Interrupted.");
        }
    }

    private void read(HttpResponse<InputStream> response, Answers answers) throws IOException {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                answers.take(ServerClient.JSON.readTree(line));
            }
        } catch (JacksonException noJson) {
            throw client.otherServer();
        }
    }

    /** What the server asks for; nothing where that is no number of seconds, and never too much. */
    private static Duration pause(HttpResponse<InputStream> response) {
        String seconds = response.headers().firstValue("Retry-After").orElse("");
        return seconds.matches("\\d{1,3}") ? Duration.ofSeconds(Integer.parseInt(seconds)) : Duration.ZERO;
    }

    private static void sleep(Duration pause) {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw CommandFailure.failed("Interrupted.");
        }
    }

    private static byte[] archive(List<Request> requests, Answers answers) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes, StandardCharsets.UTF_8)) {
            StringBuilder manifest = new StringBuilder();
            // pictures are compressed already
            zip.setLevel(Deflater.NO_COMPRESSION);
            for (int number = 0; number < requests.size(); number++) {
                Request request = requests.get(number);
                String source = name(number, "source", request.source());
                add(zip, source, request.source());
                for (int from = 0; from < request.edits().size(); from += MOST_CANDIDATES) {
                    int to = Math.min(from + MOST_CANDIDATES, request.edits().size());
                    List<Map<String, Object>> candidates = new ArrayList<>();
                    for (int edit = from; edit < to; edit++) {
                        String name = name(
                                number, Integer.toString(edit), request.edits().get(edit));
                        add(zip, name, request.edits().get(edit));
                        candidates.add(Map.of("model", "edit", "image", name));
                    }
                    answers.line(number, from);
                    manifest.append(ServerClient.JSON.writeValueAsString(Map.of(
                                    "id",
                                    number + "-" + from,
                                    "instruction",
                                    request.instruction(),
                                    "source",
                                    source,
                                    "candidates",
                                    candidates)))
                            .append('\n');
                }
            }
            zip.putNextEntry(new ZipEntry(ManifestSource.MANIFEST));
            zip.write(manifest.toString().getBytes(StandardCharsets.UTF_8));
            zip.closeEntry();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    private static String name(int request, String what, Image image) {
        return request + "/" + what + "." + image.extension();
    }

    private static void add(ZipOutputStream zip, String name, Image image) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(image.bytes());
        zip.closeEntry();
    }

    /** What came back, put where it belongs. */
    private static final class Answers {
        private final List<List<@Nullable Result>> results = new ArrayList<>();
        private final Map<String, int[]> places = new LinkedHashMap<>();
        private final List<int[]> lines = new ArrayList<>();

        Answers(List<Request> requests) {
            for (int number = 0; number < requests.size(); number++) {
                List<@Nullable Result> row = new ArrayList<>();
                for (int edit = 0; edit < requests.get(number).edits().size(); edit++) {
                    row.add(null);
                    places.put(
                            name(
                                    number,
                                    Integer.toString(edit),
                                    requests.get(number).edits().get(edit)),
                            new int[] {number, edit});
                }
                results.add(row);
            }
        }

        void line(int request, int firstEdit) {
            lines.add(new int[] {request, firstEdit});
        }

        void take(JsonNode line) {
            if (line.has("problem")) {
                problem(line.path("problem"));
                return;
            }
            int[] place = places.get(line.path("image").asString(""));
            if (place == null) {
                throw CommandFailure.failed("The server scored what it was not sent: " + line + ".");
            }
            Map<String, Estimate> dimensions = new LinkedHashMap<>();
            line.path("dimensions")
                    .properties()
                    .forEach(entry -> dimensions.put(entry.getKey(), estimate(entry.getValue())));
            results.get(place[0]).set(place[1], new Result(dimensions, estimate(line.path("overall")), null));
        }

        /** Of one edit, or of all of a line. */
        private void problem(JsonNode problem) {
            int line = problem.path("line").asInt(0);
            if (line < 1 || line > lines.size()) {
                throw CommandFailure.failed(problem.path("message").asString("The server refused the pictures."));
            }
            int[] of = lines.get(line - 1);
            String field = problem.path("field").asString("");
            List<@Nullable Result> row = results.get(of[0]);
            Result fault = new Result(Map.of(), null, problem.path("message").asString(""));
            if (field.startsWith("candidates[")) {
                row.set(of[1] + Integer.parseInt(field.replaceAll("\\D+", "")), fault);
            } else {
                int end = Math.min(of[1] + MOST_CANDIDATES, row.size());
                row.subList(of[1], end).replaceAll(_ -> fault);
            }
        }

        private static Estimate estimate(JsonNode node) {
            JsonNode epistemic = node.path("epistemic");
            return new Estimate(
                    node.path("mu").asDouble(),
                    node.path("sigma").asDouble(),
                    epistemic.isNumber() ? epistemic.asDouble() : null);
        }

        List<List<Result>> complete() {
            List<List<Result>> complete = new ArrayList<>();
            for (List<@Nullable Result> row : results) {
                List<Result> whole = new ArrayList<>();
                for (Result result : row) {
                    whole.add(result == null ? new Result(Map.of(), null, "the server gave no score") : result);
                }
                complete.add(whole);
            }
            return complete;
        }
    }
}
