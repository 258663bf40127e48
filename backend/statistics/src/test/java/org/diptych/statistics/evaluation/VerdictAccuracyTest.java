package org.diptych.statistics.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.diptych.statistics.data.PublishedRatings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** GenAI-Bench, image editing: the judges' published accuracies. */
class VerdictAccuracyTest {

    private static final List<String> HUMAN = List.of("leftvote", "rightvote", "tievote", "bothbad_vote");
    private static final List<String> JUDGE = List.of("[[A>B]]", "[[B>A]]", "[[A=B=Good]]", "[[A=B=Bad]]");

    @ParameterizedTest
    @CsvSource({
        "gemini-1.5-pro, 55.93",
        "gpt4o, 53.54",
        "idefics2, 27.31",
        "videollava, 26.66",
        "llava, 26.12",
        "blip2, 26.01",
        "random, 25.90",
        "llavanext, 25.35",
        "minicpm-V-2.5, 25.24",
        "instructblip, 19.80",
        "qwenVL, 14.91",
        "idefics1, 5.66",
        "cogvlm, 0.00",
    })
    void judges_reproduce_their_published_accuracy(String judge, double percent) {
        Accuracy accuracy = accuracy("judge_" + judge);

        assertThat(accuracy.cases()).isEqualTo(919);
        assertThat(100 * accuracy.value().orElseThrow()).isCloseTo(percent, within(0.00501));
    }

    @Test
    void a_constant_answer_beats_most_judges() {
        assertThat(100 * accuracy("judge_random").majorityClass().orElseThrow()).isCloseTo(42.66, within(0.005));
    }

    private static Accuracy accuracy(String judge) {
        List<List<String>> table = PublishedRatings.table("/genaibench/image_edition_votes.tsv");
        int column = table.getFirst().indexOf(judge);
        assertThat(column).isPositive();
        List<List<String>> votes = table.subList(1, table.size());
        int[] human = votes.stream().mapToInt(row -> HUMAN.indexOf(row.get(1))).toArray();
        int[] verdict =
                votes.stream().mapToInt(row -> JUDGE.indexOf(row.get(column))).toArray();
        return VerdictAccuracy.of(human, verdict, HUMAN.size());
    }
}
