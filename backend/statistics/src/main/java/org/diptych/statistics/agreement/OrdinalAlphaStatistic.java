package org.diptych.statistics.agreement;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Krippendorff's alpha with ordinal distances: the squared difference of mid-ranks among the pairable ratings, which
 * equals {@code (Σ_{g=c..k} n_g - (n_c + n_k) / 2)²}. As the ranks change with every rating, the sums keep what does not:
 * the number n_c of pairable ratings of each value, then the coincidences of each pair of different values that occurs.
 */
final class OrdinalAlphaStatistic implements Statistic {
    private final PatternHistogram histogram;
    private final int values;
    // coincidences of each pattern: number of the value pair and weight, ragged
    private final int[][] pairs;
    private final double[][] weights;
    private final int[] lower;
    private final int[] higher;

    OrdinalAlphaStatistic(PatternHistogram histogram) {
        this.histogram = histogram;
        this.values = histogram.scale().size();
        this.pairs = new int[histogram.patterns()][];
        this.weights = new double[histogram.patterns()][];
        var numbers = new HashMap<Long, Integer>();
        for (var pattern = 0; pattern < pairs.length; pattern++) {
            var coincidences = coincidences(histogram.pattern(pattern));
            pairs[pattern] = new int[coincidences.size()];
            weights[pattern] = new double[coincidences.size()];
            var place = 0;
            for (var coincidence : coincidences.entrySet()) {
                pairs[pattern][place] = numbers.computeIfAbsent(coincidence.getKey(), _ -> numbers.size());
                weights[pattern][place++] = coincidence.getValue();
            }
        }
        this.lower = new int[numbers.size()];
        this.higher = new int[numbers.size()];
        numbers.forEach((key, number) -> {
            lower[number] = (int) (key / values);
            higher[number] = (int) (key % values);
        });
    }

    /** Twice the coincidences (both orders) of each pair of different values, by {@code lower * values + higher}. */
    private Map<Long, Double> coincidences(Pattern pattern) {
        var coincidences = new LinkedHashMap<Long, Double>();
        pattern.visitPairs((low, high, pairs) -> {
            if (low != high) {
                coincidences.put((long) low * values + high, 2 * pairs / (pattern.ratings() - 1));
            }
        });
        return coincidences;
    }

    @Override
    public int length() {
        return values + lower.length;
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
        for (var place = 0; place < pairs[pattern].length; place++) {
            sums[values + pairs[pattern][place]] += units * weights[pattern][place];
        }
    }

    @Override
    public double value(double[] sums) {
        double total = 0;
        for (var value = 0; value < values; value++) {
            total += sums[value];
        }
        // mid-ranks, from their mean, so that the expected disagreement is a plain variance
        var ranks = new double[values];
        double below = 0;
        double expected = 0;
        for (var value = 0; value < values; value++) {
            ranks[value] = below + sums[value] / 2 - total / 2;
            below += sums[value];
            expected += 2 * total * sums[value] * ranks[value] * ranks[value];
        }
        double observed = 0;
        for (var pair = 0; pair < lower.length; pair++) {
            var difference = ranks[lower[pair]] - ranks[higher[pair]];
            observed += sums[values + pair] * difference * difference;
        }
        return oneValueOnly(sums, total) ? Double.NaN : 1 - (total - 1) * observed / expected;
    }

    private boolean oneValueOnly(double[] sums, double total) {
        for (var value = 0; value < values; value++) {
            if (sums[value] > 0) {
                return sums[value] == total;
            }
        }
        return true;
    }
}
