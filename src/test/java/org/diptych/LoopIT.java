package org.diptych;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.diptych.browser.Chromium;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The whole loop with the built jar: eight simulated annotators label, the worker retrains while they do, the model
 * reorders the queue, and the export holds exactly what was acknowledged. Then what the README shows is done to the letter.
 */
@NullUnmarked
class LoopIT {
    private static final String CAMPAIGN = "Procedural edits";
    private static final Duration PATIENCE = Duration.ofMinutes(6);

    @TempDir
    private Path folder;

    private ServerProcess server;
    private String token;
    private Path truth;

    @Test
    void labels_retrain_the_model_and_the_model_reorders_the_queue() throws Exception {
        server = ServerProcess.start(folder.resolve("data"), ServerProcess.freePort(), "--demo");
        try {
            var password = Files.writeString(folder.resolve("password"), ServerProcess.ADMIN_PASSWORD);
            token = server.command("token", "--user", "admin", "--password-file", password.toString())
                    .path("token")
                    .asString();
            truth = Files.write(
                    folder.resolve("truth.jsonl"),
                    LoopIT.class
                            .getResourceAsStream("/demo/procedural-edits/truth.jsonl")
                            .readAllBytes());

            var drawn = queue();
            // enough for one training, and not for the next
            int acknowledged = simulate(160, 1);
            waitForModel(1);
            assertThat(queueAfter(drawn)).isNotEqualTo(drawn);
            assertThat(get("/models")
                            .valueStream()
                            .filter(model -> model.path("state").asString().equals("ACTIVE")))
                    .hasSize(1);

            evaluateOnBenchmark();

            cancelAndKill();
            acknowledged += simulate(40, 2);
            var export = server.command(
                    "export",
                    "--token",
                    token,
                    "--campaign",
                    CAMPAIGN,
                    "--format",
                    "jsonl",
                    "--out",
                    folder.resolve("out").toString());
            assertThat(export.path("labels").asInt()).isEqualTo(acknowledged);
            assertThat(Files.readAllLines(folder.resolve("out/labels.jsonl"))).hasSize(acknowledged);
            // labels taken after the model spoke say so
            assertThat(Files.readString(folder.resolve("out/labels.jsonl")))
                    .containsPattern("\"acquisition_model\":[2-9]");
            seenByTheLead();
            simulateOffline();
            ReadmeExamples.run(server, folder);
        } finally {
            server.close();
        }
    }

    /** The page of the models says why the last version was promoted or not, and compares two. */
    private void seenByTheLead() throws Exception {
        var newest = get("/models").size();
        try (var context = Chromium.shared().browser().newContext()) {
            var page = context.newPage();
            page.navigate(server.url() + "/login");
            page.locator("input[name=username]").fill("admin");
            page.locator("input[name=password]").fill(ServerProcess.ADMIN_PASSWORD);
            page.keyboard().press("Enter");
            page.waitForURL(url -> !url.contains("login"));
            page.navigate(server.url() + "/campaigns/" + campaign() + "/models");
            assertThat(page.getByText("Promotion check of version " + newest)).isVisible();
            page.getByRole(
                            AriaRole.BUTTON,
                            new Page.GetByRoleOptions().setName("Compare").setExact(true))
                    .click();
            assertThat(page.locator("table.figures tbody tr", new Page.LocatorOptions().setHasText("dimension"))
                            .first())
                    .isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(PATIENCE.toMillis()));
        }
    }

    /** A model on the pictures of a benchmark's file; what is printed is what stands with the version. */
    private void evaluateOnBenchmark() throws Exception {
        var records = new ArrayList<String>();
        for (int item = 0; item < 4; item++) {
            picture("s" + item, 40 * item, 90);
            for (var model : List.of("P", "Q")) {
                var name = model + item;
                picture(name, 40 * item, model.equals("P") ? 200 - 30 * item : 30 * item);
                records.add("""
                    {"prompt": "make it brighter", "input": "s%d.png", "gen": "%s.png", "score": %d, "model": "%s"}\
                    """.formatted(item, name, item % 3, model));
            }
        }
        var file = Files.writeString(folder.resolve("single.json"), "[" + String.join(",", records) + "]");

        var printed = server.command(
                "evaluate",
                "--token",
                token,
                "--campaign",
                CAMPAIGN,
                "--model",
                "1",
                "--benchmark",
                "aurora-bench",
                "--bootstrap",
                "100",
                file.toString());

        assertThat(printed.path("evaluated").asInt()).as(printed.toString()).isEqualTo(8);
        var stored = get("/models/1/benchmarks");
        assertThat(stored).hasSize(1);
        assertThat(stored.path(0).path("result")).isEqualTo(printed);
        assertThat(stored.path(0).path("metric").asString()).isEqualTo("spearman_by_model");
    }

    private void picture(String name, int red, int green) throws IOException {
        var picture = new BufferedImage(32, 32, BufferedImage.TYPE_INT_RGB);
        for (int place = 0; place < 32 * 32; place++) {
            picture.setRGB(place % 32, place / 32, new Color(red, green, place % 256).getRGB());
        }
        ImageIO.write(picture, "png", folder.resolve(name + ".png").toFile());
    }

    /** The campaign leaves as one file, on which other ways of choosing its pairs can be tried. */
    private void simulateOffline() {
        var export = server.command(
                "export",
                "--token",
                token,
                "--campaign",
                CAMPAIGN,
                "--format",
                "replay",
                "--out",
                folder.resolve("out").toString());
        assertThat(export.path("labels").asInt()).isGreaterThan(150);
        var replay = ServerProcess.offline(
                "replay", folder.resolve("out/replay.jsonl").toString(), "--splits", "2", "--batch", "10");
        assertThat(replay.path("table").path("items").asInt()).isGreaterThan(30);
        assertThat(replay.path("policies").get(0).path("policy").asString()).isEqualTo("uniform");
        assertThat(replay.path("uniformTarget").asDouble()).isBetween(.4, 1.0);
    }

    /** A run that is cancelled stops; a run whose worker is killed goes on with the next start. */
    private void cancelAndKill() throws Exception {
        var cancelled = post("/training-runs").path("id").asString();
        post("/training-runs/" + cancelled + "/cancellation");
        waitForState(cancelled, "CANCELLED", "FINISHED");

        var killed = post("/training-runs").path("id").asString();
        waitForState(killed, "TRAINING", "SCORING", "FINISHED");
        server.kill();
        server = ServerProcess.start(folder.resolve("data"), ServerProcess.freePort(), "--demo");
        waitForState(killed, "FINISHED");
    }

    private void waitForState(String run, String... states) throws Exception {
        var until = Instant.now().plus(PATIENCE);
        while (Instant.now().isBefore(until)) {
            var state = get("/training-runs/" + run).path("state").asString();
            assertThat(state).isNotEqualTo("FAILED");
            if (List.of(states).contains(state)) {
                return;
            }
            Thread.sleep(200);
        }
        throw new AssertionError("run " + run + " is stuck: " + get("/training-runs/" + run));
    }

    private int simulate(int labels, int seed) {
        var result = server.command(
                "simulate",
                "--token",
                token,
                "--campaign",
                CAMPAIGN,
                "--truth",
                truth.toString(),
                "--annotators",
                "8",
                "--labels",
                Integer.toString(labels),
                "--seed",
                Integer.toString(seed));
        assertThat(result.path("errors").asInt()).isZero();
        assertThat(result.path("labels").asInt()).isEqualTo(labels);
        return labels;
    }

    private void waitForModel(int number) throws Exception {
        var until = Instant.now().plus(PATIENCE);
        while (Instant.now().isBefore(until)) {
            var last = get("/training-runs").path(0);
            assertThat(last.path("state").asString()).as(last.toString()).isNotEqualTo("FAILED");
            if (last.path("state").asString().equals("FINISHED")
                    && last.path("model").asInt() == number) {
                return;
            }
            Thread.sleep(500);
        }
        throw new AssertionError("model version " + number + " did not come: " + get("/training-runs"));
    }

    /** The queue once it is another one: where a machine is busy, the server says for a moment what it knew before. */
    private List<String> queueAfter(List<String> before) throws Exception {
        var until = Instant.now().plus(PATIENCE);
        var now = queue();
        while (now.equals(before) && Instant.now().isBefore(until)) {
            Thread.sleep(500);
            now = queue();
        }
        return now;
    }

    private List<String> queue() throws Exception {
        return get("/queue?limit=40")
                .valueStream()
                .map(entry -> entry.path("pair").asString())
                .toList();
    }

    private JsonNode get(String path) throws IOException, InterruptedException {
        return send("GET", path);
    }

    private JsonNode post(String path) throws IOException, InterruptedException {
        return send("POST", path);
    }

    private JsonNode send(String method, String path) throws IOException, InterruptedException {
        try (var client = HttpClient.newHttpClient()) {
            return json(client, method, "/api/v1/campaigns/" + campaign() + path);
        }
    }

    private String campaign() throws IOException, InterruptedException {
        try (var client = HttpClient.newHttpClient()) {
            return json(client, "GET", "/api/v1/campaigns")
                    .valueStream()
                    .filter(campaign -> campaign.path("name").asString().equals(CAMPAIGN))
                    .findFirst()
                    .orElseThrow()
                    .path("id")
                    .asString();
        }
    }

    private JsonNode json(HttpClient client, String method, String path) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(server.url() + path))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .header("Authorization", "Bearer " + token)
                .build();
        var response = client.send(request, BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isBetween(200, 299);
        return JsonMapper.shared().readTree(response.body().isEmpty() ? "null" : response.body());
    }
}
