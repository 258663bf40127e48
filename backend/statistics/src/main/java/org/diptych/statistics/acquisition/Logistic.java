package org.diptych.statistics.acquisition;

/** The logistic function. */
public final class Logistic {
    private Logistic() {}

    /** 1 / (1 + e^-x): the probability that goes with log-odds. */
    public static double sigmoid(double logOdds) {
        return 1 / (1 + Math.exp(-logOdds));
    }
}
