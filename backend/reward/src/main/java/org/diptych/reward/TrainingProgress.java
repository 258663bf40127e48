package org.diptych.reward;

/**
 * How far a training run is.
 *
 * @param phase what is going on
 * @param step steps done in this phase
 * @param steps steps of this phase in all
 * @param loss mean negative log-likelihood of a label's answers over the last batch, in nats
 * @param validationLoss the same on labels that were held out; NaN where nothing is held out
 */
public record TrainingProgress(Phase phase, int step, int steps, double loss, double validationLoss) {

    /** Parts of a training run. */
    public enum Phase {
        /** Prior strengths are chosen by grouped cross-validation. */
        SELECTING,
        /** The ensemble is fitted to all labels. */
        FITTING
    }
}
