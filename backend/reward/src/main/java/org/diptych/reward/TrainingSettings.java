package org.diptych.reward;

/**
 * How to train.
 *
 * @param members members of the ensemble, 2..64; the first is fitted to all labels without noise and gives the means, the others
 *     give the epistemic spread
 * @param folds folds of the grouped cross-validation that chooses prior strengths, at least 2
 * @param steps optimizer steps when all labels fit into one batch; larger sets get this many or {@code epochs}, whichever is more
 * @param epochs passes over sets larger than one batch
 * @param batchSize labels per step
 * @param learningRate AdamW's peak rate, reached after the warm-up and lowered by a cosine
 * @param warmUp share of the steps that raise the rate
 * @param weightDecay AdamW's decoupled decay; the priors do the real shrinking
 * @param clipNorm largest global norm of the gradient per member
 * @param pairWeight weight of the comparison that two ratings imply, beside the ratings themselves
 * @param overallWeight weight of the overall comparison that the sums of the ratings imply
 * @param annotatorWeights whether labels count by their annotator's reliability and are corrected for the side of the screen that the
 *     annotator favours; false lets every label count alike, for comparison
 * @param disentangleTies EditReward's treatment: a tie counts as half a win for each side instead of a tie (arXiv 2509.26346)
 * @param minimumLabels fewest labels to train on
 * @param selectionLabels most labels that take part in choosing priors
 */
public record TrainingSettings(
        int members,
        int folds,
        int steps,
        int epochs,
        int batchSize,
        double learningRate,
        double warmUp,
        double weightDecay,
        double clipNorm,
        double pairWeight,
        double overallWeight,
        boolean annotatorWeights,
        boolean disentangleTies,
        int minimumLabels,
        int selectionLabels) {

    public TrainingSettings {
        if (members < 2 || members > 64) {
            throw new IllegalArgumentException("an ensemble has 2 to 64 members, not " + members);
        }
        if (folds < 2) {
            throw new IllegalArgumentException("cross-validation needs at least 2 folds, not " + folds);
        }
        if (steps < 1 || epochs < 1 || batchSize < 1) {
            throw new IllegalArgumentException("steps, epochs and the batch size must be at least 1");
        }
    }

    /** What the product uses. */
    public static TrainingSettings defaults() {
        return new TrainingSettings(10, 3, 200, 30, 1024, 0.03, 0.1, 1e-4, 5, 1, 1, true, false, 20, 3000);
    }

    /** The same with another number of members. */
    public TrainingSettings withMembers(int number) {
        return new TrainingSettings(
                number,
                folds,
                steps,
                epochs,
                batchSize,
                learningRate,
                warmUp,
                weightDecay,
                clipNorm,
                pairWeight,
                overallWeight,
                annotatorWeights,
                disentangleTies,
                minimumLabels,
                selectionLabels);
    }

    /** The same with another number of folds. */
    public TrainingSettings withFolds(int number) {
        return new TrainingSettings(
                members,
                number,
                steps,
                epochs,
                batchSize,
                learningRate,
                warmUp,
                weightDecay,
                clipNorm,
                pairWeight,
                overallWeight,
                annotatorWeights,
                disentangleTies,
                minimumLabels,
                selectionLabels);
    }

    /** The same with another number of optimizer steps. */
    public TrainingSettings withSteps(int number) {
        return new TrainingSettings(
                members,
                folds,
                number,
                epochs,
                batchSize,
                learningRate,
                warmUp,
                weightDecay,
                clipNorm,
                pairWeight,
                overallWeight,
                annotatorWeights,
                disentangleTies,
                minimumLabels,
                selectionLabels);
    }

    /** The same with another number of labels per step. */
    public TrainingSettings withBatchSize(int size) {
        return new TrainingSettings(
                members,
                folds,
                steps,
                epochs,
                size,
                learningRate,
                warmUp,
                weightDecay,
                clipNorm,
                pairWeight,
                overallWeight,
                annotatorWeights,
                disentangleTies,
                minimumLabels,
                selectionLabels);
    }

    /** The same with or without weights and sides of annotators. */
    public TrainingSettings withAnnotatorWeights(boolean weigh) {
        return new TrainingSettings(
                members,
                folds,
                steps,
                epochs,
                batchSize,
                learningRate,
                warmUp,
                weightDecay,
                clipNorm,
                pairWeight,
                overallWeight,
                weigh,
                disentangleTies,
                minimumLabels,
                selectionLabels);
    }

    /** The same with ties as ties or as half a win for each side. */
    public TrainingSettings withDisentangledTies(boolean disentangle) {
        return new TrainingSettings(
                members,
                folds,
                steps,
                epochs,
                batchSize,
                learningRate,
                warmUp,
                weightDecay,
                clipNorm,
                pairWeight,
                overallWeight,
                annotatorWeights,
                disentangle,
                minimumLabels,
                selectionLabels);
    }
}
