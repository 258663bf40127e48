package org.diptych.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the command refuses, and where it says the fault is. */
class EvaluateInputTest extends EvaluateCommandRuns {
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
