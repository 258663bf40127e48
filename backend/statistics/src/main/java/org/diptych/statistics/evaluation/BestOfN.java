package org.diptych.statistics.evaluation;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What is lost when the model picks the best of N candidates: the human value of the truly best one minus that of the
 * picked one, exactly averaged over all subsets of N candidates of each item, then over the items.
 *
 * @param regret best - picked, in the unit of the human values; 0 is perfect
 * @param picked mean human value of the model's pick (equal scores: a random one of them)
 * @param best mean human value of the best candidate
 * @param random mean human value of a random candidate: what no model at all would reach
 * @param items items with at least N candidates
 * @param skipped items with fewer
 */
public record BestOfN(Measure regret, Measure picked, Measure best, Measure random, int items, int skipped) {

    /** Scores and human values of the candidates of one item, in the same order. */
    @SuppressWarnings("ArrayRecordComponent") // a carrier of input, never compared
    public record Item(double[] score, double[] human) {
        public Item {
            if (score.length != human.length) {
                throw new IllegalArgumentException(
                        "Need one score per human value, but got %d and %d".formatted(score.length, human.length));
            }
        }
    }

    /** @param n size of the choice, 1 or more */
    public static BestOfN of(List<Item> items, int n) {
        if (n < 1) {
            throw new IllegalArgumentException("The choice must be among at least one candidate, not " + n);
        }
        List<Item> used =
                items.stream().filter(item -> item.score().length >= n).toList();
        double picked = used.stream()
                .mapToDouble(item -> expected(item.score(), item.human(), n))
                .sum();
        double best = used.stream()
                .mapToDouble(item -> expected(item.human(), item.human(), n))
                .sum();
        double random = used.stream()
                .mapToDouble(item -> Arrays.stream(item.human()).average().orElseThrow())
                .sum();
        String empty = "no item has %d candidates".formatted(n);
        int count = used.size();
        return new BestOfN(
                Measure.share(best - picked, count, empty),
                Measure.share(picked, count, empty),
                Measure.share(best, count, empty),
                Measure.share(random, count, empty),
                count,
                items.size() - count);
    }

    /** Expected value of the candidate with the highest key among n of K: rank r wins C(K-r, n-1) of C(K, n) subsets. */
    private static double expected(double[] key, double[] value, int n) {
        int size = key.length;
        int[] order = IntStream.range(0, size)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer index) -> key[index])
                        .reversed())
                .mapToInt(Integer::intValue)
                .toArray();
        double expected = 0;
        double wins = (double) n / size;
        int start = 0;
        while (start < size) {
            int end = start;
            double mass = 0;
            double sum = 0;
            while (end < size && Double.compare(key[order[end]], key[order[start]]) == 0) {
                mass += wins;
                sum += value[order[end]];
                int rank = end + 1;
                wins *= rank < size ? Math.max(0, (double) (size - rank - n + 1) / (size - rank)) : 0;
                end++;
            }
            expected += mass * sum / (end - start);
            start = end;
        }
        return expected;
    }
}
