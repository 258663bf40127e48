package org.diptych.statistics.annotator;

import java.util.List;
import java.util.Objects;

/**
 * GLAD (Whitehill, Ruvolo, Wu, Bergsma, Movellan, NIPS 2009): annotator a labels task i right with probability
 * {@code logistic(ability_a * exp(logEase_i))}, wrong labels are evenly spread. Tells hard tasks from poor annotators.
 *
 * <p>Log-eases are normal with mean 0 and a spread that is fitted too: where all tasks are alike it goes to 0 and the model
 * to {@link OneCoin}. Abilities have a normal prior with mean 1, the spread a half-normal one (its mode is sought on the
 * logarithmic scale, away from 0). Unlike in the original, the ease of a task is summed out together with its truth (on a
 * grid), not set to its most probable value: three labels do not determine an ease, and a posterior that pretends they do is
 * overconfident.
 *
 * @param priorDeviation standard deviation of the abilities' prior and scale of the spread's, above 0
 */
public record Glad(double priorDeviation, Stopping stopping) implements AnnotatorModel {

    public Glad {
        Objects.requireNonNull(stopping);
        if (!(priorDeviation > 0)) {
            throw new IllegalArgumentException("The prior's standard deviation must be above 0, not " + priorDeviation);
        }
    }

    /** Priors of scale 1. */
    public Glad() {
        this(1, Stopping.STANDARD);
    }

    /**
     * A consensus with the abilities and eases behind it.
     *
     * @param consensus truth and probability of a right label
     * @param ability by annotator; 0 = guessing, negative = adversarial
     * @param logEase posterior mean by task; the higher, the easier
     * @param spread standard deviation of the log-eases
     */
    @SuppressWarnings("ArrayRecordComponent") // a carrier of output, never compared
    public record Result(Consensus consensus, List<CredibleInterval> ability, double[] logEase, double spread) {}

    @Override
    public Fit<Consensus> consensus(LabelTable labels) {
        return fit(labels).map(Result::consensus);
    }

    /** Truth, abilities and eases. */
    public Fit<Result> fit(LabelTable labels) {
        var state = new GladState(labels, priorDeviation);
        double change = Double.POSITIVE_INFINITY;
        int iteration = 0;
        while (iteration < stopping.maximumIterations() && change > stopping.tolerance()) {
            change = state.step();
            iteration++;
        }
        var summary = new GladSummary(labels, state);
        return Fit.of(
                summary.result(), new Convergence(iteration, change, stopping.tolerance(), summary.logLikelihood()));
    }
}
