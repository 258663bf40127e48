package org.diptych.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import java.util.zip.ZipInputStream;
import javax.imageio.ImageIO;
import org.diptych.service.dataset.table.Columns;
import org.diptych.service.dataset.table.Feature;
import org.diptych.service.dataset.table.Feature.Picture.Encoded;
import org.diptych.service.dataset.table.Feature.Value;
import org.diptych.service.dataset.table.ParquetRows;
import org.diptych.service.dataset.table.ParquetTable;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Curation against a stand-in for the server, which scores an edit by how red its middle is. */
@NullUnmarked
class CurateCommandTest {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Columns PAIRS = new Columns()
            .with("key", Value.STRING)
            .with("instruction", Value.STRING)
            .with("source_img", new Feature.Picture())
            .with("left_output_image", new Feature.Picture())
            .with("right_output_image", new Feature.Picture())
            .with("left_model", Value.STRING)
            .with("right_model", Value.STRING);

    @TempDir
    private Path folder;

    private StandInServer server;

    @BeforeEach
    void start() throws IOException {
        server = new StandInServer();
        server.answer(
                        "GET /api/v1/campaigns/11/models",
                        200,
                        "[{\"number\": 2, \"state\": \"RETIRED\", \"digest\": \"bb\"}, {\"number\": 3, \"state\": \"ACTIVE\","
                                + " \"digest\": \"cc\"}]")
                .answer("POST /api/v1/score", request -> scores(request.body()));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void the_best_of_a_manifest_are_copied_with_their_scores_and_what_was_dropped_says_why() throws IOException {
        Path out = folder.resolve("out");
        Run run = run("--top", "2", "--out", out.toString(), manifest().toString());

        assertThat(run.err.strip()).startsWith("2 of 2 instructions have one chosen edit");
        assertThat(run.exit).isZero();
        JsonNode summary = JSON.readTree(run.out);
        assertThat(summary.path("model").asInt()).isEqualTo(3);
        assertThat(summary.path("candidates").asInt()).isEqualTo(5);
        assertThat(summary.path("outcomes").path("beyond_top").asInt()).isEqualTo(3);
        assertThat(summary.path("chosenBelowCertainty").asInt()).isZero();
        assertThat(summary.path("modelRanks").asBoolean()).isTrue();
        assertThat(summary.path("chosen").asInt()).isEqualTo(2);
        assertThat(server.requests("POST /api/v1/score").getFirst().query()).isEqualTo("campaign=Cats&model=3");
        List<JsonNode> selected = lines(out.resolve("selected.jsonl"));
        assertThat(selected).extracting(item -> item.path("id").asString()).containsExactly("a", "b");
        for (JsonNode item : selected) {
            assertThat(out.resolve(item.path("source").asString())).exists();
            assertThat(out.resolve(item.path("candidates").path(0).path("image").asString()))
                    .exists();
        }
        assertThat(outcomes(out)).containsExactly("chosen", "beyond_top", "beyond_top", "chosen", "beyond_top");
        assertThat(selected.getFirst().path("licence").asString()).isEqualTo("CC0");
        JsonNode best = selected.getFirst().path("candidates").path(0);
        assertThat(best.path("seed").asString()).isEqualTo("18446744073709551615");
        assertThat(best.path("author").asString()).isEqualTo("somebody");
        try (ParquetRows rows = ParquetRows.open(out.resolve("selected.parquet"))) {
            assertThat(rows.count()).isEqualTo(2);
            rows.select(List.of("edited_image"));
            assertThat(((Encoded) rows.next().values().get("edited_image")).bytes())
                    .isEqualTo(picture(250));
        }
        JsonNode step1x = JSON.readTree(Files.readAllBytes(out.resolve("step1x-edit.json")));
        assertThat(step1x.size()).isEqualTo(2);
        assertThat(step1x.properties()).allSatisfy(entry -> {
            assertThat(out.resolve(entry.getKey())).exists();
            assertThat(entry.getValue().path("caption").asString()).startsWith("Make");
            assertThat(out.resolve(entry.getValue().path("ref_image_path").asString()))
                    .exists();
        });
        assertThat(Files.readString(out.resolve("report.html")))
                .contains("data:image/jpeg", "<svg", "prefers-color-scheme");
    }

    @Test
    void another_choice_from_the_same_set_scores_nothing_again_and_another_set_is_refused() throws IOException {
        Path out = folder.resolve("out");
        Path manifest = manifest();
        run("--top", "2", "--out", out.toString(), manifest.toString());
        // as if the run had been killed while it wrote
        Files.writeString(out.resolve("scores.resume.jsonl"), "{\"input\":0,\"row\":9", StandardOpenOption.APPEND);
        Files.writeString(out.resolve("train.log"), "somebody else's");
        Files.writeString(out.resolve("images").resolve("latents.npz"), "somebody else's");
        Run again = run("--top", "20%", "--out", out.toString(), manifest.toString());

        assertThat(again.exit).isZero();
        assertThat(again.err).contains("2 rows have their scores already");
        assertThat(JSON.readTree(again.out).path("scored").asInt()).isZero();
        assertThat(JSON.readTree(again.out).path("chosen").asInt()).isEqualTo(1);
        assertThat(server.requests("POST /api/v1/score")).hasSize(1);
        assertThat(out.resolve("train.log")).exists();
        try (Stream<Path> images = Files.list(out.resolve("images"))) {
            assertThat(images.filter(image -> image.toString().endsWith(".png")))
                    .hasSize(2);
        }
        assertThat(out.resolve("images").resolve("latents.npz")).exists();
        Files.writeString(manifest, Files.readString(manifest) + "\n");
        Run other = run("--top", "2", "--out", out.toString(), manifest.toString());
        assertThat(other.exit).isEqualTo(2);
        assertThat(other.err).contains("scores.resume.jsonl", "another input");
    }

    @Test
    void a_score_of_the_threshold_is_enough_and_too_few_are_said() throws IOException {
        Path out = folder.resolve("out");
        // 180 / 255 and twice 250 / 255 are that much
        Run run = run(
                "--top",
                "4",
                "--at-least",
                "0.7",
                "--out",
                out.toString(),
                manifest().toString());
        assertThat(run.exit).isZero();
        assertThat(JSON.readTree(run.out).path("chosen").asInt()).isEqualTo(3);
        assertThat(JSON.readTree(run.out).path("chosenBelowCertainty").asInt()).isEqualTo(1);
        assertThat(run.err).contains("3 of 4 wanted are chosen", "1 of 3 chosen are better");
    }

    @Test
    void when_another_model_is_promoted_the_same_command_scores_anew_and_when_its_scores_are_deleted_too()
            throws IOException {
        server.answer(
                "GET /api/v1/campaigns/11/models", 200, "[{\"number\": 4, \"state\": \"ACTIVE\", \"digest\": \"dd\"}]");
        Path out = folder.resolve("out");
        Path manifest = manifest();
        run("--top", "2", "--out", out.toString(), manifest.toString());
        Run promoted = run("--top", "2", "--out", out.toString(), manifest.toString());
        assertThat(promoted.err).contains("by another model (cc)");
        assertThat(JSON.readTree(promoted.out).path("scored").asInt()).isEqualTo(5);
        Files.delete(out.resolve("scores.resume.jsonl"));
        Run deleted = run("--top", "2", "--model", "dd", "--out", out.toString(), manifest.toString());
        assertThat(deleted.exit).isZero();
        assertThat(JSON.readTree(deleted.out).path("scored").asInt()).isEqualTo(5);
    }

    @Test
    void an_input_that_is_added_leaves_the_others_their_scores() throws IOException {
        Path table = folder.resolve("pairs.parquet");
        write(table, row("k1", picture(250), picture(40)));
        Path out = folder.resolve("out");
        Path manifest = manifest();
        run("--out", out.toString(), manifest.toString());
        Run more = run("--out", out.toString(), table.toString(), manifest.toString());
        assertThat(more.exit).isZero();
        assertThat(JSON.readTree(more.out).path("scored").asInt()).isEqualTo(2);
        assertThat(JSON.readTree(more.out).path("candidates").asInt()).isEqualTo(7);
        assertThat(lines(out.resolve("selected.jsonl")).getFirst().path("id").asString())
                .isEqualTo("k1");
    }

    @Test
    void a_set_of_which_nothing_can_be_read_leaves_an_empty_folder_empty() throws IOException {
        Path out = Files.createDirectory(folder.resolve("empty"));
        Path bad = Files.writeString(folder.resolve("bad.jsonl"), "{\"id\": 1}\n");
        assertThat(run("--out", out.toString(), bad.toString()).exit).isEqualTo(2);
        assertThat(out).isEmptyDirectory();
    }

    @Test
    void a_server_that_breaks_off_is_asked_again() throws IOException {
        var calls = new AtomicInteger();
        server.answer("POST /api/v1/score", request -> {
            if (calls.getAndIncrement() == 0) {
                throw new IOException("restarted");
            }
            return scores(request.body());
        });
        Run run = run(
                "--top",
                "2",
                "--out",
                folder.resolve("out").toString(),
                manifest().toString());
        assertThat(run.exit).isZero();
        assertThat(run.err).contains("trying again");
        assertThat(calls).hasValue(2);
    }

    @Test
    void a_table_of_pairs_is_read_by_the_names_of_its_columns_and_each_candidate_scored_once() throws IOException {
        Path table = folder.resolve("pairs.parquet");
        write(table, row("k1", picture(250), picture(40)), row("k1", picture(250), picture(100)));
        Path out = folder.resolve("out");
        Run run = run("--best-of-n", "--out", out.toString(), table.toString());

        assertThat(run.err)
                .contains("instruction=instruction source=source_img edited=left_output_image,right_output_image");
        assertThat(run.exit).isZero();
        JsonNode summary = JSON.readTree(run.out);
        assertThat(summary.path("scored").asInt()).isEqualTo(3);
        assertThat(summary.path("chosen").asInt()).isEqualTo(1);
        assertThat(lines(out.resolve("selected.jsonl"))
                        .getFirst()
                        .path("candidates")
                        .path(0)
                        .path("model")
                        .asString())
                .isEqualTo("left");
    }

    @Test
    void what_cannot_be_read_is_named_by_file_row_and_field() throws IOException {
        Path table = folder.resolve("pairs.parquet");
        write(table, row("k1", picture(250), picture(40)), row("k2", new byte[] {1, 2}, picture(100)));
        Path out = folder.resolve("out");
        Run run = run("--out", out.toString(), table.toString());
        assertThat(run.exit).isEqualTo(2);
        assertThat(run.err).contains(table + ":2: left_output_image: ", "not a JPEG, PNG or WebP picture");
        assertThat(JSON.readTree(run.out).path("faults").asInt()).isEqualTo(1);

        Path missing = manifest();
        Files.move(
                missing.resolveSibling("red.png"),
                missing.resolveSibling("away.png"),
                StandardCopyOption.REPLACE_EXISTING);
        Run gone = run("--out", folder.resolve("gone").toString(), missing.toString());
        assertThat(gone.err).contains(missing + ":1: candidates[0].image: there is no file red.png");
    }

    @Test
    void a_table_that_is_torn_off_or_has_other_columns_is_refused_and_leaves_nothing_behind() throws IOException {
        Path table = folder.resolve("pairs.parquet");
        write(table, row("k1", picture(250), picture(40)));
        byte[] whole = Files.readAllBytes(table);
        Path out = folder.resolve("out");
        Run named = run("--column", "instruction=prompt", "--out", out.toString(), table.toString());
        assertThat(named.err).contains(table + ": There is no column prompt. The columns are: key (text)");
        Files.write(table, Arrays.copyOf(whole, whole.length / 2));
        Run torn = run("--out", out.toString(), table.toString());
        assertThat(torn.exit).isEqualTo(2);
        assertThat(torn.err).contains(table + ": cannot be read as a Parquet table: it is truncated");
        assertThat(out).doesNotExist();
    }

    /** As the server answers: a line for each candidate, in the order of the manifest. */
    private static String scores(byte[] archive) throws IOException {
        var pictures = new HashMap<String, Integer>();
        String manifest = "";
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (entry.getName().equals("manifest.jsonl")) {
                    manifest = new String(zip.readAllBytes(), StandardCharsets.UTF_8);
                } else {
                    BufferedImage picture = ImageIO.read(new ByteArrayInputStream(zip.readAllBytes()));
                    pictures.put(
                            entry.getName(),
                            picture.getRGB(picture.getWidth() / 2, picture.getHeight() / 2) >> 16 & 255);
                }
            }
        }
        StringBuilder lines = new StringBuilder();
        for (String line : manifest.lines().toList()) {
            JsonNode item = JSON.readTree(line);
            for (JsonNode candidate : item.path("candidates")) {
                String image = candidate.path("image").asString();
                double mu = pictures.get(image) / 255.0;
                lines.append(JSON.writeValueAsString(Map.of(
                                "id",
                                item.path("id"),
                                "image",
                                image,
                                "model",
                                3,
                                "dimensions",
                                Map.of("redness", Map.of("mu", mu, "sigma", 0.2, "epistemic", 0.1)),
                                "overall",
                                Map.of("mu", mu, "sigma", 0.2, "epistemic", 0.1))))
                        .append('\n');
            }
        }
        return lines.toString();
    }

    private Path manifest() throws IOException {
        Path inner = Files.createDirectories(folder.resolve("campaign"));
        Files.write(inner.resolve("source.png"), picture(0));
        Files.write(inner.resolve("red.png"), picture(250));
        Files.write(inner.resolve("dull.png"), picture(90));
        Files.write(inner.resolve("rosy.png"), picture(180));
        return Files.writeString(inner.resolve("edits.jsonl"), """
                        {"id": "a", "instruction": "Make it red.", "source": "source.png", "category": "colour", "licence": "CC0", "candidates": [{"model": "m", "image": "red.png", "seed": 18446744073709551615, "author": "somebody"}, {"model": "n", "image": "dull.png"}]}
                        {"id": "b", "instruction": "Make it rosy.", "source": "source.png", "candidates": [{"model": "m", "image": "rosy.png"}, {"model": "o", "image": "red.png"}, {"model": "n", "image": "./dull.png"}]}
                        """);
    }

    /** Waves with a square of the given redness in the middle; each looks different from the others. */
    private static byte[] picture(int redness) throws IOException {
        BufferedImage picture = new BufferedImage(96, 96, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < 96; y++) {
            for (int x = 0; x < 96; x++) {
                int grey = (int) (120 + 100 * Math.sin((x + redness) / 9.0) * Math.cos(y / 7.0));
                picture.setRGB(x, y, grey << 16 | grey << 8 | grey);
            }
        }
        var graphics = picture.createGraphics();
        graphics.setColor(new Color(redness, 20, 20));
        graphics.fillRect(32, 32, 32, 32);
        graphics.dispose();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(picture, "png", bytes);
        return bytes.toByteArray();
    }

    private static List<Object> row(String key, byte[] left, byte[] right) throws IOException {
        return List.of(
                key,
                "Make it red.",
                new Encoded(picture(0), "s.png"),
                new Encoded(left, ""),
                new Encoded(right, ""),
                "left",
                "right");
    }

    @SafeVarargs
    private static void write(Path file, List<Object>... rows) throws IOException {
        try (var stream = Files.newOutputStream(file);
                var table = new ParquetTable(stream, PAIRS, true)) {
            for (List<Object> row : rows) {
                table.add(row);
            }
        }
    }

    private static List<String> outcomes(Path out) throws IOException {
        List<String> outcomes = new ArrayList<>();
        try (ParquetRows rows = ParquetRows.open(out.resolve("scores.parquet"))) {
            assertThat(rows.columns())
                    .containsKeys("id", "image", "redness_mu", "overall_sigma", "reward_model_digest");
            rows.select(List.of("outcome"));
            for (var row = rows.next(); row != null; row = rows.next()) {
                outcomes.add(String.valueOf(row.values().get("outcome")));
            }
        }
        return outcomes;
    }

    private static List<JsonNode> lines(Path file) throws IOException {
        return Files.readAllLines(file).stream().map(JSON::readTree).toList();
    }

    private Run run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exit = new CommandLine(new CurateCommand())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .setExecutionExceptionHandler((exception, line, parsed) -> {
                    if (exception instanceof CommandFailure failure) {
                        line.getErr().println(failure.getMessage());
                        return failure.exitCode();
                    }
                    throw exception;
                })
                .execute(Stream.concat(
                                Stream.of("--server", server.url(), "--token", StandInServer.TOKEN),
                                Stream.of(arguments))
                        .toArray(String[]::new));
        return new Run(exit, out.toString(), err.toString());
    }

    private record Run(int exit, String out, String err) {}
}
