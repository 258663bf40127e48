package org.diptych.statistics.agreement;

import java.util.Arrays;
import java.util.List;

/** The units that two annotators both rated. */
final class AnnotatorPairs {
    private final Ratings ratings;
    // annotator a has the entries starts[a] until starts[a + 1], by ascending unit
    private final int[] starts;
    private final int[] units;
    private final int[] values;

    AnnotatorPairs(Ratings ratings) {
        this.ratings = ratings;
        this.starts = new int[ratings.annotators().size() + 1];
        this.units = new int[ratings.size()];
        this.values = new int[ratings.size()];
        for (var entry = 0; entry < ratings.size(); entry++) {
            starts[ratings.annotator(entry) + 1]++;
        }
        Arrays.parallelPrefix(starts, Integer::sum);
        var next = starts.clone();
        for (var unit = 0; unit < ratings.units(); unit++) {
            for (var entry = ratings.start(unit); entry < ratings.end(unit); entry++) {
                var place = next[ratings.annotator(entry)]++;
                units[place] = unit;
                values[place] = ratings.value(entry);
            }
        }
    }

    /** The ratings of two annotators on the units that both rated; the first of them is annotator 0. */
    static Ratings between(Ratings ratings, int first, int second) {
        return new AnnotatorPairs(ratings).between(first, second);
    }

    Ratings between(int first, int second) {
        var most = Math.min(starts[first + 1] - starts[first], starts[second + 1] - starts[second]);
        var unit = new int[2 * most];
        var annotator = new int[2 * most];
        var value = new int[2 * most];
        var common = 0;
        var left = starts[first];
        var right = starts[second];
        while (left < starts[first + 1] && right < starts[second + 1]) {
            if (units[left] == units[right]) {
                unit[2 * common] = common;
                unit[2 * common + 1] = common;
                annotator[2 * common + 1] = 1;
                value[2 * common] = values[left++];
                value[2 * common + 1] = values[right++];
                common++;
            } else if (units[left] < units[right]) {
                left++;
            } else {
                right++;
            }
        }
        return Ratings.of(
                ratings.scale(),
                List.of(ratings.annotators().get(first), ratings.annotators().get(second)),
                Arrays.copyOf(unit, 2 * common),
                Arrays.copyOf(annotator, 2 * common),
                Arrays.copyOf(value, 2 * common));
    }
}
