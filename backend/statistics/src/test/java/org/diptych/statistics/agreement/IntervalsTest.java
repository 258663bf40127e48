package org.diptych.statistics.agreement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.diptych.statistics.agreement.Interval.Method;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Intervals: exactness of the resampling, dependence on the seed alone, and what leaves no interval. */
class IntervalsTest {
    private static final ValueScale SCALE = ValueScale.range(1, 4);
    private static final PatternHistogram HISTOGRAM = PatternHistogram.of(
            SCALE,
            List.of(
                    row(60, 0, 0, 0),
                    row(25, 1, 1, 2),
                    row(30, 2, 2, 2),
                    row(10, 2, 3, 3),
                    row(15, 0, 1),
                    row(8, 3),
                    row(4, 0, 3, 3)));

    @Test
    void resampling_patterns_is_resampling_units() {
        var settings = new IntervalSettings(20_000, .95);
        var interval =
                Agreement.of(HISTOGRAM)
                        .estimate(Measure.ALPHA_ORDINAL, settings, new SplittableRandom(1))
                        .intervals()
                        .stream()
                        .filter(candidate -> candidate.method() == Method.BOOTSTRAP_PERCENTILE)
                        .findFirst()
                        .orElseThrow();
        var resampled = alphasOfResampledUnits(20_000);

        // Monte Carlo error of either percentile at 20,000 replicates is about 0.0007
        assertThat(interval.low()).isCloseTo(Bootstrap.percentile(resampled, .025), within(.004));
        assertThat(interval.high()).isCloseTo(Bootstrap.percentile(resampled, .975), within(.004));
        assertThat(interval.replicates()).isEqualTo(20_000);
    }

    @Test
    void the_bias_corrected_interval_is_recommended() {
        var estimate = Agreement.of(HISTOGRAM).estimate(Measure.AC1, IntervalSettings.DEFAULT, new SplittableRandom(1));

        assertThat(estimate.intervals())
                .extracting(Interval::method)
                .containsExactly(
                        Method.BOOTSTRAP_BCA, Method.BOOTSTRAP_PERCENTILE, Method.JACKKNIFE, Method.GWET_ANALYTIC);
        assertThat(estimate.interval()).contains(estimate.intervals().getFirst());
    }

    @Test
    void jackknife_by_patterns_is_leaving_out_each_unit() {
        var units = units();
        var values = IntStream.range(0, units.length)
                .mapToDouble(left -> alpha(IntStream.range(0, units.length)
                        .filter(unit -> unit != left)
                        .mapToObj(unit -> units[unit])
                        .toList()))
                .toArray();
        var mean = Arrays.stream(values).average().orElseThrow();
        var squares = Arrays.stream(values)
                .map(value -> (value - mean) * (value - mean))
                .sum();
        var expected = Math.sqrt((units.length - 1.0) / units.length * squares);

        assertThat(Jackknife.of(HISTOGRAM, new OrdinalAlphaStatistic(HISTOGRAM)).standardError())
                .isCloseTo(expected, within(1e-12));
    }

    @Test
    void conger_jackknife_is_leaving_out_each_unit() {
        var ratings = raw(null);
        var values = IntStream.range(0, 8)
                .mapToDouble(left -> new Conger(raw(left)).value())
                .toArray();

        assertThat(new Conger(ratings).jackknife().values()).containsExactly(values, within(1e-12));
    }

    @Test
    void methods_agree_on_many_units() {
        var rows = HISTOGRAM.rows().stream()
                .map(row -> new PatternHistogram.Row(row.pattern(), 1000 * row.units()))
                .toList();
        var agreement = Agreement.of(PatternHistogram.of(SCALE, rows));
        var estimates = agreement.estimates(
                List.of(Measure.AC1, Measure.ALPHA_RATIO), new IntervalSettings(4000, .9), new SplittableRandom(2));

        for (var estimate : estimates.values()) {
            var reference = estimate.interval().orElseThrow();
            assertThat(estimate.intervals()).hasSizeGreaterThanOrEqualTo(3).allSatisfy(interval -> {
                assertThat(interval.low()).isCloseTo(reference.low(), within(.0005));
                assertThat(interval.high()).isCloseTo(reference.high(), within(.0005));
            });
        }
    }

    @Test
    void seed_alone_decides() {
        var first = AgreementReport.of(raw(null), Level.ORDINAL, IntervalSettings.DEFAULT, new SplittableRandom(7));
        var second = AgreementReport.of(raw(null), Level.ORDINAL, IntervalSettings.DEFAULT, new SplittableRandom(7));
        var other = AgreementReport.of(raw(null), Level.ORDINAL, IntervalSettings.DEFAULT, new SplittableRandom(8));

        assertThat(first.estimates()).isEqualTo(second.estimates());
        assertThat(first.alpha().intervals()).isNotEqualTo(other.alpha().intervals());
    }

    @Test
    void binomial_numbers_have_the_binomial_distribution() {
        var random = new SplittableRandom(3);
        for (var trials : new int[] {7, 40, 400, 1_000_000}) {
            for (var probability : new double[] {.01, .3, .5, .97}) {
                var draws = IntStream.range(0, 40_000)
                        .mapToDouble(_ -> BinomialSampler.sample(random, trials, probability))
                        .toArray();
                var distribution = BinomialDistribution.of(trials, probability);
                var variance = distribution.getVariance();
                var mean = Arrays.stream(draws).average().orElseThrow();
                assertThat(mean).isCloseTo(distribution.getMean(), within(5 * Math.sqrt(variance / draws.length)));
                for (var quantile : new double[] {.05, .25, .5, .75, .95}) {
                    var cut = distribution.inverseCumulativeProbability(quantile);
                    var share = Arrays.stream(draws).filter(draw -> draw <= cut).count() / (double) draws.length;
                    assertThat(share).isCloseTo(distribution.cumulativeProbability(cut), within(.0125));
                }
            }
        }
    }

    @Test
    void nearly_constant_ratings_have_a_coefficient_but_no_bootstrap_interval() {
        var histogram = PatternHistogram.of(SCALE, List.of(row(40, 0, 0, 0), row(1, 0, 0, 1)));
        var estimate = Agreement.of(histogram)
                .estimate(Measure.ALPHA_NOMINAL, IntervalSettings.DEFAULT, new SplittableRandom(1));

        assertThat(estimate.coefficient()).isInstanceOf(Coefficient.Defined.class);
        assertThat(estimate.intervals()).isEmpty();
    }

    @Test
    void one_pairable_unit_has_no_interval() {
        var histogram = PatternHistogram.of(SCALE, List.of(row(1, 0, 1), row(3, 2)));

        for (var measure : List.of(Measure.PERCENT, Measure.AC1, Measure.ALPHA_INTERVAL)) {
            assertThat(Agreement.of(histogram)
                            .estimate(measure, IntervalSettings.DEFAULT, new SplittableRandom(1))
                            .intervals())
                    .isEmpty();
        }
    }

    @Test
    void too_few_replicates_are_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new IntervalSettings(20, .95))
                .withMessageContaining("20 bootstrap replicates");
    }

    private static double[] alphasOfResampledUnits(int replicates) {
        var random = new SplittableRandom(99);
        var units = units();
        return IntStream.range(0, replicates)
                .mapToDouble(_ -> alpha(random.ints(units.length, 0, units.length)
                        .mapToObj(unit -> units[unit])
                        .toList()))
                .sorted()
                .toArray();
    }

    private static double alpha(List<Pattern> units) {
        var rows = units.stream()
                .map(pattern -> new PatternHistogram.Row(pattern, 1))
                .toList();
        return Agreement.of(PatternHistogram.of(SCALE, rows))
                .coefficient(Measure.ALPHA_ORDINAL)
                .toOptional()
                .orElseThrow();
    }

    private static Pattern[] units() {
        return HISTOGRAM.rows().stream()
                .flatMap(row -> IntStream.range(0, (int) row.units()).mapToObj(_ -> row.pattern()))
                .toArray(Pattern[]::new);
    }

    /** Eight units of three annotators with missing ratings, one unit left out on request. */
    private static Ratings raw(@Nullable Integer left) {
        var table =
                new int[][] {{1, 1, 2}, {2, 2, 2}, {3, 4, 0}, {4, 4, 4}, {1, 0, 2}, {0, 3, 3}, {2, 0, 0}, {1, 1, 1}};
        var builder = Ratings.builder(SCALE);
        for (var unit = 0; unit < table.length; unit++) {
            for (var annotator = 0; annotator < 3; annotator++) {
                if ((left == null || left != unit) && table[unit][annotator] > 0) {
                    builder.add(unit, annotator, table[unit][annotator]);
                }
            }
        }
        return builder.build();
    }

    private static PatternHistogram.Row row(long units, int... values) {
        return new PatternHistogram.Row(Pattern.of(values), units);
    }
}
