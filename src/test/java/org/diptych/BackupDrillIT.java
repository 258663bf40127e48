package org.diptych;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The drill: people label, a backup is taken beside the running server, and another server starts on what was restored. */
@NullUnmarked
class BackupDrillIT {
    private static final String CAMPAIGN = "Procedural edits";
    private static final int LABELS = 120;

    @TempDir
    private Path folder;

    private Path password;
    private Path truth;

    @Test
    void a_server_starts_on_a_backup_that_was_taken_while_people_labelled_and_goes_on() throws Exception {
        password = Files.writeString(folder.resolve("password"), ServerProcess.ADMIN_PASSWORD);
        truth = Files.write(
                folder.resolve("truth.jsonl"),
                BackupDrillIT.class
                        .getResourceAsStream("/demo/procedural-edits/truth.jsonl")
                        .readAllBytes());
        Path backup = folder.resolve("drill.backup");
        List<JsonNode> original;
        long saved;
        try (ServerProcess server = ServerProcess.start(folder.resolve("data"), ServerProcess.freePort(), "--demo")) {
            String token = token(server);
            simulate(server, token, 20);
            var labelling = CompletableFuture.supplyAsync(() -> simulate(server, token, LABELS));
            JsonNode made = ServerProcess.offline(
                    "backup", "--data-dir", folder.resolve("data").toString(), backup.toString());
            saved = made.path("labels").asLong();
            assertThat(saved).isGreaterThanOrEqualTo(20);
            assertThat(made.path("pictures").path("missing")).isEmpty();
            assertThat(labelling.get().path("labels").asInt()).isEqualTo(LABELS);
            original = labels(server, token, "original");
            assertThat(original).hasSize(20 + LABELS);
        }

        ServerProcess.offline(
                "restore", "--data-dir", folder.resolve("restored").toString(), backup.toString());

        try (ServerProcess server = ServerProcess.start(folder.resolve("restored"), ServerProcess.freePort())) {
            // accounts and their passwords came along
            String token = token(server);
            List<JsonNode> restored = labels(server, token, "restored");
            assertThat(restored).hasSize((int) saved).isSubsetOf(original);
            simulate(server, token, 10);
            assertThat(labels(server, token, "later")).hasSize((int) saved + 10);
            JsonNode verified = server.command("verify", "--token", token);
            assertThat(verified.path("intact").asBoolean()).isTrue();
            assertThat(verified.path("pictures").path("checked").asInt()).isPositive();
        }
    }

    private String token(ServerProcess server) {
        return server.command("token", "--user", "admin", "--password-file", password.toString())
                .path("token")
                .asString();
    }

    private JsonNode simulate(ServerProcess server, String token, int labels) {
        return server.command(
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
                Integer.toString(labels));
    }

    private List<JsonNode> labels(ServerProcess server, String token, String name) throws Exception {
        Path out = folder.resolve(name);
        server.command(
                "export", "--token", token, "--campaign", CAMPAIGN, "--format", "jsonl", "--out", out.toString());
        try (Stream<String> lines = Files.lines(out.resolve("labels.jsonl"))) {
            return lines.map(line -> (JsonNode) JsonMapper.shared().readTree(line))
                    .toList();
        }
    }
}
