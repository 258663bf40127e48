package org.diptych.statistics.acquisition;

import java.util.Arrays;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/** Takes pairs by a score that a batch does not change, highest first; equal scores by index. */
final class Ranking implements Selection {
    private final String part;
    private final float[] scores;
    private final long[] order;
    private int position;

    Ranking(String part, int size, IntToDoubleFunction score) {
        this.part = part;
        scores = new float[size];
        IntStream.range(0, size).parallel().forEach(pair -> scores[pair] = (float) score.applyAsDouble(pair));
        order = descending(scores);
    }

    /** Indices in the low 32 bits, ordered by falling score, then rising index. */
    static long[] descending(float[] scores) {
        var order = new long[scores.length];
        for (int pair = 0; pair < order.length; pair++) {
            int bits = Float.floatToIntBits(scores[pair]);
            int sortable = bits ^ (bits >> 31 & Integer.MAX_VALUE);
            order[pair] = ((long) ~sortable << 32) | pair;
        }
        Arrays.parallelSort(order);
        return order;
    }

    @Override
    public int next(Eligible eligible) {
        while (!eligible.contains((int) order[position])) {
            position++;
        }
        return (int) order[position];
    }

    @Override
    public double probability(int pair, int wanted, Eligible eligible) {
        return pair == wanted ? 1 : 0;
    }

    @Override
    public Map<String, Double> scores(int pair) {
        return Map.of(part, (double) scores[pair]);
    }

    @Override
    public void take(int pair) {
        // a fixed order
    }
}
