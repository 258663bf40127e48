package org.diptych.service.campaign;

/** How a pair came into the queue. */
public enum Stratum {
    /** Drawn at random: unbiased measurement of agreement and accuracy. */
    UNIFORM,
    /** Open to be picked by the model. */
    ACQUIRED,
    /** Its answer is known: it checks annotators. */
    GOLD,
    /** It teaches annotators. */
    TRAINING
}
