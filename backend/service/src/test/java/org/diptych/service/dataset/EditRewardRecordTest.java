package org.diptych.service.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.StringWriter;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.diptych.protocol.Comparison;
import org.diptych.protocol.Protocol;
import org.diptych.protocol.ProtocolDocument;
import org.diptych.protocol.RatingPair;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class EditRewardRecordTest {
    private static final Protocol PROTOCOL =
            ProtocolDocument.bundled("edit-preference-v1").protocol();

    private final EditRewardRecord record = newRecord();

    private static EditRewardRecord newRecord() {
        return new EditRewardRecord(
                PROTOCOL,
                "Make it red.",
                "images/source.png",
                new EditRewardRecord.Side("a", "images/a.png"),
                new EditRewardRecord.Side("b", "images/b.png"));
    }

    @Test
    void most_votes_come_first_with_scores_and_shares_that_say_the_same() {
        rate(record, 1, 2);
        rate(record, 2, 3);
        rate(record, 3, 2);

        var json = written(record).orElseThrow();
        assertThat(json.path("path1").asString()).isEqualTo("images/b.png");
        assertThat(json.path("model1").asString()).isEqualTo("b");
        assertThat(json.path("choice_dist").path(0).asDouble()).isCloseTo(2 / 3.0, within(1e-9));
        assertThat(json.path("model1_overall_score").asDouble())
                .isGreaterThan(json.path("model2_overall_score").asDouble());
        assertThat(json.path("tie_case").asBoolean()).isFalse();
    }

    @Test
    void two_small_preferences_against_a_great_one_make_no_record() {
        rate(record, 1, 2);
        rate(record, 2, 3);
        rate(record, 4, 1);

        assertThat(written(record)).isEmpty();
    }

    @Test
    void equal_votes_leave_the_scores_to_decide_and_equal_scores_are_a_tie() {
        rate(record, 1, 4);
        rate(record, 3, 2);
        var decided = written(record).orElseThrow();
        assertThat(decided.path("path1").asString()).isEqualTo("images/b.png");
        assertThat(decided.path("tie_case").asBoolean()).isFalse();
        assertThat(decided.path("choice_dist").path(0).asDouble()).isEqualTo(.5);

        var equal = newRecord();
        rate(equal, 1, 2);
        rate(equal, 3, 2);
        var tie = written(equal).orElseThrow();
        assertThat(tie.path("tie_case").asBoolean()).isTrue();
        assertThat(tie.path("path1").asString()).isEqualTo("images/a.png");
    }

    @Test
    void one_label_has_no_shares() {
        rate(record, 4, 2);

        var json = written(record).orElseThrow();
        assertThat(json.path("choice_dist").isNull()).isTrue();
        assertThat(json.path("model1_dim1_score").asInt()).isEqualTo(4);
        assertThat(json.path("model1_overall_score").asInt())
                .isEqualTo(4 * PROTOCOL.dimensions().size());
    }

    @Test
    void answers_of_another_kind_count_for_nothing() {
        record.add(PROTOCOL.dimensions().stream()
                .collect(Collectors.toMap(dimension -> dimension.id(), _ -> Comparison.SECOND_MUCH)));
        assertThat(written(record)).isEmpty();
        record.add(Map.of());
        rate(record, 3, 2);
        assertThat(written(record).orElseThrow().path("path1").asString()).isEqualTo("images/a.png");
    }

    @Test
    void two_edits_that_are_one_picture_make_no_record() {
        var same = new EditRewardRecord.Side("b", "images/a.png");
        var twins = new EditRewardRecord(
                PROTOCOL, "Make it red.", "images/source.png", new EditRewardRecord.Side("a", "images/a.png"), same);
        rate(twins, 4, 1);

        assertThat(written(twins)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 7})
    void no_record_contradicts_itself(int labels) {
        var random = new SplittableRandom(labels);
        for (int round = 0; round < 500; round++) {
            var any = newRecord();
            for (int label = 0; label < labels; label++) {
                any.add(PROTOCOL.dimensions().stream()
                        .collect(Collectors.toMap(
                                dimension -> dimension.id(),
                                _ -> new RatingPair(random.nextInt(1, 5), random.nextInt(1, 5)))));
            }
            written(any).ifPresent(EditRewardRecordTest::requireConsistent);
        }
    }

    private static void requireConsistent(JsonNode json) {
        double better = json.path("model1_overall_score").asDouble();
        double worse = json.path("model2_overall_score").asDouble();
        double share = json.path("choice_dist").path(0).asDouble(1);
        assertThat(better).isGreaterThanOrEqualTo(worse);
        assertThat(share).isGreaterThanOrEqualTo(.5);
        if (json.path("tie_case").asBoolean()) {
            assertThat(better).isEqualTo(worse);
        }
    }

    private static void rate(EditRewardRecord record, int first, int second) {
        record.add(PROTOCOL.dimensions().stream()
                .collect(Collectors.toMap(dimension -> dimension.id(), _ -> new RatingPair(first, second))));
    }

    private static Optional<JsonNode> written(EditRewardRecord record) {
        var text = new StringWriter();
        try (var generator = JsonMapper.shared().createGenerator(text)) {
            if (record.write(generator, Ties.KEEP) == 0) {
                return Optional.empty();
            }
        }
        return Optional.of(JsonMapper.shared().readTree(text.toString()));
    }
}
