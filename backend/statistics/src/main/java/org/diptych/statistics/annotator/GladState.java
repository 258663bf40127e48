package org.diptych.statistics.annotator;

import java.util.Arrays;

/**
 * Expectation-maximisation of a {@link Glad} fit. The hidden state of a task is its ease (a node of a grid) and its
 * truth; the probability of a right label depends on annotator and node alone, so one table of them serves a whole pass.
 */
final class GladState {

    /** Equally spaced log-eases from -3 to 3 times their spread. */
    static final int NODES = 11;

    private static final double FURTHEST = 3;

    /** Products below this are rescaled. */
    private static final double SMALL = 1e-100;

    /** Newton steps for the abilities in each pass, none longer than the limit. */
    private static final int STEPS = 3;

    private static final double LONGEST_STEP = 1;

    /** The spread of the log-eases is kept below, so that the easiest task stays within the range of a double. */
    private static final double LARGEST_SPREAD = 4;

    private final LabelTable labels;
    private final int classes;
    private final double precision;
    private final double[] ability;
    private final double[] prevalence;
    private final double[] score = new double[NODES];
    private final double[] logEase = new double[NODES];
    private final double[] ease = new double[NODES];
    private final double[] nodeWeight = new double[NODES];

    /** [annotator * NODES + node]: probability of a right label, and of one particular wrong label. */
    private final double[] right;

    private final double[] wrong;

    /** [annotator * NODES + node]: expected number of labels, and of right ones. */
    private final double[] given;

    private final double[] givenRight;

    /** Logarithm of the spread, here and one step before, and the slope there. */
    private double logSpread;

    private double logSpreadBefore;
    private double slopeBefore = Double.NaN;

    GladState(LabelTable labels, double priorDeviation) {
        this.labels = labels;
        this.classes = labels.classes();
        this.precision = 1 / (priorDeviation * priorDeviation);
        this.ability = new double[labels.annotators()];
        this.prevalence = new double[classes];
        this.right = new double[ability.length * NODES];
        this.wrong = new double[ability.length * NODES];
        this.given = new double[ability.length * NODES];
        this.givenRight = new double[ability.length * NODES];
        Arrays.fill(ability, 1);
        Arrays.fill(prevalence, 1.0 / classes);
        double total = 0;
        this.logSpread = Math.log(priorDeviation / 2);
        for (int node = 0; node < NODES; node++) {
            score[node] = FURTHEST * (2.0 * node / (NODES - 1) - 1);
            nodeWeight[node] = Math.exp(-score[node] * score[node] / 2);
            total += nodeWeight[node];
        }
        for (int node = 0; node < NODES; node++) {
            nodeWeight[node] /= total;
        }
        fillTables();
    }

    /** One pass over all tasks, then the parameters; returns the largest change of one. */
    double step() {
        double[] joint = new double[NODES * classes];
        double[] classCount = new double[classes];
        Arrays.fill(given, 0);
        Arrays.fill(givenRight, 0);
        double[] ofNode = new double[NODES];
        for (int task = 0; task < labels.tasks(); task++) {
            expect(task, joint);
            for (int node = 0; node < NODES; node++) {
                ofNode[node] = 0;
                for (int truth = 0; truth < classes; truth++) {
                    ofNode[node] += joint[node * classes + truth];
                    classCount[truth] += joint[node * classes + truth];
                }
            }
            int end = labels.start(task + 1);
            for (int position = labels.start(task); position < end; position++) {
                int row = labels.annotator(position) * NODES;
                int label = labels.label(position);
                for (int node = 0; node < NODES; node++) {
                    given[row + node] += ofNode[node];
                    givenRight[row + node] += joint[node * classes + label];
                }
            }
        }
        double change = improveSpread();
        for (int annotator = 0; annotator < ability.length; annotator++) {
            double before = ability[annotator];
            for (int repeat = 0; repeat < STEPS; repeat++) {
                improveAbility(annotator);
            }
            change = Math.max(change, Math.abs(ability[annotator] - before));
        }
        for (int truth = 0; truth < classes; truth++) {
            double updated = (classCount[truth] + 1) / (labels.tasks() + classes);
            change = Math.max(change, Math.abs(updated - prevalence[truth]));
            prevalence[truth] = updated;
        }
        fillTables();
        return change;
    }

    /**
     * One step for the logarithm of the spread, up the slope of the log-posterior; returns the change of the spread. The
     * slope is exact (expected counts give that of the observed data), the curvature comes from the last two slopes where
     * they show a summit: near a spread of 0 plain maximisation would creep.
     */
    private double improveSpread() {
        double spread = Math.exp(logSpread);
        double slope = 1 - precision * spread * spread;
        double curvature = 2 * precision * spread * spread;
        for (int annotator = 0; annotator < ability.length; annotator++) {
            for (int node = 0; node < NODES; node++) {
                int cell = annotator * NODES + node;
                double lever = ability[annotator] * ease[node] * logEase[node];
                slope += lever * (givenRight[cell] - given[cell] * right[cell]);
                curvature += lever * lever * given[cell] * right[cell] * (1 - right[cell]);
            }
        }
        double observed = -(slope - slopeBefore) / (logSpread - logSpreadBefore);
        double move = slope / (observed > 0 && observed < curvature ? observed : curvature);
        logSpreadBefore = logSpread;
        slopeBefore = slope;
        logSpread =
                Math.min(logSpread + Math.clamp(move, -LONGEST_STEP / 2, LONGEST_STEP / 2), Math.log(LARGEST_SPREAD));
        return Math.abs(Math.exp(logSpread) - spread);
    }

    private void improveAbility(int annotator) {
        double gradient = -precision * (ability[annotator] - 1);
        double curvature = precision;
        for (int node = 0; node < NODES; node++) {
            double rate = logistic(ability[annotator] * ease[node]);
            double count = given[annotator * NODES + node];
            gradient += ease[node] * (givenRight[annotator * NODES + node] - count * rate);
            curvature += ease[node] * ease[node] * count * rate * (1 - rate);
        }
        ability[annotator] += Math.clamp(gradient / curvature, -LONGEST_STEP, LONGEST_STEP);
    }

    private void fillTables() {
        for (int node = 0; node < NODES; node++) {
            logEase[node] = score[node] * Math.exp(logSpread);
            ease[node] = Math.exp(logEase[node]);
        }
        for (int annotator = 0; annotator < ability.length; annotator++) {
            for (int node = 0; node < NODES; node++) {
                double logOdds = ability[annotator] * ease[node];
                right[annotator * NODES + node] = logistic(logOdds);
                wrong[annotator * NODES + node] = logistic(-logOdds) / (classes - 1);
            }
        }
    }

    /**
     * Posterior of ease and truth of a task.
     *
     * @param joint to be filled, [node * classes + truth], sums to 1
     * @return log-likelihood of the task's labels
     */
    double expect(int task, double[] joint) {
        for (int node = 0; node < NODES; node++) {
            for (int truth = 0; truth < classes; truth++) {
                joint[node * classes + truth] = nodeWeight[node] * prevalence[truth];
            }
        }
        double logScale = 0;
        int end = labels.start(task + 1);
        for (int position = labels.start(task); position < end; position++) {
            int row = labels.annotator(position) * NODES;
            int label = labels.label(position);
            double total = 0;
            for (int node = 0; node < NODES; node++) {
                double ifWrong = wrong[row + node];
                for (int truth = 0; truth < classes; truth++) {
                    joint[node * classes + truth] *= truth == label ? right[row + node] : ifWrong;
                    total += joint[node * classes + truth];
                }
            }
            if (total < SMALL) {
                scale(joint, total);
                logScale += Math.log(total);
            }
        }
        double total = 0;
        for (double value : joint) {
            total += value;
        }
        scale(joint, total);
        return logScale + Math.log(total);
    }

    private static void scale(double[] values, double divisor) {
        for (int index = 0; index < values.length; index++) {
            values[index] /= divisor;
        }
    }

    double precision() {
        return precision;
    }

    double ability(int annotator) {
        return ability[annotator];
    }

    double spread() {
        return Math.exp(logSpread);
    }

    double[] prevalence() {
        return prevalence.clone();
    }

    double logEase(int node) {
        return logEase[node];
    }

    double ease(int node) {
        return ease[node];
    }

    double probabilityRight(int annotator, int node) {
        return right[annotator * NODES + node];
    }

    private static double logistic(double x) {
        return 1 / (1 + Math.exp(-x));
    }
}
