package org.diptych.agreement;

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
        var size = ratings.ratings();
        if (size < 2) {
            return;
        }
        for (var rating = 0; rating < size; rating++) {
            sums[ratings.value(rating)] += units;
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
        double sum = 0;
        for (var first = 1; first < pattern.ratings(); first++) {
            for (var second = 0; second < first; second++) {
                sum += distance.squared(histogram.scale(), pattern.value(first), pattern.value(second));
            }
        }
        return pattern.ratings() < 2 ? 0 : 2 * sum / (pattern.ratings() - 1);
    }
}
