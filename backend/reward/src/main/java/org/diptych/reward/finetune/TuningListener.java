package org.diptych.reward.finetune;

/** Follows the tuning; throws to stop it, and the last checkpoint stays. */
@FunctionalInterface
public interface TuningListener {

    /** Hears nothing. */
    TuningListener SILENT = (step, steps, loss) -> {};

    /**
     * Called after every step.
     *
     * @param step steps done
     * @param steps steps of the whole tuning
     * @param loss mean loss of the step's labels
     */
    void progressed(int step, int steps, double loss);
}
