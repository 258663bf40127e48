package org.diptych.reward;

import java.util.List;

/**
 * One label as the trainer sees it.
 *
 * @param first, second rows of the feature table
 * @param group the item's group, which no split may separate: the digest of the source image
 * @param instruction the instruction, or an id of it: priors are also judged by leaving instructions out
 * @param annotator who answered
 * @param weight the annotator's reliability, above 0; 1 for an ordinary label
 * @param firstOnLeft whether the first candidate was displayed on the left
 * @param answers one answer per dimension of the training set
 */
public record TrainingExample(
        int first,
        int second,
        String group,
        String instruction,
        String annotator,
        double weight,
        boolean firstOnLeft,
        List<Answer> answers) {

    public TrainingExample {
        answers = List.copyOf(answers);
        if (first == second) {
            throw new IllegalArgumentException("a pair needs two candidates, not row %d twice".formatted(first));
        }
        if (!(weight > 0) || Double.isInfinite(weight)) {
            throw new IllegalArgumentException("the weight of a label must be above 0, not " + weight);
        }
    }

    /** The same label with another weight. */
    TrainingExample withWeight(double other) {
        return new TrainingExample(first, second, group, instruction, annotator, other, firstOnLeft, answers);
    }

    /** The same label with its candidates at other rows. */
    TrainingExample at(int firstRow, int secondRow) {
        return new TrainingExample(firstRow, secondRow, group, instruction, annotator, weight, firstOnLeft, answers);
    }
}
