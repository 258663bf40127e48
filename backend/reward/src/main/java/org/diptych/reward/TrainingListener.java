package org.diptych.reward;

/** Follows a training run. */
@FunctionalInterface
public interface TrainingListener {

    /** Hears nothing and never cancels. */
    TrainingListener SILENT = progress -> true;

    /**
     * Called now and then from the training thread.
     *
     * @return false to cancel the run
     */
    boolean progressed(TrainingProgress progress);
}
