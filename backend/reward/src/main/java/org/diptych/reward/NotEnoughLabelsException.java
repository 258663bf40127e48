package org.diptych.reward;

/** The training set is too small or one-sided; the message says how many labels of which kind are missing. */
public class NotEnoughLabelsException extends TrainingException {

    private static final long serialVersionUID = 1L;

    private final int missing;

    NotEnoughLabelsException(String message, int missing) {
        super(message);
        this.missing = missing;
    }

    /** How many labels are missing at least. */
    public int missing() {
        return missing;
    }
}
