package org.diptych.statistics.evaluation;

/**
 * A share of right answers, never without the share that a constant answer reaches on the same cases.
 *
 * @param value right answers / cases
 * @param majorityClass the accuracy of always giving the most frequent human answer; a model below it has learned
 *     nothing that the class frequencies do not tell
 * @param correct number of right answers
 * @param cases number of cases counted
 */
public record Accuracy(Measure value, Measure majorityClass, int correct, int cases) {

    static Accuracy of(int correct, int cases, int majority, String reasonIfEmpty) {
        return new Accuracy(
                Measure.share(correct, cases, reasonIfEmpty),
                Measure.share(majority, cases, reasonIfEmpty),
                correct,
                cases);
    }
}
