package org.diptych.reward;

import java.util.ArrayList;
import java.util.List;

/** Held-out pairs of the overall score: sums over the dimensions, compared with the sums of what was said. */
final class OverallPairs {

    private OverallPairs() {}

    /**
     * Adds up dimensions whose pairs are aligned.
     *
     * @param pairs held-out pairs by dimension, in the same order
     * @param heads which say whether values are levels or must be scaled first
     */
    static List<HeldOutPair> of(List<List<HeldOutPair>> pairs, List<ModelCard.Head> heads) {
        var result = new ArrayList<HeldOutPair>();
        for (int i = 0; i < pairs.getFirst().size(); i++) {
            double first = 0;
            double second = 0;
            double said = 0;
            double weight = pairs.getFirst().get(i).weight();
            for (int dimension = 0; dimension < heads.size(); dimension++) {
                var pair = pairs.get(dimension).get(i);
                var head = heads.get(dimension);
                double scale = head.rated() ? 1 : head.calibration().slope();
                first += scale * pair.firstValue();
                second += scale * pair.secondValue();
                said += pair.difference();
                weight = Math.min(weight, pair.weight());
            }
            result.add(new HeldOutPair(first - second, first, second, Answers.compare(said), said, weight));
        }
        return result;
    }
}
