package org.diptych.ui.home;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.i18n.DefaultI18NProvider;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.IntStream;
import org.diptych.protocol.Qualification;
import org.diptych.service.qualification.Standing;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the home page says that somebody does next, at each point of the way. */
class NextStepTest {
    private static final DefaultI18NProvider TEXTS = new DefaultI18NProvider(List.of(Locale.ENGLISH, Locale.CHINESE));

    @Test
    void a_newcomer_starts_with_the_guideline_and_a_test() {
        var next = NextStep.of(standing(false, 0, 4, 0, null));
        assertThat(said(next)).isEqualTo("Start with the guideline and a test (about 10 min)");
        assertThat(next.questions()).isEqualTo(4);
        assertThat(next.triesLeft()).isEqualTo(3);
    }

    @Test
    void without_a_test_nothing_is_said_of_one() {
        var next = NextStep.of(standing(false, 0, 0, 0, null));
        assertThat(said(next)).isEqualTo("Start with the guideline and examples (about 5 min)");
        assertThat(next.questions()).isZero();
    }

    @Test
    void what_was_begun_goes_on_where_it_was_left() {
        assertThat(said(NextStep.of(standing(true, 2, 4, 0, null)))).isEqualTo("Go on with example 3 of 4");
        assertThat(said(NextStep.of(standing(true, 4, 4, 0, null)))).isEqualTo("Start the test");
        assertThat(said(NextStep.of(standing(true, 4, 4, 0, new Standing.Underway(3, 4)))))
                .isEqualTo("Go on with the test, question 4 of 4");
    }

    @Test
    void after_a_failure_the_tries_that_are_left_are_named() {
        assertThat(said(NextStep.of(standing(true, 4, 4, 1, null)))).isEqualTo("Try again (2 left)");
    }

    @Test
    void after_the_last_try_the_lead_is_to_be_asked() {
        var next = NextStep.of(standing(true, 4, 4, 3, null));
        assertThat(next.possible()).isFalse();
        assertThat(said(next)).startsWith("You cannot label here");
        assertThat(next.questions()).isZero();
    }

    @Test
    void who_needs_nothing_labels() {
        var next = NextStep.of(standing(true, 4, 0, 0, null));
        assertThat(said(next)).isEqualTo("Label");
        assertThat(next.possible()).isTrue();
    }

    private static Standing standing(
            boolean confirmed, int examples, int questions, int finished, Standing.@Nullable Underway underway) {
        return new Standing(
                UUID.randomUUID(),
                false,
                confirmed ? Instant.EPOCH : null,
                IntStream.range(0, examples).boxed().toList(),
                questions,
                new Qualification(4, 0.7, 3),
                0,
                finished,
                false,
                underway);
    }

    private static String said(NextStep next) {
        var text = next.text();
        assertThat(TEXTS.getTranslation(text.key(), Locale.CHINESE, text.parameters()))
                .doesNotContain(text.key());
        return TEXTS.getTranslation(text.key(), Locale.ENGLISH, text.parameters());
    }
}
