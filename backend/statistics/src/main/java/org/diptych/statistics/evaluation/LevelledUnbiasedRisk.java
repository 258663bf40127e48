package org.diptych.statistics.evaluation;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Accuracy on actively chosen labels with the bias of the choice removed: LURE (Farquhar, Gal, Rainforth, ICLR 2021,
 * arXiv 2101.11665). With M of N cases drawn one after another without replacement and q_m the probability, at step m,
 * of the case drawn, case m has the weight {@code v_m = 1 + (N-M)/(N-m) (1/((N-m+1) q_m) - 1)}.
 *
 * <p>Prefer a uniform stratum for evaluation: this is for the labels at hand when there is none. Use the weights to
 * evaluate, not to train.
 *
 * @param accuracy the weighted share of right answers; unbiased over the draw, so a single value may leave [0, 1]
 * @param majorityClass the weighted share of the most frequent human answer
 * @param unweightedAccuracy the biased share, to show what the choice does
 * @param effectiveCases {@code (sum v)^2 / sum v^2}: how many uniformly drawn cases carry as much
 */
public record LevelledUnbiasedRisk(
        Measure accuracy, Measure majorityClass, Measure unweightedAccuracy, Measure effectiveCases) {

    /**
     * @param probability q_m of each case in the order of drawing, above 0 and at most 1
     * @param pool N, the number of cases that could be drawn at the first step
     * @throws IllegalArgumentException when there are more draws than cases or a probability is out of range
     */
    public static double[] weights(double[] probability, int pool) {
        int drawn = probability.length;
        if (drawn > pool) {
            throw new IllegalArgumentException(
                    "%d cases cannot be drawn without replacement from %d".formatted(drawn, pool));
        }
        double[] weight = new double[drawn];
        for (int index = 0; index < drawn; index++) {
            if (!(probability[index] > 0 && probability[index] <= 1)) {
                throw new IllegalArgumentException(
                        "Draw %d: the selection probability must be above 0 and at most 1, not %s"
                                .formatted(index, probability[index]));
            }
            int step = index + 1;
            weight[index] = step == pool
                    ? 1
                    : 1 + (double) (pool - drawn) / (pool - step) * (1 / ((pool - step + 1) * probability[index]) - 1);
        }
        return weight;
    }

    /**
     * @param human the human answer of each drawn case, as any number
     * @param correct whether the model gave that answer
     * @throws IllegalArgumentException as {@link #weights}, or when lengths differ
     */
    public static LevelledUnbiasedRisk of(int[] human, boolean[] correct, double[] probability, int pool) {
        if (human.length != correct.length || human.length != probability.length) {
            throw new IllegalArgumentException("Need one answer, result and probability per case, but got %d, %d and %d"
                    .formatted(human.length, correct.length, probability.length));
        }
        double[] weight = weights(probability, pool);
        Map<Integer, Double> byAnswer = new HashMap<>();
        double right = 0;
        int plain = 0;
        double squares = 0;
        for (int index = 0; index < human.length; index++) {
            byAnswer.merge(human[index], weight[index], Double::sum);
            right += correct[index] ? weight[index] : 0;
            plain += correct[index] ? 1 : 0;
            squares += weight[index] * weight[index];
        }
        double total = Arrays.stream(weight).sum();
        String empty = "there are no labels";
        return new LevelledUnbiasedRisk(
                Measure.share(right, human.length, empty),
                Measure.share(
                        byAnswer.values().stream()
                                .mapToDouble(Double::doubleValue)
                                .max()
                                .orElse(0),
                        human.length,
                        empty),
                Measure.share(plain, human.length, empty),
                Measure.share(total * total, squares, empty));
    }
}
