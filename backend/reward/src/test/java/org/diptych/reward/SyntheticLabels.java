package org.diptych.reward;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.diptych.protocol.Verdict;
import org.diptych.reward.encoder.FeatureBlock;
import org.diptych.reward.encoder.FeatureBlock.Kind;
import org.diptych.reward.encoder.FeatureLayout;

/** Candidates whose two true scores are known linear functions of their features, and labels with logistic noise. */
final class SyntheticLabels {

    static final int ITEMS = 24;
    static final int PER_ITEM = 4;
    static final FeatureLayout LAYOUT = new FeatureLayout(List.of(
            new FeatureBlock("quality", Kind.QUALITY, 4),
            new FeatureBlock("match", Kind.MATCH, 4),
            new FeatureBlock("interaction", Kind.INTERACTION, 12)));

    final float[][] features = new float[ITEMS * PER_ITEM][LAYOUT.dimension()];
    final double[][] truth = new double[features.length][2];
    private final Random random;

    SyntheticLabels(long seed) {
        random = new Random(seed);
        for (int row = 0; row < features.length; row++) {
            for (int i = 0; i < features[row].length; i++) {
                features[row][i] = (float) random.nextGaussian();
            }
            truth[row][0] = 1.5 * features[row][4] - features[row][5];
            truth[row][1] = 1.5 * features[row][0] + features[row][1];
        }
    }

    TrainingSet set(List<TrainingExample> examples) {
        return new TrainingSet(
                List.of("following", "quality"), 4, "synthetic", LAYOUT, FeatureTable.of(features), examples);
    }

    List<TrainingExample> ratings() {
        return labels((first, second, d) -> new Answer.Rated(level(truth[first][d]), level(truth[second][d])));
    }

    List<TrainingExample> verdicts() {
        return labels((first, second, d) -> {
            if (truth[first][d] < -2 && truth[second][d] < -2) {
                return new Answer.Judged(Verdict.BOTH_BAD);
            }
            double gap = truth[first][d] - truth[second][d] + noise();
            return new Answer.Judged(Math.abs(gap) < 0.5 ? Verdict.TIE : Answers.compare(gap));
        });
    }

    /** Share of pairs within items whose better side the model tells, on the first dimension. */
    double accuracy(RewardModel model) {
        var scores = model.score(features);
        int right = 0;
        int all = 0;
        for (int item = 0; item < ITEMS; item++) {
            for (int a = 0; a < PER_ITEM; a++) {
                for (int b = a + 1; b < PER_ITEM; b++) {
                    int first = item * PER_ITEM + a;
                    int second = item * PER_ITEM + b;
                    double said = scores.get(first).mu().getFirst()
                            - scores.get(second).mu().getFirst();
                    right += said * (truth[first][0] - truth[second][0]) > 0 ? 1 : 0;
                    all++;
                }
            }
        }
        return (double) right / all;
    }

    private interface Answering {
        Answer of(int first, int second, int dimension);
    }

    private List<TrainingExample> labels(Answering answering) {
        var examples = new ArrayList<TrainingExample>();
        for (int item = 0; item < ITEMS; item++) {
            for (int a = 0; a < PER_ITEM; a++) {
                for (int b = a + 1; b < PER_ITEM; b++) {
                    int first = item * PER_ITEM + a;
                    int second = item * PER_ITEM + b;
                    examples.add(new TrainingExample(
                            first,
                            second,
                            "source-" + item / 2,
                            "instruction-" + item % 6,
                            "annotator-" + random.nextInt(3),
                            1,
                            random.nextBoolean(),
                            List.of(answering.of(first, second, 0), answering.of(first, second, 1))));
                }
            }
        }
        return examples;
    }

    private int level(double score) {
        return Math.clamp(Math.round(2.5 + score / 1.5 + noise() / 3), 1, 4);
    }

    private double noise() {
        double u = random.nextDouble();
        return Math.log(u / (1 - u)) / 2;
    }
}
