package org.diptych.statistics.agreement;

import java.util.Arrays;

/**
 * The coefficients of the form {@code (pa - pe) / (1 - pe)} whose chance agreement needs no more than the overall value
 * shares, and the plain percentages ({@code pe = 0}). Sums: Σ of the value shares of the rated units, the number of
 * rated units, the number of pairable units, Σ of their agreements.
 */
final class ChanceCorrectedStatistic implements Statistic {

    /** Chance agreement from the overall value shares π_k. */
    interface Chance {
        double agreement(double[] shares);
    }

    /** Below this a sum of shares is a rounding remainder: the smallest true share is one over the ratings of a unit. */
    private static final double NOTHING = 1e-9;

    private final PatternHistogram histogram;
    private final double[] agreements;
    private final Chance chance;
    private final boolean corrected;
    private final int values;

    private ChanceCorrectedStatistic(
            PatternHistogram histogram, double[] agreements, Chance chance, boolean corrected) {
        this.histogram = histogram;
        this.agreements = agreements;
        this.chance = chance;
        this.corrected = corrected;
        this.values = histogram.scale().size();
    }

    static ChanceCorrectedStatistic fleiss(PatternHistogram histogram) {
        return corrected(histogram, WeightScheme.IDENTITY, shares -> {
            double sum = 0;
            for (var share : shares) {
                sum += share * share;
            }
            return sum;
        });
    }

    static ChanceCorrectedStatistic brennanPrediger(PatternHistogram histogram) {
        return corrected(histogram, WeightScheme.IDENTITY, shares -> 1.0 / shares.length);
    }

    /** AC1 with identity weights, AC2 with others. */
    static ChanceCorrectedStatistic gwet(PatternHistogram histogram, WeightScheme scheme) {
        return corrected(histogram, scheme, new GwetChance(scheme, histogram.scale()));
    }

    static ChanceCorrectedStatistic percent(PatternHistogram histogram) {
        return new ChanceCorrectedStatistic(histogram, agreements(histogram, WeightScheme.IDENTITY), _ -> 0, false);
    }

    static ChanceCorrectedStatistic unanimous(PatternHistogram histogram) {
        var agreements = new double[histogram.patterns()];
        Arrays.setAll(agreements, row -> {
            var pattern = histogram.pattern(row);
            return pattern.distinct() == 1 ? 1 : 0;
        });
        return new ChanceCorrectedStatistic(histogram, agreements, _ -> 0, false);
    }

    private static ChanceCorrectedStatistic corrected(PatternHistogram histogram, WeightScheme scheme, Chance chance) {
        return new ChanceCorrectedStatistic(histogram, agreements(histogram, scheme), chance, true);
    }

    /** {@code Σ_k c_k (Σ_l w_kl c_l - 1) / (m (m - 1))} of each pattern, the mean weight of its pairs; 0 without a pair. */
    static double[] agreements(PatternHistogram histogram, WeightScheme scheme) {
        var agreements = new double[histogram.patterns()];
        for (var row = 0; row < agreements.length; row++) {
            var pattern = histogram.pattern(row);
            var sum = new double[1];
            pattern.visitPairs((low, high, pairs) -> sum[0] += pairs * scheme.weight(histogram.scale(), low, high));
            agreements[row] = pattern.ratings() < 2 ? 0 : sum[0] / pattern.pairs();
        }
        return agreements;
    }

    @Override
    public int length() {
        return values + 3;
    }

    @Override
    public void accumulate(double[] sums, int pattern, double units) {
        var ratings = histogram.pattern(pattern);
        var size = ratings.ratings();
        for (var number = 0; number < ratings.distinct(); number++) {
            sums[ratings.value(number)] += units * ratings.times(number) / size;
        }
        sums[values] += units;
        if (size >= 2) {
            sums[values + 1] += units;
            sums[values + 2] += units * agreements[pattern];
        }
    }

    @Override
    public double value(double[] sums) {
        var pairable = sums[values + 1];
        if (pairable == 0) {
            return Double.NaN;
        }
        var observed = sums[values + 2] / pairable;
        if (!corrected) {
            return observed;
        }
        var shares = new double[values];
        var used = 0;
        for (var value = 0; value < values; value++) {
            used += sums[value] > NOTHING ? 1 : 0;
            shares[value] = sums[value] / sums[values];
        }
        var expected = chance.agreement(shares);
        return used < 2 ? Double.NaN : (observed - expected) / (1 - expected);
    }
}
