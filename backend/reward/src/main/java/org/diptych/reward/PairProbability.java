package org.diptych.reward;

import org.diptych.protocol.Verdict;

/**
 * How likely each verdict on a pair is; the three add up to 1.
 *
 * @param first the first is called better
 * @param tie neither
 * @param second the second is called better
 */
public record PairProbability(double first, double tie, double second) {

    /**
     * Rao and Kupper's model: first = logistic(d - eta), second = logistic(-d - eta).
     *
     * @param d difference of the two scores in logits
     * @param eta tie threshold, at least 0
     */
    static PairProbability of(double d, double eta) {
        double first = Answers.logistic(d - eta);
        double second = Answers.logistic(-d - eta);
        return new PairProbability(first, Math.max(0, 1 - first - second), second);
    }

    double of(Verdict verdict) {
        return switch (verdict) {
            case FIRST -> first;
            case SECOND -> second;
            case TIE, BOTH_BAD -> tie;
        };
    }
}
