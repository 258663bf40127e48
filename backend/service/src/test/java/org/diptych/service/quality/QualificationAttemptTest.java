package org.diptych.service.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class QualificationAttemptTest {
    private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");

    private final QualificationAttempt attempt =
            new QualificationAttempt(UUID.randomUUID(), UUID.randomUUID(), 1, "a".repeat(64), 0.7, NOW);

    @Test
    void an_attempt_has_no_outcome_until_it_is_scored() {
        assertThat(attempt.outcome()).isEmpty();
        attempt.finish(0.7 - 1e-12, NOW);
        assertThat(attempt.outcome())
                .hasValueSatisfying(outcome ->
                        assertThat(outcome.passed()).as("rounding fails nobody").isTrue());
    }

    @Test
    void nobody_is_scored_twice() {
        attempt.finish(0.2, NOW);
        assertThatThrownBy(() -> attempt.finish(0.9, NOW)).isInstanceOf(IllegalStateException.class);
        assertThat(attempt.outcome())
                .hasValueSatisfying(outcome -> assertThat(outcome.passed()).isFalse());
    }
}
