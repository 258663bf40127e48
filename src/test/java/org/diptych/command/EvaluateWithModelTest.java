package org.diptych.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** A model of a server that scores the edits of a benchmark. */
class EvaluateWithModelTest extends EvaluateCommandRuns {
    @Test
    void a_model_scores_the_pictures_beside_the_file_and_missing_ones_are_named() throws IOException {
        for (var name : List.of("s0.png", "a0.png", "b0.png", "s1.png", "a1.png")) {
            Files.writeString(folder.resolve(name), name);
        }
        var file = file(
                "pairs.json",
                "[" + PAIR.formatted(0, 0, 0, 4, 2) + "," + PAIR.formatted(1, 1, 1, 4, 2) + ","
                        + PAIR.formatted(2, 2, 2, 4, 2).replace("s2.png", "../s2.png") + "]");
        try (var server = new StandInServer()) {
            // busy at first
            server.answer("POST /api/v1/score", 503, "{}")
                    .answer("POST /api/v1/score", 200, """
                {"id": "item1", "image": "edit1.png", "model": 3, "overall": {"mu": 1.5, "sigma": 1}}
                {"id": "item1", "image": "edit2.png", "model": 3, "overall": {"mu": 0.5, "sigma": 1}}
                {"id": "item2", "image": "edit4.png", "model": 3, "overall": {"mu": 0.5, "sigma": 1}}
                {"problem": {"message": "edit4.png: is odd"}}
                """)
                    .answer("POST /api/v1/campaigns/11/models/3/benchmarks", 201, "{\"id\": \"1\"}");

            assertThat(run(
                            "--benchmark",
                            "aurora-bench",
                            "--server",
                            server.url(),
                            "--token",
                            StandInServer.TOKEN,
                            "--model",
                            "3",
                            file))
                    .isZero();

            assertThat(json().path("evaluated").asInt()).isEqualTo(1);
            assertThat(json().at("/answers/campaign").asString()).isEqualTo("Cats");
            assertThat(paper(1)).isEqualTo(1);
            assertThat(err.toString())
                    .contains("b1.png", "../s2.png is no path inside the folder", "The server says: a1.png: is odd");
            var stored = JsonMapper.shared()
                    .readTree(server.requests("POST /api/v1/campaigns/11/models/3/benchmarks")
                            .getFirst()
                            .text());
            assertThat(stored.path("benchmark").asString()).isEqualTo("aurora-bench");
            assertThat(stored.at("/files/0/sha256").asString()).hasSize(64);
            assertThat(stored.path("result")).isEqualTo(json());
            var request = server.requests("POST /api/v1/score");
            assertThat(request).hasSize(2);
            assertThat(request.getFirst().query()).isEqualTo("campaign=Cats&model=3");
            assertThat(entries(request.getFirst().body()))
                    .contains(
                            "manifest.jsonl",
                            "source0.png=s0.png",
                            "edit1.png=a0.png",
                            "edit2.png=b0.png",
                            "edit4.png=a1.png");
        }
    }

    @Test
    void a_batch_that_the_server_cannot_score_costs_its_own_edits_alone() throws IOException {
        var records = new ArrayList<String>();
        var scores = new StringBuilder();
        for (int row = 0; row < 17; row++) {
            for (var name : List.of("s", "a", "b")) {
                Files.writeString(folder.resolve(name + row + ".png"), name);
            }
            records.add(PAIR.formatted(row, row, row, 4, 2));
            for (int edit = 1; row < 16 && edit < 3; edit++) {
                scores.append(
                        "{\"image\": \"edit%d.png\", \"overall\": {\"mu\": %d}}\n".formatted(3 * row + edit, -edit));
            }
        }
        var file = file("pairs.json", "[" + String.join(",", records) + "]");
        try (var server = new StandInServer()) {
            server.answer("POST /api/v1/score", 200, scores.toString())
                    .answer("POST /api/v1/score", 500, "{\"detail\": \"out of memory\"}")
                    .answer("POST /api/v1/campaigns/11/models/3/benchmarks", 201, "{\"id\": \"1\"}");

            assertThat(run(
                            "--benchmark",
                            "aurora-bench",
                            "--server",
                            server.url(),
                            "--token",
                            StandInServer.TOKEN,
                            "--model",
                            "3",
                            file))
                    .isZero();

            assertThat(json().path("evaluated").asInt()).isEqualTo(16);
            assertThat(json().at("/unscored/0/reason").asString()).contains("did not score its batch: out of memory");
        }
    }

    private static List<String> entries(byte[] body) throws IOException {
        var entries = new ArrayList<String>();
        try (var zip = new ZipInputStream(new ByteArrayInputStream(body))) {
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                var text = new String(zip.readAllBytes(), StandardCharsets.UTF_8);
                entries.add(entry.getName() + (entry.getName().endsWith(".jsonl") ? "" : "=" + text));
            }
        }
        return entries;
    }
}
