package org.diptych.reward;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Annotators who see the truth through noise: each has a leniency and a precision of their own; a level is the truth plus both, rounded.
 * Some favour the left image a little.
 */
public final class SimulatedAnnotators {

    private final Random random;
    private final double[] leniency;
    private final double[] noise;
    private final double[] leftBias;

    public SimulatedAnnotators(int count, Random random) {
        this.random = random;
        leniency = new double[count];
        noise = new double[count];
        leftBias = new double[count];
        for (int a = 0; a < count; a++) {
            leniency[a] = 0.25 * random.nextGaussian();
            noise[a] = 0.4 + 0.4 * random.nextDouble();
            leftBias[a] = Math.max(0, 0.1 * random.nextGaussian());
        }
    }

    /** One label on two candidates of an item. */
    public TrainingExample label(EditSet.Item item, int first, int second) {
        int annotator = random.nextInt(noise.length);
        boolean left = random.nextBoolean();
        var answers = new ArrayList<Answer>();
        for (int d = 0; d < EditSet.DIMENSIONS.size(); d++) {
            answers.add(new Answer.Rated(
                    level(item.truth()[first][d], annotator, left), level(item.truth()[second][d], annotator, !left)));
        }
        return new TrainingExample(
                item.rows()[first],
                item.rows()[second],
                item.source(),
                item.instruction(),
                "annotator-" + annotator,
                1,
                left,
                answers);
    }

    /** One label on every pair of an item. */
    List<TrainingExample> labelAll(EditSet.Item item) {
        var labels = new ArrayList<TrainingExample>();
        for (int a = 0; a < item.rows().length; a++) {
            for (int b = a + 1; b < item.rows().length; b++) {
                labels.add(label(item, a, b));
            }
        }
        return labels;
    }

    private int level(int truth, int annotator, boolean left) {
        double seen = truth
                + leniency[annotator]
                + (left ? leftBias[annotator] : 0)
                + noise[annotator] * random.nextGaussian();
        return Math.clamp(Math.round(seen), 1, 4);
    }
}
