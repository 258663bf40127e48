package org.diptych.statistics.ranking;

/**
 * Log-probability of an outcome given the advantage d of the left item (strength difference plus position bias, in
 * log-odds) and a tie parameter t, with first and second derivatives. All are concave in (d, t).
 */
interface PairLikelihood {

    /** Value and derivatives of one evaluation; reused to spare allocation. */
    final class Point {
        double logProbability;
        double byAdvantage;
        double byTie;
        double byAdvantageTwice;
        double byAdvantageAndTie;
        double byTieTwice;

        /** The same evaluation so many times. */
        void times(double weight) {
            logProbability *= weight;
            byAdvantage *= weight;
            byTie *= weight;
            byAdvantageTwice *= weight;
            byAdvantageAndTie *= weight;
            byTieTwice *= weight;
        }
    }

    /** Whether t exists. */
    boolean hasTieParameter();

    /** A feasible t to start from. */
    double initialTie();

    boolean isFeasible(double tie);

    /** @param outcome 1 = left, 0 = tie, -1 = right */
    void evaluate(double advantage, double tie, int outcome, Point point);

    /** log(1 / (1 + e^-x)) without overflow. */
    static double logLogistic(double x) {
        return Math.min(x, 0) - Math.log1p(Math.exp(-Math.abs(x)));
    }

    static double logistic(double x) {
        return 1 / (1 + Math.exp(-x));
    }
}
