package org.diptych.reward;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/**
 * 95 % percentile intervals of a bootstrap that draws photos with all of their items, since the items of a photo are alike. With ten or
 * so photos even these are rough.
 */
final class PhotoBootstrap {

    private static final int REPLICATES = 2000;

    private final List<List<Integer>> photos;

    /**
     * Groups the items of a part by photo.
     *
     * @param items of a set
     * @param part which of them to draw from
     */
    PhotoBootstrap(List<EditSet.Item> items, Predicate<EditSet.Item> part) {
        var groups = new LinkedHashMap<String, List<Integer>>();
        for (int i = 0; i < items.size(); i++) {
            if (part.test(items.get(i))) {
                groups.computeIfAbsent(items.get(i).source(), photo -> new ArrayList<>())
                        .add(i);
            }
        }
        photos = List.copyOf(groups.values());
    }

    /** Positions of the part's items. */
    List<Integer> items() {
        return photos.stream().flatMap(List::stream).toList();
    }

    /** Number of photos. */
    int photos() {
        return photos.size();
    }

    /** The value on the part as it is and its interval; every call draws the same photos in the same order. */
    String interval(ToDoubleFunction<List<Integer>> statistic) {
        var random = new Random(1);
        double[] values = new double[REPLICATES];
        for (int replicate = 0; replicate < REPLICATES; replicate++) {
            var drawn = new ArrayList<Integer>();
            random.ints(photos.size(), 0, photos.size()).forEach(photo -> drawn.addAll(photos.get(photo)));
            values[replicate] = statistic.applyAsDouble(drawn);
        }
        Arrays.sort(values);
        return String.format(
                Locale.ROOT,
                "%.3f (%.3f to %.3f)",
                statistic.applyAsDouble(items()),
                values[(int) (0.025 * REPLICATES)],
                values[(int) (0.975 * REPLICATES)]);
    }
}
