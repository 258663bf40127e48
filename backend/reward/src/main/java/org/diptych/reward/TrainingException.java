package org.diptych.reward;

/** A training run stopped; no model was made, and what was there before stays. */
public class TrainingException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public TrainingException(String message) {
        super(message);
    }
}
