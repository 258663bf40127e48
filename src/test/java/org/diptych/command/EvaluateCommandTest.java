package org.diptych.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class EvaluateCommandTest {
    private static final Path PUBLISHED = Path.of("..", "backend", "statistics", "src", "test", "resources");
    private static final String VOTES =
            PUBLISHED.resolve("genaibench/image_edition_votes.tsv").toString();
    private static final String PAIR = """
        {"prompt": "add a hat", "path_src": "s%d.png", "path1": "a%d.png", "path2": "b%d.png",
         "model1_dim1_score": %d, "model2_dim1_score": %d}
        """;

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return new CommandLine(new EvaluateCommand())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .setExecutionExceptionHandler((exception, command, _) -> {
                    if (exception instanceof CommandFailure failure) {
                        command.getErr().println(failure.getMessage());
                        return failure.exitCode();
                    }
                    throw exception;
                })
                .execute(Stream.concat(Stream.of(arguments), Stream.of("--bootstrap", "100"))
                        .toArray(String[]::new));
    }

    private JsonNode json() {
        return JsonMapper.shared().readTree(out.toString());
    }

    private String file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content).toString();
    }

    private double paper(int metric) {
        return json().at("/metrics/" + metric + "/paper/value").asDouble();
    }

    private double corrected(int metric) {
        return json().at("/metrics/" + metric + "/corrected/value").asDouble();
    }

    @ParameterizedTest
    @CsvSource({"gemini-1.5-pro, 55.93", "judge_gpt4o, 53.54", "idefics1, 5.66", "random, 25.90", "ottervideo, 0.00"})
    void judges_of_genai_bench_reach_their_published_accuracy(String judge, double percent) {
        assertThat(run("--benchmark", "genai-bench", "--judge", judge, VOTES)).isZero();

        assertThat(100 * paper(0)).isCloseTo(percent, within(0.00501));
        assertThat(json().at("/metrics/0/n").asInt()).isEqualTo(919);
        assertThat(json().at("/metrics/0/groups").asInt()).isEqualTo(179);
        assertThat(100 * json().at("/metrics/0/majority/value").asDouble()).isCloseTo(42.66, within(0.005));
        assertThat(json().at("/metrics/0/corrected/low").asDouble()).isLessThanOrEqualTo(paper(0));
        assertThat(json().at("/metrics/1/paper/value").isNull()).isTrue();
    }

    @Test
    void the_same_seed_gives_the_same_result() {
        run("--benchmark", "genai-bench", "--judge", "gpt4o", VOTES);
        var first = out.toString();
        run("--benchmark", "genai-bench", "--judge", "gpt4o", VOTES);
        assertThat(out.toString()).isEqualTo(first);
        run("--benchmark", "genai-bench", "--judge", "gpt4o", "--seed", "2", VOTES);
        assertThat(out.toString()).isNotEqualTo(first);
    }

    @Test
    void scores_of_votes_treat_both_bad_in_every_way_and_count_rows_without_a_score() throws IOException {
        var votes = file("votes.tsv", """
            row\thuman_vote\tinstruct_prompt\tsource_prompt\ttarget_prompt
            0\tleftvote\tx\tone\ty
            1\trightvote\tx\ttwo\ty
            2\tbothbad_vote\tx\tthree\ty
            3\ttievote\tx\tfour\ty
            4\tleftvote\tx\tfive\ty
            """);
        var scores = file("scores.jsonl", """
            {"row": 0, "scores": [2, 1]}
            {"row": 1, "scores": [0.5, 1.5]}
            {"row": 2, "scores": [1, 1]}
            {"row": 3, "scores": [1, 1]}
            {"row": 4, "scores": [null, 1]}
            """);

        assertThat(run("--benchmark", "genai-bench", "--scores", scores, votes)).isZero();

        assertThat(json().path("evaluated").asInt()).isEqualTo(4);
        assertThat(json().at("/unscored/0/rows").asInt()).isEqualTo(1);
        assertThat(json().at("/unscored/0/reason").asString()).isEqualTo("the score is null");
        assertThat(json().at("/answers/scoresOfNoEdit").asInt()).isZero();
        assertThat(json().at("/metrics/0/name").asString()).isEqualTo("accuracy_with_ties");
        assertThat(paper(0)).isEqualTo(1);
        assertThat(json().at("/metrics/3/name").asString()).isEqualTo("accuracy_of_four_answers");
        assertThat(paper(3)).isEqualTo(0.75);
        assertThat(json().at("/metrics/0/tieThreshold/value").asDouble()).isZero();
    }

    @Test
    void a_rater_of_imagenhub_is_compared_with_the_others() {
        String[] files = Stream.of("1", "2", "3")
                .map(rater -> PUBLISHED
                        .resolve("imagenhub/Text-Guided_IE_rater" + rater + ".tsv")
                        .toString())
                .toArray(String[]::new);

        assertThat(run("--benchmark", "imagenhub", "--judge", "rater1", files[0], files[1], files[2]))
                .isZero();

        // computed independently
        assertThat(json().at("/metrics/0/meanRho/value").asDouble()).isCloseTo(0.5286, within(5e-5));
        assertThat(corrected(0)).isCloseTo(0.5682, within(5e-5));
        assertThat(json().at("/metrics/0/paper/value").isNull()).isTrue();
        assertThat(json().at("/metrics/0/undefinedModels").asInt()).isEqualTo(1);
        // turns on one photograph count as one
        assertThat(json().at("/metrics/0/groups").asInt()).isEqualTo(116);
    }

    @Test
    void a_judge_beside_imagenhubs_ratings_and_how_well_raters_know_each_other() {
        var table = PUBLISHED
                .resolve("viescore/Text-Guided_IE_human3_plus_judges.tsv")
                .toString();

        assertThat(run("--benchmark", "imagenhub", "--judge", "gpt4o_0shot", table))
                .isZero();

        assertThat(json().path("evaluated").asInt()).isEqualTo(1426);
        // computed independently; the mean of every two raters is published as .470
        assertThat(paper(0)).isCloseTo(0.3799, within(1e-4));
        assertThat(corrected(0)).isCloseTo(0.4165, within(1e-4));
        assertThat(json().at("/metrics/0/raterPairsMean/value").asDouble()).isCloseTo(0.470, within(5e-4));
        assertThat(err.toString()).contains("Not counted: 185, because the judge gave no answer");
    }

    @Test
    void pairs_of_editreward_and_of_aurora_are_read_as_published() throws IOException {
        var records = new StringBuilder("[");
        var scores = new StringBuilder();
        for (int row = 0; row < 12; row++) {
            records.append(row == 0 ? "" : ",").append(PAIR.formatted(row, row, row, row % 3 == 0 ? 2 : 4, 2));
            scores.append("{\"image\": \"./a%d.png\", \"score\": %d}\n{\"image\": \"b%d.png\", \"score\": 1}\n"
                    .formatted(row, row % 3 == 0 ? 1 : 3, row));
        }
        var file = file("pairs.json", records.append("]").toString());
        var given = file("scores.jsonl", scores.toString());
        for (var benchmark : List.of("genai-bench", "aurora-bench")) {
            assertThat(run("--benchmark", benchmark, "--scores", given, file)).isZero();

            assertThat(paper(0)).isEqualTo(1);
            assertThat(corrected(0)).isEqualTo(1);
            assertThat(json().at("/metrics/1/n").asInt()).isEqualTo(8);
            assertThat(json().at("/metrics/0/groups").asInt()).isEqualTo(12);
        }
    }

    @Test
    void rows_of_genai_benchs_data_set_carry_a_judges_answers() throws IOException {
        var rows = file("rows.jsonl", """
            {"instruct_prompt": "x", "source_image": {"path": "s.png", "bytes": null}, "left_model": "P", "left_output_image": "l.png", "right_model": "Q", "right_output_image": "r.png", "vote_type": "leftvote", "mine": "[[A>B]]"}
            {"instruct_prompt": "y", "source_image": "t.png", "left_output_image": "l2.png", "right_output_image": "r2.png", "vote_type": "bothbad_vote", "mine": "A=B=Bad"}
            {"instruct_prompt": "y", "source_image": "t.png", "left_output_image": "l3.png", "right_output_image": "r3.png", "vote_type": "tievote", "mine": "well"}
            """);

        assertThat(run("--benchmark", "genai-bench", "--judge", "mine", rows)).isZero();

        assertThat(paper(0)).isCloseTo(2 / 3.0, within(1e-12));
        assertThat(json().at("/metrics/0/unreadable").asInt()).isEqualTo(1);
        assertThat(json().at("/metrics/0/groups").asInt()).isEqualTo(2);
        assertThat(run("--benchmark", "genai-bench", "--judge", "other", rows)).isEqualTo(2);
        assertThat(err.toString()).contains("no record has a field \"other\"");
    }

    @Test
    void what_is_no_answer_of_a_judge_is_counted_and_a_field_without_any_is_no_judge() throws IOException {
        var answers = List.of("\"A>B\"", "\"\"", "5", "null", "{\"x\": 1}");
        var records = new ArrayList<String>();
        for (int row = 0; row < answers.size(); row++) {
            records.add(PAIR.formatted(row, row, row, 4, 2).replace("{", "{\"gpt\": " + answers.get(row) + ","));
        }
        var file = file("pairs.json", "[" + String.join(",", records) + "]");

        assertThat(run("--benchmark", "aurora-bench", "--judge", "gpt", file)).isZero();
        assertThat(paper(0)).isEqualTo(0.2);
        assertThat(json().at("/metrics/0/unreadable").asInt()).isEqualTo(4);

        assertThat(run("--benchmark", "aurora-bench", "--judge", "prompt", file))
                .isEqualTo(2);
        assertThat(err.toString()).contains("\"prompt\" holds no answer of a judge");
    }

    @Test
    void single_edits_with_ratings() throws IOException {
        var records = new ArrayList<String>();
        var scores = new StringBuilder();
        for (int item = 0; item < 8; item++) {
            for (var model : List.of("P", "Q")) {
                records.add("""
                    {"prompt": "x", "input": "s%d.png", "gen": "%s%d.png", "score": %d%s, "filename": "f"}\
                    """.formatted(item, model, item, item % 4, model.equals("P") ? ", \"model\": \"P\"" : ""));
                scores.append(
                        "{\"image\": \"%s%d.png\", \"score\": %s}\n".formatted(model, item, item % 4 + item / 100.0));
            }
        }
        var file = file("single.json", "[" + String.join(",\n", records) + "]");

        assertThat(run("--benchmark", "aurora-bench", "--scores", file("s.jsonl", scores.toString()), file))
                .isZero();
        assertThat(json().path("evaluated").asInt()).isEqualTo(16);
        assertThat(paper(0)).isGreaterThan(0.9);
        assertThat(corrected(0)).isCloseTo(paper(0), within(1e-9));
        assertThat(json().at("/metrics/0/parts/1/model").asString()).isEqualTo("unknown");

        var processed = file(
                "processed.json",
                Files.readString(folder.resolve("single.json"))
                        .replace("\"prompt\"", "\"instruction\"")
                        .replace("\"input\"", "\"input_path\"")
                        .replace("\"gen\"", "\"output_path\""));
        double mean = paper(0);
        assertThat(run(
                        "--benchmark",
                        "imagenhub",
                        "--scores",
                        folder.resolve("s.jsonl").toString(),
                        processed))
                .isZero();
        assertThat(paper(0)).isCloseTo(Math.tanh(mean), within(1e-12));
        assertThat(json().at("/metrics/1/name").asString()).isEqualTo("spearman_by_instruction");
    }

    @Test
    void groups_of_editreward_bench_by_k() throws IOException {
        var groups = file("groups.json", """
            [{"prompt": "x", "path_src": "s.png", "paths_generated": ["a.png", "b.png"],
              "human_vote": {"ranking": "A=B=Bad", "preference": ""}},
             {"prompt": "x", "path_src": "t.png", "paths_generated": ["c.png", "d.png", "e.png"],
              "human_vote": {"ranking": "C>A=B"}},
             {"prompt": "x", "path_src": "u.png", "paths_generated": ["f.png", "g.png"],
              "human_vote": {"ranking": "A<B"}},
             {"prompt": "x", "path_src": "w.png", "paths_generated": ["l.png", ""],
              "human_vote": {"ranking": "A>B"}},
             {"prompt": "x", "path_src": "v.png", "paths_generated": ["h.png", "i.png", "j.png", "k.png"],
              "human_vote": {"ranking": "D>C>B>A"}}]
            """);
        var scores = new StringBuilder();
        Stream.of("a 1", "b 1", "c 1", "d 1", "e 2", "f 1", "g 2", "h 1", "i 2", "j 3", "k 4", "l 1")
                .map(line -> line.split(" "))
                .forEach(line -> scores.append("{\"image\": \"%s.png\", \"score\": %s}\n".formatted(line[0], line[1])));

        assertThat(run("--benchmark", "editreward-bench", "--scores", file("s.jsonl", scores.toString()), groups))
                .isZero();

        assertThat(paper(0)).isEqualTo(0.75);
        assertThat(json().at("/metrics/0/n").asInt()).isEqualTo(4);
        assertThat(json().at("/metrics/0/parts/0/k").asInt()).isEqualTo(2);
        assertThat(json().at("/metrics/0/parts/2/paper/value").asDouble()).isEqualTo(1);
        assertThat(json().at("/metrics/1/n").asInt()).isEqualTo(11);
        assertThat(json().at("/unscored/0/reason").asString()).isEqualTo("a path of the group is empty");
        assertThat(json().at("/answers/scoresOfNoEdit").asInt()).isZero();
    }

    @Test
    void comparisons_of_editreward_bench_become_groups_and_what_contradicts_itself_is_counted() throws IOException {
        var row = "{\"id\": \"%s\", \"dataset\": \"%dpair\", \"instruction\": \"x\", \"source_image\": \"s.png\","
                + " \"candidate_1\": \"%s\", \"candidate_2\": \"%s\", \"ranking\": \"%s\", \"comparison_type\": \"%s\","
                + " \"num_candidates\": %d, \"verdict\": \"%s\"}\n";
        var rows = file(
                "rows.jsonl",
                row.formatted("g1_0", 3, "a", "b", "A>B", "AvsB", 3, "A>B")
                        + row.formatted("g1_1", 3, "a", "c", "C>A", "AvsC", 3, "C>A")
                        + row.formatted("g1_2", 3, "b", "c", "B>A", "BvsC", 3, "[[C>B]]")
                        + row.formatted("g2_0", 2, "d", "e", "A=B", "AvsB", 2, "A>B")
                        + row.formatted("g3_0", 2, "f", "g", "A>B", "AvsB", 2, "A>B")
                        + row.formatted("g3_1", 2, "f", "g", "B>A", "AvsB", 2, "A>B")
                        + row.formatted("g4_0", 3, "h", "i", "B>A", "AvsB", 3, "A>B"));

        assertThat(run("--benchmark", "editreward-bench", "--judge", "verdict", rows))
                .isZero();

        assertThat(json().path("evaluated").asInt()).isEqualTo(2);
        assertThat(paper(0)).isEqualTo(0.5);
        assertThat(json().at("/metrics/1/n").asInt()).isEqualTo(4);
        assertThat(err.toString())
                .contains("contradict each other (g3_0)", "comparisons of the group are missing (g4)");

        var scores = new StringBuilder();
        Stream.of("a 2", "b 1", "c 3", "d 1", "e 1")
                .map(line -> line.split(" "))
                .forEach(line -> scores.append("{\"image\": \"%s\", \"score\": %s}\n".formatted(line[0], line[1])));
        assertThat(run("--benchmark", "editreward-bench", "--scores", file("s.jsonl", scores.toString()), rows))
                .isZero();
        assertThat(paper(0)).isEqualTo(1);
    }

    @Test
    void comparisons_of_other_pictures_are_other_groups_whatever_their_ids() throws IOException {
        var row = "{\"id\": \"pair_%d\", \"instruction\": \"x\", \"source_image\": \"s%d\", \"candidate_1\": \"%s\","
                + " \"candidate_2\": \"%s\", \"ranking\": \"%s\", \"comparison_type\": \"%s\", \"num_candidates\": %d,"
                + " \"verdict\": \"%s\"}\n";
        var rows = new StringBuilder();
        for (int number = 0; number < 6; number++) {
            var ranking = number % 2 == 0 ? "A>B" : "B>A";
            rows.append(row.formatted(number, number, "a" + number, "b" + number, ranking, "AvsB", 2, ranking));
        }
        for (var group : List.of("p", "q")) {
            rows.append(row.formatted(7, 7, group + 1, group + 2, "A>B", "AvsB", 3, "A>B"))
                    .append(row.formatted(8, 7, group + 1, group + 3, "A>C", "AvsC", 3, "A>C"))
                    .append(row.formatted(9, 7, group + 2, group + 3, "C>B", "BvsC", 3, "?"));
        }
        var file = file("rows.jsonl", rows.toString());

        assertThat(run("--benchmark", "editreward-bench", "--judge", "verdict", file))
                .isZero();
        assertThat(json().path("evaluated").asInt()).isEqualTo(8);
        assertThat(paper(0)).isEqualTo(0.75);
        assertThat(json().at("/metrics/1/unreadable").asInt()).isEqualTo(2);

        assertThat(run("--benchmark", "editreward-bench", "--judge", "ranking", file))
                .isEqualTo(2);
        assertThat(err.toString()).contains("ranking is what people said");
        var half = file("half.jsonl", row.formatted(0, 0, "a", "b", "A>B", "AvsB", 3, "A>B"));
        assertThat(run("--benchmark", "editreward-bench", "--judge", "verdict", half))
                .isEqualTo(2);
        assertThat(err.toString()).contains("No row of the benchmark is left", "comparisons of the group are missing");
    }

    @Test
    void choices_of_editscore_by_task_type() throws IOException {
        var row = "{\"key\": [\"k\", 1], \"instruction\": \"x\", \"input_image\": \"s%d.png\", \"output_images\":"
                + " [\"a%d.png\", \"b%d.png\"], \"task_type\": \"%s\", \"dimension\": \"%s\"}\n";
        var rows = new StringBuilder();
        var scores = new StringBuilder();
        for (int number = 0; number < 8; number++) {
            rows.append(row.formatted(
                    number, number, number, number < 4 ? "color" : "text", number < 6 ? "overall" : "consistency"));
            scores.append("{\"row\": %d, \"scores\": [%d, 1]}\n".formatted(number, number < 4 ? 2 : number - 4));
        }

        assertThat(run(
                        "--benchmark",
                        "editscore-bench",
                        "--scores",
                        file("s.jsonl", scores.toString()),
                        file("rows.jsonl", rows.toString())))
                .isZero();

        assertThat(json().at("/metrics/0/name").asString()).isEqualTo("preference_accuracy_overall");
        assertThat(paper(0)).isEqualTo(0.5);
        assertThat(corrected(0)).isEqualTo(0.625);
        assertThat(json().at("/metrics/0/equalScores").asInt()).isEqualTo(1);
        assertThat(json().at("/metrics/1/name").asString()).isEqualTo("preference_accuracy_consistency");
    }

    @Test
    void choices_of_multimodal_reward_bench() throws IOException {
        var pair = """
            {"id": "p%d", "response_a": {"model_name": "m", "response_content": [["image", "images/%d_0.jpg"]]},
             "response_b": {"model_name": "n", "response_content": [["image", "images/%d_1.jpg"]]},
             "chosen": "%s", "human_annotations": [6, 6, 4], "prompt_source": "emu-edit", "prompt_metadata": {"id": %d},
             "prompt_content": [["image", "input_images/%d.jpg"], ["text", "x"]]}\
            """;
        var file = file(
                "edit.json",
                "{\"pairs\": [" + pair.formatted(0, 0, 0, "A", 0, 0) + "," + pair.formatted(1, 1, 1, "B", 1, 1) + "]}");
        var scores = file(
                "s.jsonl",
                "{\"row\": 0, \"scores\": [2, 1]}\n{\"image\": \"images/1_0.jpg\", \"score\": 2}\n"
                        + "{\"image\": \"images/1_1.jpg\", \"score\": 1}\n");

        assertThat(run("--benchmark", "mmrb2", "--scores", scores, file)).isZero();

        assertThat(paper(0)).isEqualTo(0.5);
        assertThat(json().at("/metrics/0/majority/value").asDouble()).isEqualTo(0.5);
        assertThat(json().at("/metrics/0/parts/0/type").asString()).isEqualTo("emu-edit");
    }

    @Test
    void tasks_that_nobody_judged_rate_the_editing_model() throws IOException {
        var tasks = file("basic_edit.json", """
            {"1": {"id": "a.jpg", "prompt": "x", "edit_type": "add"},
             "2": {"id": "b.jpg", "prompt": "y", "edit_type": "add"},
             "3": {"id": "c.jpg", "prompt": "z", "edit_type": "remove"}}
            """);
        var scores = file(
                "s.jsonl",
                "{\"key\": \"1\", \"score\": 4}\n{\"key\": \"2\", \"score\": 2}\n{\"key\": \"3\", \"score\": 5}\n");
        assertThat(run("--benchmark", "imgedit", "--scores", scores, tasks)).isZero();
        assertThat(paper(0)).isEqualTo(4);
        assertThat(json().at("/notes/0").asString()).contains("No person has judged");
        var named = Files.readString(Path.of(scores)).replace("\"score\"", "\"model\": \"X\", \"score\"");
        assertThat(run("--benchmark", "imgedit", "--scores", file("named.jsonl", named), tasks))
                .isZero();
        assertThat(paper(0)).isEqualTo(4);
        assertThat(run(
                        "--benchmark",
                        "imgedit",
                        "--scores",
                        file("two.jsonl", named + named.replace("\"X\"", "\"Y\"")),
                        tasks))
                .isEqualTo(2);
        assertThat(err.toString()).contains("scores of several models for \"1\" (X, Y)");

        var stepwise = file("gedit.jsonl", """
            {"key": "1", "instruction": "x", "instruction_language": "en", "task_type": "add", "Intersection_exist": true}
            {"key": "2", "instruction": "x", "instruction_language": "en", "task_type": "add", "Intersection_exist": false}
            {"key": "3", "instruction": "x", "instruction_language": "cn", "task_type": "add", "Intersection_exist": true}
            """);
        assertThat(run("--benchmark", "gedit", "--scores", scores, stepwise)).isZero();
        assertThat(json().at("/metrics")
                        .valueStream()
                        .map(metric -> metric.path("name").asString()))
                .containsExactly(
                        "mean_score_cn", "mean_score_cn_intersection", "mean_score_en", "mean_score_en_intersection");
        assertThat(paper(2)).isEqualTo(3);
    }

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

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "genai-bench  | row,human_vote;0,tievote                         | :1: source_prompt: this column is"
                        + " missing",
                "genai-bench  | row,human_vote,source_prompt;0,up,x              | :2: human_vote: is \"up\"",
                "genai-bench  | row,human_vote,source_prompt;0,leftvote          | :2: has 2 cells",
                "genai-bench  | row,human_vote,source_prompt;0,tievote,x;0,tievote,x | :3: row: 0 is there twice",
                "genai-bench  | [{}]                                             | :1: path1: missing",
                "genai-bench  | [;{\"path1\": \"a\"}]                            | :2: path_src: missing",
                "genai-bench  | [{\"a\": 1} ;{                                   | is not valid JSON",
                "aurora-bench | [{\"path1\": \"a\"}, {\"path1\": \"b\"}]   | :1: record 1: path_src: missing",
                "aurora-bench | [1]                                              | :1: record 1 must be an object",
                "aurora-bench | uid                                              | is not JSON",
                "imagenhub    | uid,P;s.jpg,[2 0]                                | :2: P: is \"[2 0]\"",
                "imagenhub    | id,P;s.jpg,[0 0]                                 | :1: uid: the first column",
                "editreward-bench | [{\"paths_generated\": [\"a\"], \"path_src\": \"s\", \"prompt\": \"x\"}] | :1:"
                        + " paths_generated: names 1 edits",
                "editreward-bench | [{\"id\": \"x\"}]                            | :1: comparison_type: missing",
                "editscore-bench | [{\"key\": [1]}]                              | :1: key: must have two entries",
                "mmrb2        | {\"pairs\": [{\"id\": \"x\", \"chosen\": \"C\"}]} | :1: chosen: is \"C\"",
                "gedit        | {\"key\": 5}                                     | :1: key: must be text, not 5",
                "imgedit      | {\"1\": {\"id\": \"a\"}}                         | :1: 1.prompt: missing",
            })
    void what_is_wrong_is_said_with_file_line_and_field(String benchmark, String lines, String message)
            throws IOException {
        var table = !lines.strip().matches("(?s)[\\[{].*");
        var content = lines.strip().replace(';', '\n');
        var file = file("broken", (table ? content.replace(',', '\t') : content) + "\n");
        var scores = file("s.jsonl", "{\"row\": 0, \"scores\": [1, 2]}");

        assertThat(run("--benchmark", benchmark.strip(), "--scores", scores, file))
                .isEqualTo(2);

        assertThat(err.toString()).contains("broken").contains(message.strip()).doesNotContain("Exception");
        assertThat(out.toString()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"score\": 1}                            | s.jsonl:1: names no edit",
                "{\"row\": -1, \"score\": 1}               | s.jsonl:1: row: must be a whole number",
                "{\"image\": \"a0.png\", \"score\": \"x\"} | s.jsonl:1: score: must be a number",
                "{\"image\": \"a0.png\"}                   | s.jsonl:1: score: missing",
                "{\"image\": \"a\", \"score\": 1}~{\"image\": \"a\", \"score\": 2} | s.jsonl:2: gives another score"
                        + " than line 1",
                "{\"image\": \"other.png\", \"score\": 1}  | No score belongs to any edit",
            })
    void scores_are_read_as_strictly(String lines, String message) throws IOException {
        var file = file("pairs.json", "[" + PAIR.formatted(0, 0, 0, 4, 2) + "]");
        var scores = file("s.jsonl", lines.strip().replace('~', '\n'));

        assertThat(run("--benchmark", "aurora-bench", "--scores", scores, file)).isEqualTo(2);

        assertThat(err.toString()).contains(message.strip());
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void one_source_of_answers_and_a_known_benchmark_are_asked_for() throws IOException {
        assertThat(run("--benchmark", "genai-bench", VOTES)).isEqualTo(2);
        assertThat(err.toString()).contains("Give one of --server", "--scores", "--judge");
        assertThat(run("--benchmark", "rewardbench", "--judge", "x", VOTES)).isEqualTo(2);
        assertThat(err.toString()).contains("no benchmark that can be read", "editreward-bench");
        assertThat(run("--benchmark", "genai-bench", "--judge", "gpt9", VOTES)).isEqualTo(2);
        assertThat(err.toString()).contains("has no judge \"gpt9\"", "gpt4o");
        assertThat(run("--benchmark", "genai-bench", "--judge", "x", file("p.parquet", "PAR1xx")))
                .isEqualTo(2);
        assertThat(err.toString()).contains("is Parquet");
        assertThat(run(
                        "--benchmark",
                        "gedit",
                        "--judge",
                        "x",
                        folder.resolve("none").toString()))
                .isEqualTo(2);
        assertThat(err.toString()).contains("there is no such file");
    }
}
