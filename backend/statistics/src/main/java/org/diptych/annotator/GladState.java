package org.diptych.annotator;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The moving parts of a {@link Glad} fit. */
final class GladState {

    private final LabelTable labels;
    private final int classes;
    private final double precision;
    private final double longestStep;
    private final double logWrongClasses;
    private final double[] ability;
    private final double[] logEase;
    private final double[] prevalence;
    private final double[] gradient;
    private final double[] information;
    private final double[] truth;

    GladState(LabelTable labels, double precision, double longestStep) {
        this.labels = labels;
        this.classes = labels.classes();
        this.precision = precision;
        this.longestStep = longestStep;
        this.logWrongClasses = Math.log(classes - 1);
        this.ability = new double[labels.annotators()];
        this.logEase = new double[labels.tasks()];
        this.prevalence = new double[classes];
        this.gradient = new double[labels.annotators()];
        this.information = new double[labels.annotators()];
        this.truth = new double[classes];
        Arrays.fill(ability, 1);
        Arrays.fill(prevalence, 1.0 / classes);
    }

    /** One pass over all tasks, then the abilities; returns the largest change of a parameter. */
    double step() {
        double change = 0;
        double[] classCount = new double[classes];
        for (int annotator = 0; annotator < ability.length; annotator++) {
            gradient[annotator] = -precision * (ability[annotator] - 1);
            information[annotator] = precision;
        }
        for (int task = 0; task < labels.tasks(); task++) {
            expectTruth(task, Math.exp(logEase[task]));
            for (int label = 0; label < classes; label++) {
                classCount[label] += truth[label];
            }
            change = Math.max(change, moveEase(task));
            addToAbilities(task, Math.exp(logEase[task]));
        }
        for (int annotator = 0; annotator < ability.length; annotator++) {
            double move = limited(gradient[annotator] / information[annotator]);
            ability[annotator] += move;
            change = Math.max(change, Math.abs(move));
        }
        for (int label = 0; label < classes; label++) {
            double updated = (classCount[label] + 1) / (labels.tasks() + classes);
            change = Math.max(change, Math.abs(updated - prevalence[label]));
            prevalence[label] = updated;
        }
        return change;
    }

    /**
     * Posterior of the truth, into {@link #truth}. Against a wrong label, a label for a class multiplies its odds by
     * (classes - 1) exp(ability * ease).
     */
    private void expectTruth(int task, double ease) {
        for (int label = 0; label < classes; label++) {
            truth[label] = Math.log(prevalence[label]);
        }
        int end = labels.start(task + 1);
        for (int position = labels.start(task); position < end; position++) {
            truth[labels.label(position)] += ability[labels.annotator(position)] * ease + logWrongClasses;
        }
        double highest = Double.NEGATIVE_INFINITY;
        for (double score : truth) {
            highest = Math.max(highest, score);
        }
        double total = 0;
        for (int label = 0; label < classes; label++) {
            truth[label] = Math.exp(truth[label] - highest);
            total += truth[label];
        }
        for (int label = 0; label < classes; label++) {
            truth[label] /= total;
        }
    }

    private double moveEase(int task) {
        double ease = Math.exp(logEase[task]);
        double slope = -precision * logEase[task];
        double curvature = precision;
        int end = labels.start(task + 1);
        for (int position = labels.start(task); position < end; position++) {
            double logOdds = ability[labels.annotator(position)] * ease;
            double right = logistic(logOdds);
            slope += (truth[labels.label(position)] - right) * logOdds;
            curvature += logOdds * logOdds * right * (1 - right);
        }
        double move = limited(slope / curvature);
        logEase[task] += move;
        return Math.abs(move);
    }

    private void addToAbilities(int task, double ease) {
        int end = labels.start(task + 1);
        for (int position = labels.start(task); position < end; position++) {
            int annotator = labels.annotator(position);
            double right = logistic(ability[annotator] * ease);
            gradient[annotator] += (truth[labels.label(position)] - right) * ease;
            information[annotator] += ease * ease * right * (1 - right);
        }
    }

    private double limited(double move) {
        return Math.clamp(move, -longestStep, longestStep);
    }

    private static double logistic(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    Glad.Result result() {
        double[] posterior = new double[labels.tasks() * classes];
        var reliability =
                new ReliabilityEstimator(ability.length, labels.size(), labels::annotator, ReliabilityPrior.WEAK);
        double[] observed = new double[ability.length];
        Arrays.fill(observed, precision);
        for (int task = 0; task < labels.tasks(); task++) {
            double ease = Math.exp(logEase[task]);
            expectTruth(task, ease);
            System.arraycopy(truth, 0, posterior, task * classes, classes);
            for (int position = labels.start(task); position < labels.start(task + 1); position++) {
                int annotator = labels.annotator(position);
                double right = truth[labels.label(position)];
                reliability.set(position, right);
                double surprise = ease * (right - logistic(ability[annotator] * ease));
                observed[annotator] += surprise * surprise;
            }
        }
        List<CredibleInterval> abilities = new ArrayList<>();
        for (int annotator = 0; annotator < ability.length; annotator++) {
            abilities.add(CredibleInterval.of(ability[annotator], 1 / Math.sqrt(observed[annotator])));
        }
        var consensus = new Consensus(classes, posterior, prevalence.clone(), reliability.estimates());
        return new Glad.Result(consensus, List.copyOf(abilities), logEase.clone());
    }

    double logLikelihood() {
        double sum = 0;
        for (int task = 0; task < labels.tasks(); task++) {
            double ease = Math.exp(logEase[task]);
            double[] score = new double[classes];
            double allWrong = 0;
            for (int position = labels.start(task); position < labels.start(task + 1); position++) {
                double logOdds = ability[labels.annotator(position)] * ease;
                score[labels.label(position)] += logOdds + logWrongClasses;
                // log of the probability of one particular wrong class
                allWrong -= Math.max(logOdds, 0) + Math.log1p(Math.exp(-Math.abs(logOdds))) + logWrongClasses;
            }
            double highest = Arrays.stream(score).max().orElse(0);
            double total = 0;
            for (int label = 0; label < classes; label++) {
                total += prevalence[label] * Math.exp(score[label] - highest);
            }
            sum += allWrong + highest + Math.log(total);
        }
        return sum;
    }
}
