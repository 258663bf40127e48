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
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int UNAVAILABLE = 503;
    private static final int ATTEMPTS = 30;
    private static final Duration PAUSE = Duration.ofSeconds(2);
    /** What a server takes for one item. */
    private static final int MOST_CANDIDATES = 64;

    private final ServerClient client;
    private final String path;

    BatchScoring(ServerClient client, String campaign, int model) {
        this.client = client;
        this.path = "/api/v1/score?campaign=" + ServerClient.encode(campaign) + "&model=" + model;
    }

    @Override
    public List<List<Result>> score(List<Request> requests) {
        Answers answers = new Answers(requests);
        byte[] archive = archive(requests, answers);
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(post(archive).body(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                answers.take(ServerClient.JSON.readTree(line));
            }
        } catch (IOException exception) {
            throw CommandFailure.failed("The scores broke off: " + exception.getMessage()
                    + ". Run the same command again: it goes on where it stopped.");
        } catch (JacksonException noJson) {
            throw client.otherServer();
        }
        return answers.complete();
    }

    /** A server that is busy is asked again. */
    private HttpResponse<InputStream> post(byte[] archive) {
        for (int attempt = 1; ; attempt++) {
            HttpResponse<InputStream> response =
                    client.upload(path, BodyPublishers.ofByteArray(archive), ManifestUpload.ZIP);
            boolean busy = response.statusCode() == TOO_MANY_REQUESTS || response.statusCode() == UNAVAILABLE;
            if (response.statusCode() / 100 == 2) {
                return response;
            }
            JsonNode document = client.document(response);
            if (!busy || attempt == ATTEMPTS) {
                throw client.refusal(response.statusCode(), document);
            }
            try {
                Thread.sleep(PAUSE);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw CommandFailure.failed("Interrupted.");
            }
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
