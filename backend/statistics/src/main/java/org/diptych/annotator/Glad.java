package org.diptych.annotator;

import java.util.List;

/**
 * GLAD (Whitehill, Ruvolo, Wu, Bergsma, Movellan, NIPS 2009): annotator a labels task i right with probability
 * {@code logistic(ability_a * exp(ease_i))}, wrong labels are evenly spread. Tells hard tasks from poor annotators.
 *
 * <p>Abilities have a normal prior with mean 1 and log-eases one with mean 0, both of standard deviation
 * {@code priorDeviation}. Each iteration takes one pass: expectation of the task's truth, one scoring step for its ease,
 * then one for all abilities. With few labels a task the eases are mostly prior, and posteriors of unanimous tasks are
 * overconfident: prefer {@link OneCoin} when tasks are known to be alike.
 *
 * @param priorDeviation standard deviation of both priors, above 0
 */
public record Glad(double priorDeviation, Stopping stopping) implements AnnotatorModel {

    /** No step is longer than this, so that scoring cannot overshoot. */
    private static final double LONGEST_STEP = 1;

    public Glad {
        if (!(priorDeviation > 0)) {
            throw new IllegalArgumentException("The prior's standard deviation must be above 0, not " + priorDeviation);
        }
    }

    /** Standard normal priors, tolerance 1e-4. */
    public Glad() {
        this(1, new Stopping(1_000, 1e-4));
    }

    /**
     * A consensus with the abilities and eases behind it.
     *
     * @param consensus truth and probability of a right label
     * @param ability by annotator; 0 = guessing, negative = adversarial
     * @param logEase by task; the higher, the easier
     */
    @SuppressWarnings("ArrayRecordComponent") // a carrier of output, never compared
    public record Result(Consensus consensus, List<CredibleInterval> ability, double[] logEase) {}

    @Override
    public Fit<Consensus> consensus(LabelTable labels) {
        return fit(labels).map(Result::consensus);
    }

    /** Truth, abilities and eases. */
    public Fit<Result> fit(LabelTable labels) {
        var state = new GladState(labels, 1 / (priorDeviation * priorDeviation), LONGEST_STEP);
        double change = Double.POSITIVE_INFINITY;
        int iteration = 0;
        while (iteration < stopping.maximumIterations() && change > stopping.tolerance()) {
            change = state.step();
            iteration++;
        }
        Result result = state.result();
        return Fit.of(result, new Convergence(iteration, change, stopping.tolerance(), state.logLikelihood()));
    }
}
