package org.diptych.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Benchmarks of groups of edits and of choices between two, and those that rate an editing model by its tasks. */
class EvaluateGroupsTest extends EvaluateCommandRuns {
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
}
