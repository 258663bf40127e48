package org.diptych.statistics.agreement;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * What a coefficient would be without one annotator.
 *
 * @param annotator index among the annotators of the ratings
 * @param ratings ratings of the annotator
 * @param without the coefficient of all other ratings
 */
public record AnnotatorInfluence(int annotator, long ratings, Estimate without) {
    /**
     * Leaves out each of the annotators in turn. One pass over the ratings: what is left out changes the patterns of the
     * annotator's own units only.
     *
     * @param annotators who is left out, as indexes among the annotators of the ratings
     * @param random source of the resamples
     */
    public static List<AnnotatorInfluence> of(
            Ratings ratings, int[] annotators, Measure measure, IntervalSettings settings, RandomGenerator random) {
        var wanted = new boolean[ratings.annotators().size()];
        for (var annotator : annotators) {
            wanted[annotator] = true;
        }
        var counts = new long[wanted.length];
        var changes = changes(ratings, wanted, counts);
        var all = new HashMap<Pattern, Long>();
        ratings.histogram().rows().forEach(row -> all.put(row.pattern(), row.units()));
        return Arrays.stream(annotators)
                .mapToObj(annotator -> new AnnotatorInfluence(
                        annotator,
                        counts[annotator],
                        Agreement.of(changed(ratings.scale(), all, changes.get(annotator)))
                                .estimate(measure, settings, random)))
                .toList();
    }

    private static List<Map<Pattern, Long>> changes(Ratings ratings, boolean[] wanted, long[] counts) {
        var changes = new ArrayList<Map<Pattern, Long>>();
        for (var _ : wanted) {
            changes.add(new HashMap<>());
        }
        for (var unit = 0; unit < ratings.units(); unit++) {
            var start = ratings.start(unit);
            var values = new int[ratings.end(unit) - start];
            for (var entry = 0; entry < values.length; entry++) {
                values[entry] = ratings.value(start + entry);
            }
            var whole = Pattern.of(values);
            for (var entry = 0; entry < values.length; entry++) {
                var annotator = ratings.annotator(start + entry);
                counts[annotator]++;
                if (wanted[annotator]) {
                    changes.get(annotator).merge(whole, -1L, Long::sum);
                    changes.get(annotator).merge(Pattern.of(others(values, entry)), 1L, Long::sum);
                }
            }
        }
        return changes;
    }

    private static int[] others(int[] values, int left) {
        var others = Arrays.copyOf(values, values.length - 1);
        System.arraycopy(values, left + 1, others, left, others.length - left);
        return others;
    }

    private static PatternHistogram changed(ValueScale scale, Map<Pattern, Long> all, Map<Pattern, Long> change) {
        var units = new HashMap<>(all);
        change.forEach((pattern, more) -> units.merge(pattern, more, Long::sum));
        return PatternHistogram.of(
                scale,
                units.entrySet().stream()
                        .filter(entry -> entry.getValue() > 0)
                        .map(entry -> new PatternHistogram.Row(entry.getKey(), entry.getValue()))
                        .toList());
    }
}
