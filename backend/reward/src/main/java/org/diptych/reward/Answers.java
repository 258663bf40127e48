package org.diptych.reward;

import java.util.List;
import java.util.Optional;
import org.diptych.protocol.Verdict;

/** What follows from answers. */
final class Answers {

    private Answers() {}

    /** What an answer says, or implies, about the comparison. */
    static Optional<Verdict> verdict(Answer answer) {
        return switch (answer) {
            case Answer.Unanswered ignored -> Optional.empty();
            case Answer.Judged(Verdict verdict) -> Optional.of(verdict);
            case Answer.Rated(int first, int second) -> Optional.of(compare(first - second));
        };
    }

    /** The verdict of a difference first minus second. */
    static Verdict compare(double difference) {
        return difference > 0 ? Verdict.FIRST : difference < 0 ? Verdict.SECOND : Verdict.TIE;
    }

    /**
     * How much better an answer calls the first candidate: the difference of levels, else 1, 0 or -1; nothing if unanswered.
     */
    static Optional<Integer> difference(Answer answer) {
        return switch (answer) {
            case Answer.Unanswered ignored -> Optional.empty();
            case Answer.Rated(int first, int second) -> Optional.of(first - second);
            case Answer.Judged(Verdict verdict) ->
                Optional.of(
                        switch (verdict) {
                            case FIRST -> 1;
                            case SECOND -> -1;
                            case TIE, BOTH_BAD -> 0;
                        });
        };
    }

    /** What the sums of the levels imply; nothing unless every dimension is rated. */
    static Optional<Verdict> overall(List<Answer> answers) {
        int sum = 0;
        for (var answer : answers) {
            if (!(answer instanceof Answer.Rated(int first, int second))) {
                return Optional.empty();
            }
            sum += first - second;
        }
        return Optional.of(compare(sum));
    }

    /** Whether any label rates this dimension. */
    static boolean rated(List<TrainingExample> examples, int dimension) {
        return examples.stream()
                .map(example -> example.answers().get(dimension))
                .anyMatch(Answer.Rated.class::isInstance);
    }

    /** The level that annotators give on average: 1 plus the probabilities of lying above each cutpoint. */
    static double expectedLevel(double mu, double variance, double[] cutpoints) {
        double shrink = Math.sqrt(1 + Math.PI / 8 * variance);
        double level = 1;
        for (double cutpoint : cutpoints) {
            level += logistic((mu - cutpoint) / shrink);
        }
        return level;
    }

    static double logistic(double x) {
        return 1 / (1 + Math.exp(-x));
    }
}
