package org.diptych.service.conduct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

/** The rules on a few labels each. */
@NullUnmarked
class RuleChecksTest {
    private static final Instant MORNING = Instant.parse("2026-11-02T09:00:00Z");

    private static List<RuleChecks.GoldAnswer> gold(double... latestFirst) {
        return IntStream.range(0, latestFirst.length)
                .mapToObj(n -> new RuleChecks.GoldAnswer(new UUID(0, n), 100 - n, MORNING, latestFirst[n]))
                .toList();
    }

    private static List<RuleChecks.Work> work(long... latestFirst) {
        return IntStream.range(0, latestFirst.length)
                .mapToObj(n -> new RuleChecks.Work(new UUID(0, n), 100 - n, latestFirst[n] < 0, latestFirst[n]))
                .toList();
    }

    @Test
    void gold_counts_the_last_answers_alone_and_only_those_that_were_not_right_can_be_disputed() {
        var rule = new AnnotatorRules.Gold(0.5, 5, RuleAction.PAUSE);
        var found = RuleChecks.gold(rule, gold(0, 0.5, 1, 0, 0, 1, 1, 1)).orElseThrow();
        assertThat(found.figures()).containsExactly(entry("accuracy", 0.3), entry("answers", 5), entry("below", 0.5));
        assertThat(found.labels()).containsExactly(new UUID(0, 0), new UUID(0, 1), new UUID(0, 3), new UUID(0, 4));
        assertThat(found.upTo()).isEqualTo(100);
        assertThat(RuleChecks.gold(rule, gold(0, 0, 1, 0.5, 1, 0)))
                .as("exactly the bound")
                .isEmpty();
        assertThat(RuleChecks.gold(rule, gold(0, 0, 0, 0))).as("too few").isEmpty();
    }

    @Test
    void haste_is_the_median_of_the_last_answers() {
        var rule = new AnnotatorRules.Fast(3, 6, RuleAction.WARN);
        assertThat(RuleChecks.fast(rule, work(1_000, 2_000, 2_900, 3_000, 60_000, 60_000, 1))
                        .orElseThrow()
                        .figures())
                .containsEntry("seconds", 2.95);
        assertThat(RuleChecks.fast(rule, work(1_000, 2_000, 3_000, 3_000, 60_000, 60_000)))
                .isEmpty();
        assertThat(RuleChecks.fast(rule, work(1, 1, 1, 1, 1))).isEmpty();
    }

    @Test
    void an_answer_ends_a_row_of_skips() {
        var rule = new AnnotatorRules.Skips(3, RuleAction.WARN);
        assertThat(RuleChecks.skips(rule, work(-1, -1, -1, -1, 5_000))
                        .orElseThrow()
                        .figures())
                .containsExactly(entry("skips", 4), entry("bound", 3));
        assertThat(RuleChecks.skips(rule, work(-1, -1, 5_000, -1, -1))).isEmpty();
        assertThat(RuleChecks.skips(rule, work(5_000, -1, -1, -1))).isEmpty();
    }

    @Test
    void drift_names_the_moment_of_the_fall_and_disputes_only_what_came_after_it() {
        var rule = new AnnotatorRules.Drift(RuleAction.PAUSE);
        var compared = new ArrayList<RuleChecks.Compared>();
        for (int n = 0; n < 120; n++) {
            boolean same = n < 80 ? n % 10 != 0 : n % 5 == 0;
            compared.add(new RuleChecks.Compared(new UUID(0, n), MORNING.plusSeconds(n * 60L), same ? 1 : 0));
        }
        var found = RuleChecks.drift(rule, compared, 77).orElseThrow();
        assertThat((double) found.figures().get("before")).isCloseTo(0.9, within(0.02));
        assertThat((double) found.figures().get("after")).isCloseTo(0.2, within(0.05));
        assertThat(Instant.parse((String) found.figures().get("since")))
                .isBetween(MORNING.plusSeconds(79 * 60), MORNING.plusSeconds(83 * 60));
        assertThat(found.labels())
                .as("all since then, whether the others said the same or not")
                .hasSizeBetween(37, 41)
                .contains(new UUID(0, 100), new UUID(0, 101))
                .doesNotContain(new UUID(0, 10));
        assertThat(found.upTo()).isEqualTo(77);
        assertThat(RuleChecks.drift(rule, compared.reversed(), 77))
                .as("who got better")
                .isEmpty();
    }
}
