package org.diptych.statistics.agreement;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntBinaryOperator;
import org.diptych.statistics.evaluation.WilsonInterval;

/**
 * What annotators say where they do not agree. All figures are over the units with two ratings or more; each such unit
 * weighs the same, however many ratings it has.
 */
public final class Disagreement {
    private final PatternHistogram histogram;

    private Disagreement(PatternHistogram histogram) {
        this.histogram = histogram;
    }

    /** Disagreement in a table of ratings. */
    public static Disagreement of(PatternHistogram histogram) {
        return new Disagreement(histogram);
    }

    /**
     * Krippendorff's coincidences: how often two annotators of a unit gave two values, symmetric; a unit with m ratings
     * counts m times in all.
     */
    public double[][] coincidences() {
        var values = histogram.scale().size();
        var coincidences = new double[values][values];
        for (var row : histogram.rows()) {
            var ratings = row.pattern().ratings();
            if (ratings >= 2) {
                row.pattern().visitPairs((low, high, pairs) -> {
                    var weight = row.units() * pairs / (ratings - 1);
                    coincidences[low][high] += weight;
                    coincidences[high][low] += weight;
                });
            }
        }
        return coincidences;
    }

    /**
     * Shares of the pairs of ratings by kind.
     *
     * @param kinds number of kinds
     * @param kind kind of a pair of values, 0 to {@code kinds - 1}, the same in both orders
     * @return a share for each kind; they add up to 1. Empty without a pairable unit
     */
    public List<Share> shares(int kinds, IntBinaryOperator kind) {
        long units = histogram.counts().pairable();
        if (units == 0) {
            return List.of();
        }
        var sums = new double[kinds];
        var squares = new double[kinds];
        for (var row : histogram.rows()) {
            if (row.pattern().ratings() >= 2) {
                var parts = new double[kinds];
                row.pattern()
                        .visitPairs((low, high, pairs) -> parts[kind.applyAsInt(low, high)] +=
                                pairs / row.pattern().pairs());
                for (var each = 0; each < kinds; each++) {
                    sums[each] += row.units() * parts[each];
                    squares[each] += row.units() * parts[each] * parts[each];
                }
            }
        }
        var shares = new ArrayList<Share>();
        for (var each = 0; each < kinds; each++) {
            shares.add(Share.of(sums[each] / units, squares[each] / units, units));
        }
        return shares;
    }

    /**
     * Units by the share of their pairs of ratings that agree.
     *
     * @param bins bins of equal width below 1; the units that agree wholly have one of their own, the last
     * @return number of units in each of the {@code bins + 1} bins
     */
    public long[] histogram(int bins) {
        var units = new long[bins + 1];
        for (var row : histogram.rows()) {
            if (row.pattern().ratings() >= 2) {
                var agreeing = new double[1];
                row.pattern().visitPairs((low, high, pairs) -> agreeing[0] += low == high ? pairs : 0);
                // whole numbers of pairs: no share is a little below the edge of its bin
                var bin = (int) Math.floor(agreeing[0] * bins / row.pattern().pairs());
                units[bin] += row.units();
            }
        }
        return units;
    }

    /**
     * A mean of shares over units, with its 95 % interval.
     *
     * @param value 0 to 1
     * @param low lower end
     * @param high upper end
     * @param units what it is the mean of
     */
    public record Share(double value, double low, double high, long units) {
        /**
         * The mean of shares, one a unit.
         *
         * @throws IllegalArgumentException without a unit
         */
        public static Share ofUnits(double... shares) {
            double sum = 0;
            double squares = 0;
            for (var share : shares) {
                sum += share;
                squares += share * share;
            }
            return of(sum / shares.length, squares / shares.length, shares.length);
        }

        /**
         * Wilson's interval for as many independent cases as have the variance that the shares have: a unit with a share
         * between 0 and 1 says more than one case does.
         */
        static Share of(double mean, double meanSquare, long units) {
            var variance = meanSquare - mean * mean;
            // equal shares have a variance of rounding alone
            var cases = variance > 1e-12 && units > 1
                    ? Math.max((double) units, mean * (1 - mean) / variance * (units - 1))
                    : units;
            var interval = WilsonInterval.of(Math.clamp(mean, 0, 1), (int) Math.min(cases, Integer.MAX_VALUE));
            return new Share(mean, interval.low(), interval.high(), units);
        }
    }
}
