package org.diptych.reward;

/** The listener asked to stop. */
public class TrainingCancelledException extends TrainingException {

    private static final long serialVersionUID = 1L;

    TrainingCancelledException(String message) {
        super(message);
    }
}
