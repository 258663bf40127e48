package org.diptych.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** Files as people have them, through the command line: what it sends is what the manifest names. */
class FaultyFilesTest {
    private static final Path FAULTS = Path.of("test/resources/faults");
    private static final String NOTHING = """
            {"campaign": null, "name": "Cats", "dryRun": false, "items": %d, "candidates": 0, "pairs": 0, "unchanged": 0,
             "rejected": %d, "problems": [%s], "warned": 0, "warnings": [%s]}""";

    @TempDir
    private Path folder;

    private StandInServer server;

    @BeforeEach
    void start() throws IOException {
        server = new StandInServer();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        "d02-bom.jsonl, s.png a.png b.png s2.png a2.png b2.png",
        "d03-latin1-line.jsonl, s.png a.png b.png",
        "d08-seed-u64.jsonl, s.png a.png b.png",
        "d28-seed-float.jsonl, s.png a.png b.png",
        "d29-utf16.jsonl, ''"
    })
    void the_pictures_of_every_row_that_can_be_read_are_sent(String manifest, String pictures) throws IOException {
        server.answer("POST /api/v1/imports", 200, NOTHING.formatted(1, 0, "", ""))
                .answer("POST /api/v1/score", 200, "");

        assertThat(run(new ImportCommand(), FAULTS.resolve(manifest)).exit).isZero();
        assertThat(run(new ScoreCommand(), FAULTS.resolve(manifest)).exit).isZero();

        var expected = Stream.concat(Stream.of("manifest.jsonl"), Stream.of(pictures.split(" ")))
                .filter(name -> !name.isEmpty())
                .toList();
        for (var request : new String[] {"POST /api/v1/imports", "POST /api/v1/score"}) {
            var sent = unzip(server.requests(request).getFirst().body());
            assertThat(sent.keySet()).containsExactlyElementsOf(expected);
            assertThat(sent.get("manifest.jsonl")).isEqualTo(Files.readAllBytes(FAULTS.resolve(manifest)));
        }
    }

    @Test
    void an_archive_is_sent_as_it_is_whatever_its_name() throws IOException {
        server.answer("POST /api/v1/imports", 200, NOTHING.formatted(1, 0, "", ""));
        var archive = Files.copy(FAULTS.resolve("d25-cp437.zip"), folder.resolve("campaign.download"));

        assertThat(run(new ImportCommand(), archive).exit).isZero();

        assertThat(server.requests("POST /api/v1/imports").getFirst().body()).isEqualTo(Files.readAllBytes(archive));
    }

    @Test
    void one_file_that_cannot_be_read_is_said_and_the_others_are_sent() throws IOException {
        for (var name : new String[] {"s.png", "a.png", "b.png"}) {
            Files.copy(FAULTS.resolve(name), folder.resolve(name));
        }
        Files.createDirectory(folder.resolve("folder.png"));
        Files.createSymbolicLink(folder.resolve("dangling.png"), Path.of("nowhere.png"));
        Files.createSymbolicLink(
                folder.resolve("outside.png"), FAULTS.resolve("a2.png").toAbsolutePath());
        var rows = new StringBuilder();
        for (var name : new String[] {"folder.png", "dangling.png", "outside.png", "a.png"}) {
            rows.append(row(name)).append('\r');
        }
        var manifest = Files.writeString(folder.resolve("manifest.jsonl"), rows.toString());
        server.answer(
                "POST /api/v1/imports",
                200,
                NOTHING.formatted(
                        1,
                        3,
                        Stream.of(1, 2, 3)
                                .map(
                                        "{\"line\": %d, \"field\": \"candidates[0].image\", \"message\": \"there is no file\"}"
                                                ::formatted)
                                .collect(java.util.stream.Collectors.joining(",")),
                        "{\"line\": 4, \"field\": \"id\", \"message\": \"has the same task\"}"));

        var run = run(new ImportCommand(), manifest);

        assertThat(run.exit).isZero();
        assertThat(run.err.lines())
                .containsExactly(
                        manifest + ":1: candidates[0].image: folder.png is a folder or a device, no file",
                        manifest + ":2: candidates[0].image: dangling.png is a link to a file that is not there",
                        manifest + ":3: candidates[0].image: outside.png is a link that leaves the manifest's folder",
                        manifest + ":4: id: warning: has the same task");
        assertThat(unzip(server.requests("POST /api/v1/imports").getFirst().body())
                        .keySet())
                .containsExactly("manifest.jsonl", "s.png", "b.png", "a.png");
    }

    @Test
    void a_file_without_permission_refuses_its_row_only() throws IOException {
        for (var name : new String[] {"s.png", "a.png", "b.png"}) {
            Files.copy(FAULTS.resolve(name), folder.resolve(name));
        }
        Files.setPosixFilePermissions(folder.resolve("a.png"), PosixFilePermissions.fromString("---------"));
        assumeThat(Files.isReadable(folder.resolve("a.png")))
                .as("a superuser reads everything")
                .isFalse();
        var manifest = Files.writeString(folder.resolve("manifest.jsonl"), row("a.png"));
        server.answer(
                "POST /api/v1/imports",
                422,
                NOTHING.formatted(
                        0,
                        1,
                        "{\"line\": 1, \"field\": \"candidates[0].image\", \"message\": \"there is no file\"}",
                        ""));

        var run = run(new ImportCommand(), manifest);

        assertThat(run.exit).isEqualTo(2);
        assertThat(run.err).contains("the file a.png may not be read; change its permissions");
    }

    @Test
    void names_are_found_however_their_characters_are_composed() throws IOException {
        for (var name : new String[] {"s.png", "b.png"}) {
            Files.copy(FAULTS.resolve(name), folder.resolve(name));
        }
        Files.copy(FAULTS.resolve("a.png"), folder.resolve("u\u0308.png"));
        Files.copy(FAULTS.resolve("a2.png"), folder.resolve("images\\a2.png"));
        var manifest =
                Files.writeString(folder.resolve("manifest.jsonl"), row("\u00fc.png") + "\n" + row("images\\\\a2.png"));
        server.answer("POST /api/v1/imports", 200, NOTHING.formatted(2, 0, "", ""));

        run(new ImportCommand(), manifest);

        assertThat(unzip(server.requests("POST /api/v1/imports").getFirst().body())
                        .keySet())
                .containsExactly("manifest.jsonl", "s.png", "\u00fc.png", "b.png", "images/a2.png");
    }

    @Test
    void what_cannot_be_scored_is_said_by_file_line_and_field() {
        server.answer(
                "POST /api/v1/score",
                200,
                "{\"id\": \"1\"}\n{\"problem\":{\"line\":2,\"field\":\"source\",\"message\":\"there is no file x\"}}\n");
        var manifest = FAULTS.resolve("d02-bom.jsonl");

        var run = run(new ScoreCommand(), manifest);

        assertThat(run.exit).isEqualTo(2);
        assertThat(run.err.strip()).isEqualTo(manifest + ":2: source: there is no file x");
        assertThat(run.out.strip()).isEqualTo("{\"id\": \"1\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Cats", " Cats\u00a0", "\ufeffCats"})
    void a_campaign_is_found_by_a_name_that_only_looks_different(String name) {
        server.answer("GET /api/v1/campaigns/11/training-runs", 200, "[]")
                .answer("POST /api/v1/campaigns/11/training-runs", 202, "{\"id\": \"5\"}")
                .answer("GET /api/v1/campaigns/11/training-runs/5", 200, "{\"state\": \"QUEUED\"}");
        var run = execute(new TrainCommand(), "--campaign", name);
        assertThat(run.exit).as(run.err).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "/, is a folder",
        "test, is a folder",
        "/dev/null, is a device or a pipe",
        "nowhere, there is no such file"
    })
    void what_is_no_file_is_said(String place, String said) {
        for (var run : List.of(
                run(new ImportCommand(), Path.of(place)),
                run(new ScoreCommand(), Path.of(place)),
                execute(new SimulateCommand(), "--campaign", "Cats", "--truth", place),
                plain(new ReplayCommand(), place))) {
            assertThat(run.exit).isEqualTo(2);
            assertThat(run.err).startsWith(Path.of(place) + ": " + said);
        }
    }

    @Test
    void a_zip_without_permission_is_bad_input() throws IOException {
        var archive = Files.copy(FAULTS.resolve("d25-cp437.zip"), folder.resolve("campaign.zip"));
        Files.setPosixFilePermissions(archive, PosixFilePermissions.fromString("---------"));
        assumeThat(Files.isReadable(archive)).as("a superuser reads everything").isFalse();

        var run = run(new ImportCommand(), archive);

        assertThat(run.exit).isEqualTo(2);
        assertThat(run.err).contains(archive + ": this file may not be read. Change its permissions.");
    }

    @Test
    void a_picture_with_the_name_of_the_manifest_refuses_its_row_only() throws IOException {
        for (var name : new String[] {"s.png", "a.png", "b.png"}) {
            Files.copy(FAULTS.resolve(name), folder.resolve(name));
        }
        Files.copy(FAULTS.resolve("a.png"), folder.resolve("manifest.jsonl"));
        var manifest = Files.writeString(folder.resolve("edits.jsonl"), row("manifest.jsonl") + "\n" + row("a.png"));
        server.answer(
                "POST /api/v1/imports",
                200,
                NOTHING.formatted(
                        1, 1, "{\"line\": 1, \"field\": \"candidates[0].image\", \"message\": \"is no picture\"}", ""));

        var run = run(new ImportCommand(), manifest);

        assertThat(run.exit).as(run.err).isZero();
        assertThat(run.err)
                .contains(manifest + ":1: candidates[0].image: manifest.jsonl is the name that the manifest is sent");
        var sent = unzip(server.requests("POST /api/v1/imports").getFirst().body());
        assertThat(sent.keySet()).containsExactly("manifest.jsonl", "s.png", "b.png", "a.png");
        assertThat(sent.get("manifest.jsonl")).isEqualTo(Files.readAllBytes(manifest));
    }

    @Test
    void an_earlier_report_may_be_as_windows_writes_it() throws IOException {
        var report = folder.resolve("report.json");
        String[] call = {"--against", report.toString(), "--data-dir", "nowhere"};
        Files.writeString(report, "\uFEFF{\"campaigns\": []}");
        assertThat(plain(new VerifyCommand(), call).err).contains("There is no data folder");
        Files.writeString(report, "{\"campaigns\": []}", StandardCharsets.UTF_16);
        assertThat(plain(new VerifyCommand(), call).err).contains(report + ":1: is in UTF-16");
        Files.writeString(report, "{\"campaigns\": [");
        assertThat(plain(new VerifyCommand(), call).err.strip()).isEqualTo(report + ": no report of diptych verify.");
        Files.delete(report);
        var missing = plain(new VerifyCommand(), call);
        assertThat(missing.exit).isEqualTo(2);
        assertThat(missing.err).contains(report + ": cannot be read: there is no file");
    }

    private static String row(String image) {
        return """
                {"id": "of %s", "instruction": "Red.", "source": "s.png", "candidates": [{"model": "x", "image": "%s"}, {"model": "y", "image": "b.png"}]}""".formatted(image, image);
    }

    private static Map<String, byte[]> unzip(byte[] archive) throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(archive), StandardCharsets.UTF_8)) {
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                files.put(entry.getName(), zip.readAllBytes());
            }
        }
        return files;
    }

    private Run run(Callable<Integer> command, Path manifest) {
        return execute(command, "--campaign", "Cats", manifest.toString());
    }

    private Run execute(Callable<Integer> command, String... arguments) {
        return plain(
                command,
                Stream.concat(Stream.of("--server", server.url(), "--token", StandInServer.TOKEN), Stream.of(arguments))
                        .toArray(String[]::new));
    }

    private static Run plain(Callable<Integer> command, String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exit = new CommandLine(command)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .setExecutionExceptionHandler((exception, line, parsed) -> {
                    if (exception instanceof CommandFailure failure) {
                        line.getErr().println(failure.getMessage());
                        return failure.exitCode();
                    }
                    throw exception;
                })
                .execute(arguments);
        return new Run(exit, out.toString(), err.toString());
    }

    private record Run(int exit, String out, String err) {}
}
