package org.diptych;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The encoder of a server changes under its model, with the built jar: from mean colours, to a network that gives NaN for
 * bright pictures, to a small network that is tuned with the labels.
 */
@NullUnmarked
class EncoderChangeIT {
    private static final String CAMPAIGN = "Procedural edits";
    private static final Duration PATIENCE = Duration.ofMinutes(6);

    @TempDir
    private Path folder;

    private ServerProcess server;
    private String token;
    private String campaign;

    @Test
    void a_changed_encoder_is_refused_until_a_run_has_made_a_version_for_it() throws Exception {
        try {
            start("plain.pt", "");
            label();
            assertThat(train().path("state").asString()).isEqualTo("FINISHED");
            var first = active();
            assertThat(score().statusCode()).isNotEqualTo(409);
            server.close();

            start("bright-is-nan.pt", "");
            var refused = score();
            assertThat(refused.statusCode()).isEqualTo(409);
            assertThat(refused.body())
                    .contains("encoder_changed", first.path("encoder").asString(), "Train now");
            var failed = train();
            assertThat(failed.path("state").asString()).isEqualTo("FAILED");
            assertThat(failed.path("message").asString())
                    .contains("80 labels are left out", "the models page names them");
            assertThat(send("GET", "/api/v1/campaigns/" + campaign + "/candidates-set-aside")
                            .body())
                    .contains("NaN");
            assertThat(active()).isEqualTo(first);
            server.close();

            start("trainable.pt", ", \"fine_tune\": {\"learning_rate\": 0.001, \"accumulate\": 8, \"epochs\": 2}");
            assertThat(score().statusCode()).isEqualTo(409);
            var tuned = train();
            assertThat(tuned.path("state").asString()).as(tuned.toString()).isEqualTo("FINISHED");
            assertThat(active().path("encoder").asString()).matches("exported-1-[0-9a-f]{16}\\+[0-9a-f]{16}");
            // the archive holds the tuned network: the version scores with it
            assertThat(score().body()).contains("invalid_archive");
        } finally {
            if (server != null) {
                server.close();
            }
        }
    }

    @Test
    void a_wrong_configuration_stops_the_start_and_says_where() throws Exception {
        Path file = configuration("plain.pt", ", \"sha256\": {\"image\": \"00\"}");
        server = ServerProcess.run(folder.resolve("data"), ServerProcess.freePort(), "--encoder", file.toString());
        assertThat(server.exit()).isEqualTo(1);
        assertThat(server.errors())
                .contains("The encoder cannot be opened: \"image\": ", "plain.pt has the SHA-256 digest", "--encoder")
                .doesNotContain("at org.spring");
    }

    private void start(String network, String more) throws Exception {
        server = ServerProcess.start(
                folder.resolve("data"),
                ServerProcess.freePort(),
                "--demo",
                "--encoder",
                configuration(network, more).toString());
        if (token == null) {
            var password = Files.writeString(folder.resolve("password"), ServerProcess.ADMIN_PASSWORD);
            token = server.command("token", "--user", "admin", "--password-file", password.toString())
                    .path("token")
                    .asString();
            campaign = json(send("GET", "/api/v1/campaigns"))
                    .valueStream()
                    .filter(one -> one.path("name").asString().equals(CAMPAIGN))
                    .findFirst()
                    .orElseThrow()
                    .path("id")
                    .asString();
        }
    }

    private Path configuration(String network, String more) throws Exception {
        try (var stream = EncoderChangeIT.class.getResourceAsStream("/encoders/" + network)) {
            Files.write(folder.resolve(network), stream.readAllBytes());
        }
        return Files.writeString(folder.resolve("encoder.json"), """
                {"encoder": "exported", "image": "%s", "size": 16, "mean": [0, 0, 0], "deviation": [1, 1, 1]%s}""".formatted(network, more));
    }

    private void label() throws Exception {
        var truth = folder.resolve("truth.jsonl");
        try (var stream = EncoderChangeIT.class.getResourceAsStream("/demo/procedural-edits/truth.jsonl")) {
            Files.write(truth, stream.readAllBytes());
        }
        var result = server.command(
                "simulate",
                "--token",
                token,
                "--campaign",
                CAMPAIGN,
                "--truth",
                truth.toString(),
                "--annotators",
                "4",
                "--labels",
                "80");
        assertThat(result.path("labels").asInt()).isEqualTo(80);
    }

    /** A training run from its start to its end. */
    private JsonNode train() throws Exception {
        var run = json(send("POST", "/api/v1/campaigns/" + campaign + "/training-runs"))
                .path("id")
                .asString();
        var until = Instant.now().plus(PATIENCE);
        while (Instant.now().isBefore(until)) {
            var now = json(send("GET", "/api/v1/campaigns/" + campaign + "/training-runs/" + run));
            if (List.of("FINISHED", "FAILED", "CANCELLED")
                    .contains(now.path("state").asString())) {
                return now;
            }
            Thread.sleep(200);
        }
        throw new AssertionError("the run does not end");
    }

    private JsonNode active() throws Exception {
        return json(send("GET", "/api/v1/campaigns/" + campaign + "/models"))
                .valueStream()
                .filter(model -> model.path("state").asString().equals("ACTIVE"))
                .findFirst()
                .orElseThrow();
    }

    /** Asks for scores with a body that is no archive: what is refused before the body is read shows. */
    private HttpResponse<String> score() throws Exception {
        return send("POST", "/api/v1/score?campaign=" + CAMPAIGN.replace(" ", "%20"));
    }

    private HttpResponse<String> send(String method, String path) throws Exception {
        try (var client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(URI.create(server.url() + path))
                            .method(method, HttpRequest.BodyPublishers.ofString("nothing", StandardCharsets.UTF_8))
                            .header("Authorization", "Bearer " + token)
                            .header("Content-Type", "application/zip")
                            .build(),
                    BodyHandlers.ofString());
        }
    }

    private static JsonNode json(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isBetween(200, 299);
        return JsonMapper.shared().readTree(response.body());
    }
}
