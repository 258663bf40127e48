package org.diptych.statistics.agreement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Where annotators differ, and who makes the difference. */
class DisagreementTest {
    private static final ValueScale VERDICTS = ValueScale.named(List.of("first", "tie", "second"));

    /** Krippendorff's reliability data of 2004, p. 219: four observers, twelve units, values 1 to 5. */
    private static final int[][] PUBLISHED = {
        {1, 2, 3, 3, 2, 1, 4, 1, 2, 0, 0, 0},
        {1, 2, 3, 3, 2, 2, 4, 1, 2, 5, 0, 3},
        {0, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, 0},
        {1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, 0}
    };

    private static Ratings published() {
        var builder = Ratings.builder(ValueScale.range(1, 5));
        for (var observer = 0; observer < PUBLISHED.length; observer++) {
            for (var unit = 0; unit < PUBLISHED[observer].length; unit++) {
                if (PUBLISHED[observer][unit] > 0) {
                    builder.add(unit, "observer " + observer, PUBLISHED[observer][unit]);
                }
            }
        }
        return builder.build();
    }

    @Test
    void coincidences_of_published_data_are_the_published_ones() {
        var coincidences = Disagreement.of(published().histogram()).coincidences();

        // Krippendorff 2011, section E: the matrix of observed coincidences
        assertThat(coincidences[0][0]).isCloseTo(7, within(1e-9));
        assertThat(coincidences[0][1]).isCloseTo(4.0 / 3, within(1e-9));
        assertThat(coincidences[1][1]).isCloseTo(10, within(1e-9));
        assertThat(coincidences[2][2]).isCloseTo(8, within(1e-9));
        assertThat(coincidences[3][3]).isCloseTo(4, within(1e-9));
        assertThat(coincidences[4][4]).isCloseTo(3, within(1e-9));
        assertThat(coincidences[1][0]).isEqualTo(coincidences[0][1]);
    }

    @Test
    void pairs_of_answers_are_split_by_kind_and_each_unit_weighs_the_same() {
        var histogram = PatternHistogram.builder(VERDICTS)
                .addUnit(0, 0)
                .addUnit(0, 0, 1)
                .addUnit(0, 2)
                .addUnit(1)
                .build();

        var shares =
                Disagreement.of(histogram).shares(3, (one, other) -> one == other ? 0 : one == 1 || other == 1 ? 1 : 2);

        assertThat(shares)
                .extracting(Disagreement.Share::value)
                .satisfiesExactly(
                        agree -> assertThat(agree).isCloseTo((1 + 1.0 / 3) / 3, within(1e-12)),
                        tie -> assertThat(tie).isCloseTo(2.0 / 9, within(1e-12)),
                        loss -> assertThat(loss).isCloseTo(1.0 / 3, within(1e-12)));
        assertThat(shares).allSatisfy(share -> assertThat(share.units()).isEqualTo(3));
        assertThat(shares).allSatisfy(share -> assertThat(share.value()).isBetween(share.low(), share.high()));
        assertThat(Disagreement.of(PatternHistogram.builder(VERDICTS).addUnit(0).build())
                        .shares(1, (_, _) -> 0))
                .isEmpty();
    }

    @Test
    void units_are_counted_by_the_share_of_their_pairs_of_answers_that_agree() {
        var histogram = PatternHistogram.builder(VERDICTS)
                .addUnit(0, 0)
                .addUnit(1, 1, 1)
                .addUnit(0, 0, 1)
                .addUnit(0, 1)
                .addUnit(2)
                .build();

        assertThat(Disagreement.of(histogram).histogram(3)).containsExactly(1, 1, 0, 2);
    }

    @Test
    void without_an_annotator_the_coefficient_is_that_of_the_others() {
        var ratings = published();
        var influences = AnnotatorInfluence.of(
                ratings, new int[] {0, 1, 2, 3}, Measure.ALPHA_ORDINAL, IntervalSettings.DEFAULT, new Random(1));

        for (var left = 0; left < PUBLISHED.length; left++) {
            var builder = Ratings.builder(ValueScale.range(1, 5));
            for (var observer = 0; observer < PUBLISHED.length; observer++) {
                for (var unit = 0; unit < PUBLISHED[observer].length; unit++) {
                    if (observer != left && PUBLISHED[observer][unit] > 0) {
                        builder.add(unit, "observer " + observer, PUBLISHED[observer][unit]);
                    }
                }
            }
            assertThat(influences.get(left).without().coefficient())
                    .isEqualTo(Agreement.of(builder.build()).coefficient(Measure.ALPHA_ORDINAL));
        }
        assertThat(influences).extracting(AnnotatorInfluence::ratings).containsExactly(9L, 11L, 10L, 11L);
    }

    @Test
    void two_annotators_are_compared_on_what_both_rated_and_not_at_all_on_less_than_enough() {
        var ratings = published();
        var expected = PairAgreement.matrix(ratings, List.of(Measure.ALPHA_NOMINAL));

        var matrix = AnnotatorAgreement.matrix(
                ratings, new int[] {3, 0, 1, 2}, 1, Measure.ALPHA_NOMINAL, IntervalSettings.DEFAULT, new Random(1));

        assertThat(matrix).hasSize(6);
        for (var cell = 0; cell < 6; cell++) {
            assertThat(matrix.get(cell).shared())
                    .isEqualTo(expected.get(cell).counts().units());
            assertThat(matrix.get(cell).estimate().coefficient())
                    .isEqualTo(expected.get(cell).coefficients().get(Measure.ALPHA_NOMINAL));
        }
        assertThat(AnnotatorAgreement.matrix(
                        ratings,
                        IntStream.range(0, 4).toArray(),
                        10,
                        Measure.ALPHA_NOMINAL,
                        IntervalSettings.DEFAULT,
                        new Random(1)))
                .extracting(AnnotatorAgreement::shared)
                .containsExactly(10L, 10L);
    }
}
