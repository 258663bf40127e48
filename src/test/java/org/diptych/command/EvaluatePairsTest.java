package org.diptych.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Benchmarks of pairs and of single edits. */
class EvaluatePairsTest extends EvaluateCommandRuns {
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
}
