package org.diptych.statistics.ranking;

import java.util.SplittableRandom;

/** Comparisons of made-up annotators between items of known strength. */
final class SimulatedPairs {

    private SimulatedPairs() {}

    /**
     * @param reliability by annotator: probability not to turn the answer round
     * @param bias by annotator: log-odds for the left side
     * @param tie tie parameter of the model
     */
    static Comparisons of(
            int size,
            double[] strength,
            double[] reliability,
            double[] bias,
            TieModel ties,
            double tie,
            SplittableRandom random) {
        int[] left = new int[size];
        int[] right = new int[size];
        int[] annotator = new int[size];
        int[] outcome = new int[size];
        var point = new PairLikelihood.Point();
        for (int row = 0; row < size; row++) {
            left[row] = random.nextInt(strength.length);
            right[row] = (left[row] + 1 + random.nextInt(strength.length - 1)) % strength.length;
            annotator[row] = random.nextInt(reliability.length);
            double advantage = strength[left[row]] - strength[right[row]] + bias[annotator[row]];
            ties.evaluate(advantage, tie, 1, point);
            double first = Math.exp(point.logProbability);
            ties.evaluate(advantage, tie, -1, point);
            double second = Math.exp(point.logProbability);
            double target = random.nextDouble();
            outcome[row] = target < first ? 1 : target < first + second ? -1 : 0;
            if (random.nextDouble() > reliability[annotator[row]]) {
                outcome[row] = -outcome[row];
            }
        }
        return Comparisons.of(strength.length, reliability.length, left, right, annotator, outcome);
    }
}
