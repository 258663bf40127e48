package org.diptych.reward;

/**
 * How to train: what a study or a test may want smaller or without. The rest is fixed where it is used.
 *
 * @param members members of the ensemble, 2..64; the first is fitted to all labels without noise and gives the means, the others
 *     give the epistemic spread
 * @param folds folds of the grouped cross-validation that chooses prior strengths, at least 2
 * @param steps optimizer steps when all labels fit into one batch; larger sets take more
 * @param batchSize labels per step
 * @param annotatorWeights whether labels count by their annotator's reliability and are corrected for the side of the screen that the
 *     annotator favours; false lets every label count alike, for comparison
 */
public record TrainingSettings(int members, int folds, int steps, int batchSize, boolean annotatorWeights) {

    public TrainingSettings {
        if (members < 2 || members > 64) {
            throw new IllegalArgumentException("an ensemble has 2 to 64 members, not " + members);
        }
        if (folds < 2) {
            throw new IllegalArgumentException("cross-validation needs at least 2 folds, not " + folds);
        }
        if (steps < 1 || batchSize < 1) {
            throw new IllegalArgumentException("steps and the batch size must be at least 1");
        }
    }

    /** What the product uses. */
    public static TrainingSettings defaults() {
        return new TrainingSettings(10, 3, 200, 1024, true);
    }

    /** The same with another number of members. */
    public TrainingSettings withMembers(int number) {
        return new TrainingSettings(number, folds, steps, batchSize, annotatorWeights);
    }

    /** The same with another number of folds. */
    public TrainingSettings withFolds(int number) {
        return new TrainingSettings(members, number, steps, batchSize, annotatorWeights);
    }

    /** The same with another number of optimizer steps. */
    public TrainingSettings withSteps(int number) {
        return new TrainingSettings(members, folds, number, batchSize, annotatorWeights);
    }

    /** The same with another number of labels per step. */
    public TrainingSettings withBatchSize(int size) {
        return new TrainingSettings(members, folds, steps, size, annotatorWeights);
    }

    /** The same with or without weights and sides of annotators. */
    public TrainingSettings withAnnotatorWeights(boolean weigh) {
        return new TrainingSettings(members, folds, steps, batchSize, weigh);
    }
}
