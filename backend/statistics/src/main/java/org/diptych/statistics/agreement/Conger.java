package org.diptych.statistics.agreement;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Conger's kappa (Conger, "Integration and generalization of kappas for multiple raters", Psychol. Bull. 88, 1980), and
 * so, for two annotators, Cohen's. An annotator's value shares come from all ratings that the annotator gave.
 */
final class Conger {
    private final Ratings ratings;
    private final long[][] valueCounts;
    private final long[] ratingCounts;
    private final double[] agreements;
    private final int[] unitCounts;
    private double agreementSum;
    private long pairable;
    // over the annotators: Σ p and Σ p² per value, and how many annotators there are
    private double[] shareSums;
    private double[] shareSquares;
    private int annotators;

    Conger(Ratings ratings) {
        this.ratings = ratings;
        var values = ratings.scale().size();
        this.valueCounts = new long[ratings.annotators().size()][values];
        this.ratingCounts = new long[ratings.annotators().size()];
        this.agreements = new double[ratings.units()];
        this.unitCounts = new int[values];
        this.shareSums = new double[values];
        this.shareSquares = new double[values];
        for (var entry = 0; entry < ratings.size(); entry++) {
            valueCounts[ratings.annotator(entry)][ratings.value(entry)]++;
            ratingCounts[ratings.annotator(entry)]++;
        }
        for (var annotator = 0; annotator < ratingCounts.length; annotator++) {
            addShares(annotator, 1);
        }
        for (var unit = 0; unit < ratings.units(); unit++) {
            agreements[unit] = agreement(unit);
            if (isPairable(unit)) {
                agreementSum += agreements[unit];
                pairable++;
            }
        }
    }

    /** The coefficient, NaN without a pairable unit or with one value only. */
    double value() {
        return value(agreementSum, pairable);
    }

    /** The coefficient without each rated unit in turn. */
    Jackknife jackknife() {
        var values = IntStream.range(0, ratings.units())
                .filter(unit -> ratings.start(unit) < ratings.end(unit))
                .mapToDouble(this::without)
                .toArray();
        var multiplicities = new long[values.length];
        Arrays.fill(multiplicities, 1);
        return new Jackknife(values, multiplicities);
    }

    private double without(int unit) {
        var sums = shareSums.clone();
        var squares = shareSquares.clone();
        var number = annotators;
        changeCounts(unit, -1);
        var value =
                isPairable(unit) ? value(agreementSum - agreements[unit], pairable - 1) : value(agreementSum, pairable);
        changeCounts(unit, 1);
        // restored rather than added back, so that rounding does not pile up
        shareSums = sums;
        shareSquares = squares;
        annotators = number;
        return value;
    }

    private void changeCounts(int unit, int change) {
        for (var entry = ratings.start(unit); entry < ratings.end(unit); entry++) {
            var annotator = ratings.annotator(entry);
            addShares(annotator, -1);
            valueCounts[annotator][ratings.value(entry)] += change;
            ratingCounts[annotator] += change;
            addShares(annotator, 1);
        }
    }

    private void addShares(int annotator, int times) {
        if (ratingCounts[annotator] == 0) {
            return;
        }
        annotators += times;
        for (var value = 0; value < shareSums.length; value++) {
            var share = (double) valueCounts[annotator][value] / ratingCounts[annotator];
            shareSums[value] += times * share;
            shareSquares[value] += times * share * share;
        }
    }

    private double value(double agreement, long units) {
        if (units == 0) {
            return Double.NaN;
        }
        double number = annotators;
        double expected = 0;
        var used = 0;
        for (var value = 0; value < shareSums.length; value++) {
            var mean = shareSums[value] / number;
            var variance = (shareSquares[value] - number * mean * mean) / (number - 1);
            expected += mean * mean - variance / number;
            used += mean > 1e-12 ? 1 : 0;
        }
        return used < 2 ? Double.NaN : (agreement / units - expected) / (1 - expected);
    }

    private boolean isPairable(int unit) {
        return ratings.end(unit) - ratings.start(unit) >= 2;
    }

    private double agreement(int unit) {
        double agreeing = 0;
        for (var entry = ratings.start(unit); entry < ratings.end(unit); entry++) {
            agreeing += unitCounts[ratings.value(entry)]++;
        }
        for (var entry = ratings.start(unit); entry < ratings.end(unit); entry++) {
            unitCounts[ratings.value(entry)] = 0;
        }
        double size = ratings.end(unit) - ratings.start(unit);
        return size < 2 ? 0 : agreeing / (size * (size - 1) / 2);
    }
}
