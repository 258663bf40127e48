package org.diptych.statistics.annotator;

import java.util.SplittableRandom;

/**
 * Labels of made-up annotators with known truth.
 *
 * @param labels what they said
 * @param truth the true class of each task
 */
@SuppressWarnings("ArrayRecordComponent")
record SimulatedCrowd(LabelTable labels, int[] truth) {

    /**
     * @param confusion [annotator][truth][label]
     * @param prevalence share of each class
     */
    static SimulatedCrowd of(
            int tasks, int labelsPerTask, double[][][] confusion, double[] prevalence, SplittableRandom random) {
        int annotators = confusion.length;
        int[] truth = new int[tasks];
        int[] task = new int[tasks * labelsPerTask];
        int[] annotator = new int[task.length];
        int[] label = new int[task.length];
        int[] order = new int[annotators];
        for (int index = 0; index < annotators; index++) {
            order[index] = index;
        }
        for (int index = 0; index < tasks; index++) {
            truth[index] = draw(prevalence, random);
            for (int repeat = 0; repeat < labelsPerTask; repeat++) {
                int other = random.nextInt(repeat, annotators);
                int chosen = order[other];
                order[other] = order[repeat];
                order[repeat] = chosen;
                int row = index * labelsPerTask + repeat;
                task[row] = index;
                annotator[row] = chosen;
                label[row] = draw(confusion[chosen][truth[index]], random);
            }
        }
        return new SimulatedCrowd(LabelTable.of(tasks, annotators, prevalence.length, task, annotator, label), truth);
    }

    /** Annotators that are right with the given probabilities, wrong answers evenly spread. */
    static double[][][] coins(int classes, double... rate) {
        double[][][] confusion = new double[rate.length][classes][classes];
        for (int annotator = 0; annotator < rate.length; annotator++) {
            for (int truth = 0; truth < classes; truth++) {
                for (int label = 0; label < classes; label++) {
                    confusion[annotator][truth][label] =
                            truth == label ? rate[annotator] : (1 - rate[annotator]) / (classes - 1);
                }
            }
        }
        return confusion;
    }

    static double[] rates(int annotators, double low, double high, SplittableRandom random) {
        return random.doubles(annotators, low, high).toArray();
    }

    static int draw(double[] probability, SplittableRandom random) {
        double target = random.nextDouble();
        for (int index = 0; index < probability.length - 1; index++) {
            target -= probability[index];
            if (target < 0) {
                return index;
            }
        }
        return probability.length - 1;
    }

    double accuracy(Consensus consensus) {
        int right = 0;
        for (int task = 0; task < truth.length; task++) {
            right += consensus.mostLikely(task) == truth[task] ? 1 : 0;
        }
        return right / (double) truth.length;
    }
}
