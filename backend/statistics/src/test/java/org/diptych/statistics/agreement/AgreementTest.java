package org.diptych.statistics.agreement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import org.diptych.statistics.agreement.Coefficient.Reason;
import org.diptych.statistics.agreement.Coefficient.Undefined;
import org.junit.jupiter.api.Test;

/** Which coefficient is defined when, and what is refused. */
class AgreementTest {
    @Test
    void one_value_only_leaves_agreement_by_chance_undefined_and_percent_at_one() {
        var agreement = Agreement.of(Ratings.builder(ValueScale.range(1, 4))
                .add("u", "a", 3)
                .add("u", "b", 3)
                .add("v", "a", 3)
                .add("v", "b", 3)
                .build());

        for (var measure : Measure.values()) {
            if (measure == Measure.PERCENT || measure == Measure.UNANIMOUS) {
                assertThat(agreement.coefficient(measure).toOptional()).hasValue(1);
            } else {
                assertThat(reason(agreement.coefficient(measure))).isEqualTo(Reason.SINGLE_VALUE);
            }
        }
    }

    @Test
    void units_with_one_rating_leave_everything_undefined() {
        var agreement = Agreement.of(Ratings.builder(ValueScale.range(1, 4))
                .add("u", "a", 3)
                .add("v", "b", 1)
                .build());

        assertThat(agreement.counts()).isEqualTo(new Counts(2, 0, 2));
        for (var measure : Measure.values()) {
            assertThat(reason(agreement.coefficient(measure))).isEqualTo(Reason.NO_PAIRABLE_UNIT);
        }
    }

    @Test
    void no_ratings_leave_everything_undefined() {
        var report = AgreementReport.of(
                Ratings.builder(ValueScale.named(List.of())).build(),
                Level.NOMINAL,
                IntervalSettings.DEFAULT,
                new SplittableRandom(1));

        assertThat(report.counts()).isEqualTo(new Counts(0, 0, 0));
        assertThat(reason(report.alpha().coefficient())).isEqualTo(Reason.NO_PAIRABLE_UNIT);
    }

    @Test
    void words_without_order_have_nominal_coefficients_only() {
        var agreement = Agreement.of(twoByTwo(ValueScale.named(List.of("first", "second"))));

        assertThat(reason(agreement.coefficient(Measure.ALPHA_ORDINAL))).isEqualTo(Reason.LEVEL_NOT_SUPPORTED);
        assertThat(reason(agreement.coefficient(Measure.AC2_LINEAR))).isEqualTo(Reason.LEVEL_NOT_SUPPORTED);
        assertThat(agreement.coefficient(Measure.ALPHA_NOMINAL).toOptional()).isPresent();
    }

    @Test
    void words_with_order_have_ordinal_coefficients_and_two_of_them_no_more_than_nominal_information() {
        var agreement = Agreement.of(twoByTwo(ValueScale.ordered(List.of("first", "second"))));

        assertThat(agreement.coefficient(Measure.ALPHA_ORDINAL))
                .isEqualTo(agreement.coefficient(Measure.ALPHA_NOMINAL));
        assertThat(reason(agreement.coefficient(Measure.ALPHA_INTERVAL))).isEqualTo(Reason.LEVEL_NOT_SUPPORTED);
    }

    @Test
    void negative_numbers_have_no_ratios() {
        var agreement = Agreement.of(Ratings.builder(ValueScale.numbers(-1, 1))
                .add("u", "a", -1)
                .add("u", "b", 1)
                .build());

        assertThat(reason(agreement.coefficient(Measure.ALPHA_RATIO))).isEqualTo(Reason.LEVEL_NOT_SUPPORTED);
        assertThat(agreement.coefficient(Measure.ALPHA_INTERVAL).toOptional()).hasValue(0);
    }

    /** "Aa" and "BB" have the same hash code, which has fooled agreement libraries. */
    @Test
    void values_of_equal_hash_are_different_values() {
        assertThat("Aa").hasSameHashCodeAs("BB");
        var agreement = Agreement.of(Ratings.builder(ValueScale.named(List.of("Aa", "BB")))
                .add("u", "a", "Aa")
                .add("u", "b", "BB")
                .add("v", "a", "BB")
                .add("v", "b", "Aa")
                .build());

        assertThat(agreement.coefficient(Measure.PERCENT).toOptional()).hasValue(0);
        assertThat(agreement.coefficient(Measure.ALPHA_NOMINAL).toOptional()).hasValue(-.5);
    }

    @Test
    void cohen_takes_the_units_that_both_rated_and_two_annotators_only() {
        var builder = Ratings.builder(ValueScale.range(1, 2))
                .add(1, "a", 1)
                .add(1, "b", 1)
                .add(2, "a", 2)
                .add(2, "b", 2)
                .add(3, "a", 1)
                .add(3, "b", 2)
                .add(4, "b", 2);

        // on the three common units: pa = 2/3, pe = 2/3 * 1/3 + 1/3 * 2/3 = 4/9
        assertThat(Agreement.of(builder.build())
                        .coefficient(Measure.COHEN)
                        .toOptional()
                        .orElseThrow())
                .isEqualTo((2.0 / 3 - 4.0 / 9) / (1 - 4.0 / 9), within(1e-12));
        assertThat(reason(Agreement.of(builder.add(4, "c", 1).build()).coefficient(Measure.COHEN)))
                .isEqualTo(Reason.NOT_TWO_ANNOTATORS);
    }

    @Test
    void every_two_annotators_with_common_units_are_in_the_report() {
        var ratings = Ratings.builder(ValueScale.range(1, 2))
                .add(1, "a", 1)
                .add(1, "b", 1)
                .add(2, "a", 2)
                .add(2, "b", 1)
                .add(2, "c", 1)
                .add(3, "d", 1)
                .build();
        var report = AgreementReport.of(ratings, Level.NOMINAL, IntervalSettings.DEFAULT, new SplittableRandom(1));

        assertThat(report.pairs())
                .extracting(pair -> pair.first() + pair.second() + pair.counts().units())
                .containsExactly("ab2", "ac1", "bc1");
        assertThat(report.pairs().getFirst().coefficients())
                .containsEntry(Measure.PERCENT, new Coefficient.Defined(.5))
                .containsEntry(Measure.COHEN, new Coefficient.Defined(0));
    }

    @Test
    void a_second_rating_of_a_unit_by_the_same_annotator_is_refused() {
        var builder = Ratings.builder(ValueScale.range(1, 2))
                .add(1, "a", 1)
                .add(2, "a", 1)
                .add(1, "b", 1)
                .add(1, "a", 2);

        assertThatExceptionOfType(DuplicateRatingException.class)
                .isThrownBy(builder::build)
                .withMessageContaining("annotator a")
                .satisfies(exception -> assertThat(exception.row()).isEqualTo(3));
    }

    @Test
    void a_value_outside_the_scale_is_refused() {
        var builder = Ratings.builder(ValueScale.range(1, 4));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.add("u", "a", 5))
                .withMessage("5.0 is not a value of the scale [1, 2, 3, 4]");
    }

    @Test
    void units_with_very_many_ratings_are_counted_by_value() {
        var builder = Ratings.builder(ValueScale.range(0, 2));
        for (var annotator = 0; annotator < 3000; annotator++) {
            builder.add("u", annotator, annotator % 2);
            builder.add("v", annotator, 2 - annotator % 2);
        }
        var agreement = Agreement.of(builder.build());

        // each unit has two values, 1,500 ratings each: 2 * C(1500, 2) of C(3000, 2) pairs agree
        var expected = 2.0 * (1500.0 * 1499 / 2) / (3000.0 * 2999 / 2);
        assertThat(agreement.coefficient(Measure.PERCENT).toOptional().orElseThrow())
                .isCloseTo(expected, within(1e-12));
        assertThat(agreement.counts()).isEqualTo(new Counts(2, 2, 6000));
        assertThat(agreement.coefficient(Measure.CONGER).toOptional()).isPresent();
    }

    @Test
    void the_text_of_a_pattern_has_its_values_in_order() {
        assertThat(Pattern.of(10, 0, 2, 0)).hasToString("0,0,2,10");
        assertThat(Pattern.of()).hasToString("");
    }

    private static Ratings twoByTwo(ValueScale scale) {
        return Ratings.builder(scale)
                .add("u", "a", "first")
                .add("u", "b", "first")
                .add("v", "a", "first")
                .add("v", "b", "second")
                .build();
    }

    private static Reason reason(Coefficient coefficient) {
        assertThat(coefficient).isInstanceOf(Undefined.class);
        return ((Undefined) coefficient).reason();
    }
}
