package org.diptych.statistics.agreement;

import java.util.random.RandomGenerator;

/**
 * Exact binomial random numbers for parameters that change with every draw: sequential inversion for a small mean, else
 * transformed rejection (Hörmann, "The generation of binomial random variates", J. Stat. Comput. Simul. 46, 1993,
 * algorithm BTRS), whose time does not grow with the number of trials.
 */
final class BinomialSampler {
    private static final double REJECTION_FROM_MEAN = 10;

    private BinomialSampler() {}

    /** Number of successes in so many trials of this probability. */
    static long sample(RandomGenerator random, long trials, double probability) {
        if (trials == 0 || probability <= 0) {
            return 0;
        }
        if (probability >= 1) {
            return trials;
        }
        if (probability > 0.5) {
            return trials - sampleLower(random, trials, 1 - probability);
        }
        return sampleLower(random, trials, probability);
    }

    private static long sampleLower(RandomGenerator random, long trials, double probability) {
        return trials * probability < REJECTION_FROM_MEAN
                ? inversion(random, trials, probability)
                : rejection(random, trials, probability);
    }

    private static long inversion(RandomGenerator random, long trials, double probability) {
        var odds = probability / (1 - probability);
        var density = Math.exp(trials * Math.log1p(-probability));
        var uniform = random.nextDouble();
        long successes = 0;
        while (uniform > density && successes < trials) {
            uniform -= density;
            successes++;
            density *= odds * (trials - successes + 1) / successes;
        }
        return successes;
    }

    private static long rejection(RandomGenerator random, long trials, double probability) {
        var deviation = Math.sqrt(trials * probability * (1 - probability));
        var b = 1.15 + 2.53 * deviation;
        var a = -0.0873 + 0.0248 * b + 0.01 * probability;
        var centre = trials * probability + 0.5;
        var quickAcceptance = 0.92 - 4.2 / b;
        while (true) {
            var uniform = random.nextDouble() - 0.5;
            var height = random.nextDouble();
            var tail = 0.5 - Math.abs(uniform);
            var successes = (long) Math.floor((2 * a / tail + b) * uniform + centre);
            if (tail >= 0.07 && height <= quickAcceptance) {
                return successes;
            }
            if (successes >= 0 && successes <= trials) {
                var alpha = (2.83 + 5.1 / b) * deviation;
                var logHeight = Math.log(height * alpha / (a / (tail * tail) + b));
                if (logHeight <= logDensityRatio(trials, probability, successes)) {
                    return successes;
                }
            }
        }
    }

    /** Logarithm of the density at {@code successes} over the density at the mode. */
    private static double logDensityRatio(long trials, double probability, long successes) {
        var odds = probability / (1 - probability);
        var mode = (long) Math.floor((trials + 1) * probability);
        return (mode + 0.5) * Math.log((mode + 1) / (odds * (trials - mode + 1)))
                + (trials + 1.0) * Math.log((trials - mode + 1.0) / (trials - successes + 1))
                + (successes + 0.5) * Math.log(odds * (trials - successes + 1) / (successes + 1))
                + stirlingRemainder(mode)
                + stirlingRemainder(trials - mode)
                - stirlingRemainder(successes)
                - stirlingRemainder(trials - successes);
    }

    private static final double[] SMALL_REMAINDERS = {
        0.08106146679532726, 0.04134069595540929, 0.02767792568499834, 0.02079067210376509, 0.01664469118982119,
        0.01387612882307075, 0.01189670994589177, 0.01041126526197209, 0.009255462182712733, 0.008330563433362871
    };

    /** {@code log k!} less Stirling's approximation {@code (k + 1/2) log(k + 1) - (k + 1) + log √(2π)}. */
    private static double stirlingRemainder(long number) {
        if (number < SMALL_REMAINDERS.length) {
            return SMALL_REMAINDERS[(int) number];
        }
        var next = number + 1.0;
        return (1.0 / 12 - (1.0 / 360 - 1.0 / 1260 / (next * next)) / (next * next)) / next;
    }
}
