package org.diptych.statistics.agreement;

import java.util.Arrays;

/**
 * Krippendorff's alpha with distances that do not depend on the ratings. Sums: the number of pairable ratings of each
 * value, then the observed disagreement {@code Σ_u Σ_{c≠k} c_uc c_uk d²(c, k) / (m_u - 1)}.
 */
final class AlphaStatistic implements Statistic {
    private final PatternHistogram histogram;
    private final FixedDistance distance;
    private final double[] disagreements;
    private final int values;

    AlphaStatistic(PatternHistogram histogram, FixedDistance distance) {
        this.histogram = histogram;
        this.distance = distance;
        this.values = histogram.scale().size();
        this.disagreements = new double[histogram.patterns()];
        Arrays.setAll(disagreements, pattern -> disagreement(histogram.pattern(pattern)));
    }

    @Override
    public int length() {
        return values + 1;
    }

    @Override
    public void accumulate(double[] sums, int pattern, double units) {
        var ratings = histogram.pattern(pattern);
        if (ratings.ratings() < 2) {
            return;
        }
        for (var number = 0; number < ratings.distinct(); number++) {
            sums[ratings.value(number)] += units * ratings.times(number);
        }
        sums[values] += units * disagreements[pattern];
    }

    @Override
    public double value(double[] sums) {
        double total = 0;
        for (var value = 0; value < values; value++) {
            total += sums[value];
        }
        var expected = total == 0 ? 0 : distance.expected(histogram.scale(), sums, total);
        return expected == 0 ? Double.NaN : 1 - (total - 1) * sums[values] / expected;
    }

    private double disagreement(Pattern pattern) {
        var sum = new double[1];
        pattern.visitPairs((low, high, pairs) -> sum[0] += pairs * distance.squared(histogram.scale(), low, high));
        return pattern.ratings() < 2 ? 0 : 2 * sum[0] / (pattern.ratings() - 1);
    }
}
