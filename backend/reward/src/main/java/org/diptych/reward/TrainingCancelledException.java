package org.diptych.reward;

/** Whoever followed a training asked it to stop. */
public class TrainingCancelledException extends TrainingException {

    private static final long serialVersionUID = 1L;

    public TrainingCancelledException(String message) {
        super(message);
    }
}
