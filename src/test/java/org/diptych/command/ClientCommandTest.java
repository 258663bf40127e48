package org.diptych.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class ClientCommandTest {
    private static final String REPORT = """
            {"campaign": "11", "name": "Cats", "dryRun": false, "items": %d, "candidates": 2, "pairs": 1,
             "unchanged": 0, "rejected": %d, "problems": %s}""";
    private static final String PROBLEM =
            "[{\"line\": 7, \"field\": \"candidates[1].image\", \"message\": \"there is no file b.jpg\"}]";
    private static final String PROTOCOL = """
            {"protocol": {"reference": "cats-v1", "document": {"mode": "rating",
              "dimensions": [{"id": "fur", "levels": [{"value": 1}, {"value": 4}]}],
              "skip_reasons": [{"id": "cannot_judge"}]}}}""";

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

    @Test
    void token_exchanges_a_password_for_a_token() throws IOException {
        server.answer("POST /api/v1/tokens", 201, "{\"token\": \"dip_new\", \"id\": \"1\"}");
        Path password = Files.writeString(folder.resolve("password"), "geheim: äöü\nsecond line\n");
        Run run = run(
                new TokenCommand(), "--server", server.url(), "--user", "lead", "--password-file", password.toString());
        assertThat(run.exit).isZero();
        assertThat(run.out).contains("\"token\" : \"dip_new\"");
        assertThat(server.requests("POST /api/v1/tokens").getFirst().authorization())
                .isEqualTo("Basic "
                        + Base64.getEncoder().encodeToString("lead:geheim: äöü".getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void an_own_password_is_chosen_with_the_present_one() throws IOException {
        server.answer("POST /api/v1/password", 204, "");
        Path present = Files.writeString(folder.resolve("present"), "given\n");
        Path own = Files.writeString(folder.resolve("own"), "mine alone\n");
        Run run = run(
                new PasswordCommand(),
                "--server",
                server.url(),
                "--user",
                "lead",
                "--password-file",
                present.toString(),
                "--new-password-file",
                own.toString());
        assertThat(run.exit).as(run.err).isZero();
        assertThat(run.out).contains("\"user\" : \"lead\"").doesNotContain("mine alone");
        assertThat(server.requests("POST /api/v1/password").getFirst().authorization())
                .isEqualTo(
                        "Basic " + Base64.getEncoder().encodeToString("lead:given".getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void a_plain_token_is_the_token_alone() throws IOException {
        server.answer("POST /api/v1/tokens", 201, "{\"token\": \"dip_new\", \"id\": \"1\"}");
        Path password = Files.writeString(folder.resolve("password"), "x");
        Run run = run(
                new TokenCommand(),
                "--plain",
                "--server",
                server.url() + "/",
                "--user",
                " lead ",
                "--password-file",
                password.toString());
        assertThat(run.exit).isZero();
        assertThat(run.out.strip()).isEqualTo("dip_new");
        assertThat(basic()).isEqualTo("lead:x");
    }

    @Test
    void password_files_as_windows_writes_them() throws IOException {
        server.answer("POST /api/v1/tokens", 201, "{\"token\": \"dip_new\", \"id\": \"1\"}");
        Path password = folder.resolve("password");
        String[] call = {"--server", server.url(), "--user", "lead", "--password-file", password.toString()};
        Files.writeString(password, "\uFEFFgeheim \r\n");
        assertThat(run(new TokenCommand(), call).exit).isZero();
        assertThat(basic()).isEqualTo("lead:geheim ");
        Files.writeString(password, "geheim", StandardCharsets.UTF_16);
        Run utf16 = run(new TokenCommand(), call);
        assertThat(utf16.exit).isEqualTo(2);
        assertThat(utf16.err).contains(password + ":1: is in UTF-16").doesNotContain("Exception");
        Files.write(password, new byte[] {'g', (byte) 0xE9, '\n'});
        Run latin1 = run(new TokenCommand(), call);
        assertThat(latin1.exit).isEqualTo(2);
        assertThat(latin1.err).contains(password + ":1: the password file is not UTF-8");
        Files.writeString(password, "\n");
        assertThat(run(new TokenCommand(), call).err).contains(password + ":1: the password file is empty");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\uFEFFdip_right", " dip_right\r\n", "\u200Bdip_right\u200B", "\u00A0dip_right"})
    void what_is_invisible_around_a_token_does_not_count(String token) throws IOException {
        server.answer("POST /api/v1/imports", 200, REPORT.formatted(1, 0, "[]"));
        Run run = run(
                new ImportCommand(), "--server", server.url(), "--token", token, "--campaign", " Cats ", manifest());
        assertThat(run.exit).isZero();
        assertThat(server.requests("POST /api/v1/imports").getFirst().query()).startsWith("campaign=Cats&");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u201Cdip_right\u201D",
                "dip_\u200Bright",
                "{\"token\": \"dip_right\"}",
                "dip_\nright",
                "dip_\u0000x"
            })
    void a_token_that_cannot_be_one_is_refused_and_not_shown(String token) throws IOException {
        Run run =
                run(new ImportCommand(), "--server", server.url(), "--token", token, "--campaign", "Cats", manifest());
        assertThat(run.exit).isEqualTo(2);
        assertThat(run.err)
                .contains("The API token holds a character that no token has", "at place")
                .doesNotContain("dip_", "right", "Exception");
    }

    @Test
    void a_server_may_be_reached_under_a_path() throws IOException {
        server.answer("GET /diptych/api/v1/session", 200, "{\"account\": {\"name\": \"lead\"}}")
                .answer("POST /diptych/api/v1/imports", 200, REPORT.formatted(1, 0, "[]"));
        Run run = run(
                new ImportCommand(),
                "--server",
                server.url() + "/diptych/",
                "--token",
                StandInServer.TOKEN,
                "--campaign",
                "Cats",
                manifest());
        assertThat(run.err).isEmpty();
        assertThat(run.exit).isZero();
        assertThat(server.requests("POST /diptych/api/v1/imports")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost:8080", "ftp://localhost", "http://", "http://my host", "http://localhost:99999",
                "http://localhost:8080?x=1", "http://localhost/#top", "http://lead:x@localhost", "http://a_b", ""
            })
    void an_address_that_no_server_can_have_is_refused_in_words(String address) throws IOException {
        Run run = run(
                new ImportCommand(),
                "--server",
                address,
                "--token",
                StandInServer.TOKEN,
                "--campaign",
                "Cats",
                manifest());
        assertThat(run.exit).isEqualTo(2);
        assertThat(run.err)
                .contains("--server must look like http://localhost:8080")
                .doesNotContain("Exception");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://ada:hunter2@host", "http://ada:hunter2@my host", "https://hunter2@host/x?y=1"})
    void an_address_with_a_password_is_refused_and_not_shown(String address) throws IOException {
        Run run =
                run(new ImportCommand(), "--server", address, "--token", "dip_right", "--campaign", "Cats", manifest());
        assertThat(run.exit).isEqualTo(2);
        assertThat(run.err)
                .contains("--server must look like", "no user or password in the address")
                .doesNotContain("hunter2", "ada");
    }

    /** Only what the server leaves out of a name is left out: a mark of direction is part of it. */
    @Test
    void the_name_of_a_campaign_is_the_one_that_the_server_keeps() throws IOException {
        server.answer("POST /api/v1/imports", 200, REPORT.formatted(1, 0, "[]"));
        run(new ImportCommand(), with("--campaign", "\uFEFF Test\u200E\u200B", manifest()));
        assertThat(server.requests("POST /api/v1/imports").getFirst().query()).startsWith("campaign=Test\u200E&");
    }

    @Test
    void an_answer_that_is_no_json_is_said_in_words() throws IOException {
        server.answer("GET /api/v1/verification", 200, "<html>")
                .answer("GET /api/v1/campaigns/11/export", 200, "[{\"path1\": ");
        Run verification = run(new VerifyCommand(), "--server", server.url(), "--token", StandInServer.TOKEN);
        Run export = run(
                new ExportCommand(),
                with("--campaign", "Cats", "--format", "editreward-json", "--out", folder.toString()));
        assertThat(verification.exit).isEqualTo(1);
        assertThat(verification.err).contains("does not answer like a Diptych server");
        assertThat(export.exit).isEqualTo(1);
        assertThat(export.err)
                .contains("did not complete", "not JSON to its end")
                .doesNotContain("Source");
    }

    @Test
    void every_option_of_an_export_reaches_the_server_one_by_one() {
        server.answer(
                "GET /api/v1/campaigns/11/export",
                409,
                "{\"code\": \"nothing_to_export\", \"detail\": \"No label fits.\"}");
        List<String> options = List.of(
                "--filter",
                "model=a, b=c",
                "--filter",
                "stratum=gold",
                "--split",
                "80/10/10",
                "--consensus",
                "--ties",
                "split",
                "--names",
                "none",
                "--licence",
                "CC-BY-4.0");
        List<String> arguments = new ArrayList<>(options);
        arguments.addAll(List.of("--campaign", "Cats", "--format", "trl", "--out", folder.toString()));

        Run run = run(new ExportCommand(), with(arguments.toArray(String[]::new)));

        String query = URLDecoder.decode(
                server.requests("GET /api/v1/campaigns/11/export").getFirst().query(), StandardCharsets.UTF_8);
        assertThat(query.split("&"))
                .containsExactlyInAnyOrder(
                        "format=trl",
                        "filter=model=a, b=c",
                        "filter=stratum=gold",
                        "split=80/10/10",
                        "consensus=dawid-skene",
                        "ties=split",
                        "names=none",
                        "licence=CC-BY-4.0");
        assertThat(run.err).contains("No label fits.");
    }

    @Test
    void an_export_to_a_file_is_refused_before_anything_is_asked_for() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "mine");
        for (Path out : List.of(file, file.resolve("below"))) {
            Run run =
                    run(new ExportCommand(), with("--campaign", "Cats", "--format", "jsonl", "--out", out.toString()));
            assertThat(run.exit).isEqualTo(2);
            assertThat(run.err).contains("--out " + out, file + " is no folder");
        }
        assertThat(server.requests("GET /api/v1/campaigns")).isEmpty();
        assertThat(file).hasContent("mine");
    }

    @Test
    void a_campaign_is_found_whichever_way_its_letters_are_composed() throws IOException {
        server.answer("GET /here/api/v1/campaigns", 200, "[{\"id\": \"11\", \"name\": \"Caf\u00E9\"}]")
                .answer("GET /here/api/v1/schemas/labels", 200, "{}")
                .answer("GET /here/api/v1/campaigns/11/export", 200, "{\"id\": 1}\n");
        Run run = run(
                new ExportCommand(),
                "--server",
                server.url() + "/here",
                "--token",
                StandInServer.TOKEN,
                "--campaign",
                " Cafe\u0301",
                "--format",
                "jsonl",
                "--out",
                folder.resolve("out").toString());
        assertThat(run.err).isEmpty();
        assertThat(run.exit).isZero();
    }

    @Test
    void a_wrong_password_is_said_plainly() throws IOException {
        server.answer("POST /api/v1/tokens", 401, "");
        Path password = Files.writeString(folder.resolve("password"), "x");
        Run run = run(
                new TokenCommand(), "--server", server.url(), "--user", "lead", "--password-file", password.toString());
        assertThat(run.exit).isEqualTo(1);
        assertThat(run.err).contains("Wrong user name or password");
        assertThat(run.out).isEmpty();
    }

    @Test
    void a_wrong_token_and_an_absent_server_are_said_plainly() throws IOException {
        Run wrong = run(
                new ImportCommand(), "--server", server.url(), "--token", "dip_old", "--campaign", "Cats", manifest());
        assertThat(wrong.exit).isEqualTo(1);
        assertThat(wrong.err).contains("does not accept this token", "diptych token");
        assertThat(server.requests("POST /api/v1/imports")).isEmpty();
        Run absent = run(
                new ExportCommand(),
                "--server",
                "http://localhost:1",
                "--token",
                "t",
                "--campaign",
                "Cats",
                "--format",
                "jsonl",
                "--out",
                folder.toString());
        assertThat(absent.exit).isEqualTo(1);
        assertThat(absent.err).contains("No answer from http://localhost:1");
    }

    @Test
    void import_sends_the_manifest_and_only_the_pictures_it_may_name() throws IOException {
        server.answer("POST /api/v1/imports", 200, REPORT.formatted(1, 0, "[]"));
        Run run = run(
                new ImportCommand(),
                with("--campaign", "Cats & dogs", "--labels-per-pair", "3", "--protocol", "cats-v1", manifest()));
        assertThat(run.exit).isZero();
        assertThat(run.out).contains("\"items\" : 1");
        StandInServer.Request request = server.requests("POST /api/v1/imports").getFirst();
        assertThat(request.query())
                .isEqualTo("campaign=Cats & dogs&protocol=cats-v1&labelsPerPair=3&dryRun=false&strict=false");
        Map<String, String> files = unzip(request.body());
        assertThat(files.keySet()).containsExactly("manifest.jsonl", "images/a.jpg", "images/b.jpg");
        assertThat(files.get("images/b.jpg")).isEqualTo("picture b");
        assertThat(files.get("manifest.jsonl")).isEqualTo(Files.readString(Path.of(manifest())));
    }

    @Test
    void import_from_another_tool_sends_the_files_with_their_pictures_and_the_mapping() throws IOException {
        Path tasks = Files.writeString(folder.resolve("tasks.json"), """
                [{"data": {"prompt": "Red.", "source": "s.png", "image_a": "a.png", "image_b": "../b.png"},
                  "annotations": [{"completed_by": 1, "result": [{"from_name": "c", "value": {"selected": "left"}}]}]}]""");
        Files.writeString(folder.resolve("s.png"), "source");
        Files.writeString(folder.resolve("a.png"), "edit");
        Run shown = run(new ImportCommand(), "--from", "label-studio", "--show-mapping", tasks.toString());
        assertThat(shown.exit).as(shown.err).isZero();
        assertThat(shown.out).contains("\"first\" : \"data.image_a\"");
        Path mapping = Files.writeString(folder.resolve("mapping.json"), shown.out.replace("completed_by", "worker"));

        server.answer("POST /api/v1/imports/foreign", 200, """
                {"items": 1, "unchanged": 0, "rejected": 1, "labels": 1, "labelsRejected": 0, "problems":
                 [{"file": "tasks.json", "row": 3, "field": "data.prompt", "message": "missing"}], "warnings": []}""");
        Run run = run(
                new ImportCommand(),
                with(
                        "--campaign",
                        "Cats",
                        "--from",
                        "label-studio",
                        "--mapping",
                        mapping.toString(),
                        tasks.toString()));

        assertThat(run.exit).as(run.err).isZero();
        assertThat(run.err).contains(tasks + ":3: data.prompt: missing");
        StandInServer.Request request =
                server.requests("POST /api/v1/imports/foreign").getFirst();
        assertThat(request.query()).contains("from=label-studio", "worker");
        assertThat(unzip(request.body()).keySet()).containsExactly("tasks.json", "s.png", "a.png");
    }

    @Test
    void import_from_another_tool_asks_which_of_several_fields_is_the_verdict() throws IOException {
        Path tasks = Files.writeString(folder.resolve("tasks.json"), """
                [{"data": {}, "annotations": [{"result": [{"from_name": "realism", "value": {"selected": "left"}},
                  {"from_name": "overall", "value": {"selected": "right"}}]}]}]""");
        Run run = run(new ImportCommand(), with("--campaign", "Cats", "--from", "label-studio", tasks.toString()));
        assertThat(run.exit).isEqualTo(2);
        assertThat(run.err).contains(tasks.toString(), "realism, overall", "--mapping");

        Run shown = run(new ImportCommand(), "--from", "label-studio", "--show-mapping", tasks.toString());
        assertThat(shown.exit).isZero();
        assertThat(shown.err).contains("realism, overall");
    }

    @Test
    void import_names_bad_rows_by_file_line_and_field_and_keeps_the_good_ones() throws IOException {
        server.answer("POST /api/v1/imports", 200, REPORT.formatted(3, 1, PROBLEM));
        Run run = run(new ImportCommand(), with("--campaign", "Cats", manifest()));
        assertThat(run.exit).isZero();
        assertThat(run.err).contains(manifest() + ":7: candidates[1].image: there is no file b.jpg");
    }

    @Test
    void import_ends_with_status_2_when_it_was_refused() throws IOException {
        server.answer("POST /api/v1/imports", 422, REPORT.formatted(0, 1, PROBLEM))
                .answer(
                        "POST /api/v1/imports",
                        422,
                        "{\"code\": \"unknown_protocol\", \"detail\": \"No protocol x.\"}");
        Run strict = run(new ImportCommand(), with("--campaign", "Cats", "--strict", manifest()));
        assertThat(strict.exit).isEqualTo(2);
        assertThat(strict.out).contains("\"rejected\" : 1");
        assertThat(strict.err).contains(":7: candidates[1].image");
        Run unknown = run(new ImportCommand(), with("--campaign", "Cats", "--protocol", "x", manifest()));
        assertThat(unknown.exit).isEqualTo(2);
        assertThat(unknown.err).contains("No protocol x.");
    }

    @Test
    void import_of_a_missing_file_is_bad_input() {
        Run run = run(new ImportCommand(), with("--campaign", "Cats", "nowhere.jsonl"));
        assertThat(run.exit).isEqualTo(2);
        assertThat(run.err).contains("nowhere.jsonl: there is no such file");
    }

    @Test
    void export_writes_the_file_and_says_what_it_holds() throws IOException {
        server.answer("GET /api/v1/schemas/labels", 200, "{\"title\": \"One line\"}");
        server.answer("GET /api/v1/campaigns/11/export", 200, "{\"id\": 1}\n{\"id\": 2}\n")
                .answer("GET /api/v1/campaigns/11/export", 200, "[{\"a\": [1, 2]}, {\"b\": {}}, 3]");
        Path out = Files.createDirectories(folder.resolve("out"));
        Files.writeString(out.resolve("labels-test.jsonl"), "earlier");
        Files.writeString(out.resolve("split.json"), "{\"parts\": [{\"file\": \"labels-test.jsonl\"}]}");
        Run lines = run(new ExportCommand(), with("--campaign", "Cats", "--format", "jsonl", "--out", out.toString()));
        assertThat(lines.exit).isZero();
        assertThat(lines.out)
                .contains("\"labels\" : 2", "781ff5f85c89826b0126e003be6b6f78477dffcb4a2cf0b4e2a5ed9d78bb84cf");
        assertThat(out.resolve("labels.jsonl")).hasContent("{\"id\": 1}\n{\"id\": 2}");
        // a test part beside the whole file would be read with it
        assertThat(out.resolve("labels-test.jsonl")).doesNotExist();
        assertThat(out.resolve("split.json")).doesNotExist();
        Run records = run(
                new ExportCommand(),
                with("--campaign", "Cats", "--format", "editreward-json", "--out", out.toString()));
        assertThat(records.out).contains("\"labels\" : 3", "editreward.json");
    }

    @Test
    void an_export_that_breaks_off_leaves_the_earlier_file_alone() throws IOException {
        server.hangUp("GET /api/v1/campaigns/11/export", "{\"id\": 1}\n");
        Path out = Files.createDirectories(folder.resolve("out"));
        Files.writeString(out.resolve("labels.jsonl"), "earlier");
        Run run = run(new ExportCommand(), with("--campaign", "Cats", "--format", "jsonl", "--out", out.toString()));
        assertThat(run.exit).isEqualTo(1);
        assertThat(run.err).contains("did not complete");
        try (Stream<Path> files = Files.list(out)) {
            assertThat(files).containsExactly(out.resolve("labels.jsonl"));
        }
        assertThat(out.resolve("labels.jsonl")).hasContent("earlier");
    }

    @Test
    void an_unknown_campaign_is_answered_with_those_there_are() {
        Run run = run(new TrainCommand(), with("--campaign", "Dogs"));
        assertThat(run.exit).isEqualTo(2);
        assertThat(run.err).contains("no campaign named \"Dogs\"", "Cats");
    }

    @Test
    void train_follows_a_run_to_its_end() {
        server.answer("GET /api/v1/campaigns/11/training-runs", 200, "[]")
                .answer("POST /api/v1/campaigns/11/training-runs", 202, "{\"id\": \"5\"}")
                .answer("GET /api/v1/campaigns/11/training-runs/5", 200, "{\"state\": \"QUEUED\"}")
                .answer(
                        "GET /api/v1/campaigns/11/training-runs/5",
                        200,
                        "{\"state\": \"TRAINING\", \"epoch\": 2, \"epochs\": 9, \"loss\": 0.5}")
                .answer("GET /api/v1/campaigns/11/training-runs/5", 200, "{\"state\": \"FINISHED\", \"model\": 3}");
        Run run = run(new TrainCommand(), with("--campaign", "Cats", "--wait"));
        assertThat(run.exit).isZero();
        assertThat(run.err).contains("queued", "training, epoch 2 of 9, loss 0.5");
        assertThat(run.out).contains("\"model\" : 3");
    }

    @Test
    void train_fails_when_the_run_failed() {
        server.answer("GET /api/v1/campaigns/11/training-runs", 200, "[]")
                .answer("POST /api/v1/campaigns/11/training-runs", 202, "{\"id\": \"5\"}")
                .answer(
                        "GET /api/v1/campaigns/11/training-runs/5",
                        200,
                        "{\"state\": \"FAILED\", \"message\": \"too few labels\"}");
        Run run = run(new TrainCommand(), with("--campaign", "Cats", "--wait"));
        assertThat(run.exit).isEqualTo(1);
        assertThat(run.err).contains("failed: too few labels");
    }

    @Test
    void score_prints_one_line_a_candidate() throws IOException {
        server.answer("POST /api/v1/score", 200, "{\"id\": \"1\", \"model\": 3}\n{\"id\": \"2\", \"model\": 3}\n");
        Run run = run(new ScoreCommand(), with("--campaign", "Cats", "--model", "3", manifest()));
        assertThat(run.exit).isZero();
        assertThat(run.out.lines()).containsExactly("{\"id\": \"1\", \"model\": 3}", "{\"id\": \"2\", \"model\": 3}");
        assertThat(unzip(server.requests("POST /api/v1/score").getFirst().body()))
                .hasSize(3);
    }

    @Test
    void simulate_names_the_dimension_that_has_no_truth_and_makes_no_accounts() throws IOException {
        server.answer("GET /api/v1/annotate/campaigns/11", 200, PROTOCOL);
        Path truth =
                Files.writeString(folder.resolve("truth.jsonl"), "{\"id\": \"1\", \"image\": \"a.jpg\", \"paws\": 2}");
        Run run = run(new SimulateCommand(), with("--campaign", "Cats", "--truth", truth.toString()));
        assertThat(run.exit).isEqualTo(2);
        assertThat(run.err).contains(truth + ":1: fur: this dimension of the protocol cats-v1 has no truth");
        assertThat(server.requests("POST /api/v1/campaigns/11/simulated-annotators"))
                .isEmpty();
    }

    @Test
    void simulate_sends_a_label_with_the_same_id_until_it_is_acknowledged() throws IOException {
        server.answer("GET /api/v1/annotate/campaigns/11", 200, PROTOCOL)
                .answer(
                        "GET /api/v1/campaigns/11/candidates",
                        200,
                        "{\"item\": \"1\", \"image\": \"a.jpg\", \"sha256\": \"aa\"}\n"
                                + "{\"item\": \"1\", \"image\": \"b.jpg\", \"sha256\": \"bb\"}\n")
                .answer(
                        "POST /api/v1/campaigns/11/simulated-annotators",
                        201,
                        "[{\"name\": \"sim-01\", \"token\": \"" + StandInServer.TOKEN + "\"}]")
                .answer(
                        "POST /api/v1/annotate/campaigns/11/claims",
                        200,
                        "{\"assignments\": [{\"id\": \"9\", \"token\": 4, \"left\": {\"sha256\": \"bb\"}, \"right\":"
                                + " {\"sha256\": \"aa\"}}], \"empty\": null}")
                .answer(
                        "POST /api/v1/annotate/campaigns/11/claims",
                        200,
                        "{\"assignments\": [], \"empty\": \"all_labelled\"}")
                .hangUp("POST /api/v1/annotate/labels", "{\"status\": ")
                .answer("POST /api/v1/annotate/labels", 200, "{\"status\": \"duplicate\"}");
        Path truth = Files.writeString(
                folder.resolve("truth.jsonl"),
                "{\"id\": \"1\", \"image\": \"a.jpg\", \"fur\": 1}\n{\"id\": \"1\", \"image\": \"b.jpg\", \"fur\": 4}\n");
        Run run = run(
                new SimulateCommand(), with("--campaign", "Cats", "--truth", truth.toString(), "--annotators", "1"));
        assertThat(run.exit).isZero();
        assertThat(run.out).contains("\"labels\" : 1", "\"duplicates\" : 1", "\"name\" : \"sim-01\"");
        var sent = server.requests("POST /api/v1/annotate/labels");
        assertThat(sent).hasSize(2);
        assertThat(sent.get(1).text()).isEqualTo(sent.get(0).text()).contains("\"token\":4", "\"fur\":{");
    }

    private String manifest() throws IOException {
        Path inner = folder.resolve("campaign");
        Files.createDirectories(inner.resolve("images"));
        Files.writeString(folder.resolve("secret.txt"), "not for the server");
        Files.writeString(inner.resolve("images/a.jpg"), "picture a");
        Files.writeString(inner.resolve("images/b.jpg"), "picture b");
        Files.writeString(inner.resolve("images/unused.jpg"), "unused");
        Path link = inner.resolve("images/link.jpg");
        if (!Files.exists(link)) {
            Files.createSymbolicLink(link, folder.resolve("secret.txt"));
        }
        return Files.writeString(inner.resolve("cats.jsonl"), """
                        {"id": "1", "source": "images/a.jpg", "candidates": [{"image": "images/b.jpg"}, {"image": "images/a.jpg"}]}
                        {"id": "2", "source": "../secret.txt", "candidates": [{"image": "/etc/passwd"}, {"image": "images/link.jpg"}]}
                        this is no JSON
                        {"id": "3", "source": "images/missing.jpg", "candidates": []}
                        """).toString();
    }

    private static Map<String, String> unzip(byte[] archive) throws IOException {
        Map<String, String> files = new LinkedHashMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                files.put(entry.getName(), new String(zip.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return files;
    }

    private String[] with(String... arguments) {
        return Stream.concat(Stream.of("--server", server.url(), "--token", StandInServer.TOKEN), Stream.of(arguments))
                .toArray(String[]::new);
    }

    /** The credentials of the last request for a token. */
    private String basic() {
        String authorization = server.requests("POST /api/v1/tokens").getLast().authorization();
        return new String(
                Base64.getDecoder().decode(authorization.substring("Basic ".length())), StandardCharsets.UTF_8);
    }

    private static Run run(Object command, String... arguments) {
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
