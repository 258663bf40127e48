package org.diptych.reward;

/** Follows a training run; throws {@link TrainingCancelledException} to stop it. */
@FunctionalInterface
public interface TrainingListener {

    /** Hears nothing and never cancels. */
    TrainingListener SILENT = progress -> {};

    /** Called now and then from the training thread. */
    void progressed(TrainingProgress progress);
}
