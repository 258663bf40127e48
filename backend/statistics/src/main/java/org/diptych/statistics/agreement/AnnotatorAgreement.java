package org.diptych.statistics.agreement;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Agreement of two annotators on the units that both rated, with its interval.
 *
 * @param first index of the one among the annotators of the ratings
 * @param second index of the other, above {@code first}
 * @param shared units that both rated
 * @param estimate the coefficient
 */
public record AnnotatorAgreement(int first, int second, long shared, Estimate estimate) {
    /**
     * Every two of the annotators who share enough units. One pass over the ratings, whatever the number of annotators.
     *
     * @param annotators who is compared, as indexes among the annotators of the ratings
     * @param least units that two must share
     * @param random source of the resamples
     */
    public static List<AnnotatorAgreement> matrix(
            Ratings ratings,
            int[] annotators,
            long least,
            Measure measure,
            IntervalSettings settings,
            RandomGenerator random) {
        var chosen = Arrays.stream(annotators).distinct().sorted().toArray();
        var tables = tables(ratings, chosen);
        var matrix = new ArrayList<AnnotatorAgreement>();
        for (var first = 0; first < chosen.length; first++) {
            for (var second = first + 1; second < chosen.length; second++) {
                var table = tables[first][second];
                if (table != null && Arrays.stream(table).sum() >= Math.max(1, least)) {
                    var agreement = Agreement.of(histogram(ratings.scale(), table));
                    matrix.add(new AnnotatorAgreement(
                            chosen[first],
                            chosen[second],
                            agreement.counts().units(),
                            agreement.estimate(measure, settings, random)));
                }
            }
        }
        return matrix;
    }

    /** Per two of the chosen how often they gave each two values; null where they share nothing. */
    private static long[][][] tables(Ratings ratings, int[] chosen) {
        var places = new int[ratings.annotators().size()];
        Arrays.fill(places, -1);
        for (var place = 0; place < chosen.length; place++) {
            places[chosen[place]] = place;
        }
        var values = ratings.scale().size();
        var tables = new long[chosen.length][chosen.length][];
        for (var unit = 0; unit < ratings.units(); unit++) {
            for (var one = ratings.start(unit); one < ratings.end(unit); one++) {
                var first = places[ratings.annotator(one)];
                for (var other = one + 1; first >= 0 && other < ratings.end(unit); other++) {
                    var second = places[ratings.annotator(other)];
                    if (second >= 0) {
                        var low = Math.min(first, second);
                        var high = Math.max(first, second);
                        if (tables[low][high] == null) {
                            tables[low][high] = new long[values * values];
                        }
                        tables[low][high][ratings.value(one) * values + ratings.value(other)]++;
                    }
                }
            }
        }
        return tables;
    }

    private static PatternHistogram histogram(ValueScale scale, long[] table) {
        var rows = new ArrayList<PatternHistogram.Row>();
        for (var cell = 0; cell < table.length; cell++) {
            if (table[cell] > 0) {
                rows.add(new PatternHistogram.Row(Pattern.of(cell / scale.size(), cell % scale.size()), table[cell]));
            }
        }
        return PatternHistogram.of(scale, rows);
    }
}
