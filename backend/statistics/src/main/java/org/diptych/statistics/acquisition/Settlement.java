package org.diptych.statistics.acquisition;

/**
 * Whether more opinions would settle what a pair's verdict is. Each of the three verdicts may be the true one; an annotator
 * names the true one with probability {@code reliability}, else one of the other two alike (one-coin Dawid-Skene with known
 * reliability). A pair is settled when the posterior of one verdict reaches {@code certainty}; a tie can be settled as well.
 *
 * <p>Two annotators who contradict each other leave a pair open that a third one decides, if annotators are good: with
 * three verdicts and reliability .9 the third opinion brings its side to about .95. With reliability .75 it brings it to
 * .86, so where three opinions are the limit nothing would be settled, and asking again would buy a coin flip.
 *
 * @param reliability ⅓ … 1, exclusive of both
 * @param certainty ½ … 1, exclusive of both
 */
public record Settlement(double reliability, double certainty) {
    /** The posterior at which a verdict stands. */
    public static final double CERTAINTY = .9;

    private static final int VERDICTS = 3;
    /** Opinions that are looked ahead at most: 3^6 continuations. */
    private static final int FARTHEST = 6;

    /** Checks the parameters. */
    public Settlement {
        if (!(reliability > 1.0 / VERDICTS && reliability < 1 && certainty > .5 && certainty < 1)) {
            throw new IllegalArgumentException("Reliability %s must lie in (1/3, 1) and certainty %s in (.5, 1)"
                    .formatted(reliability, certainty));
        }
    }

    /**
     * Probability that the pair is settled now or by one of the next opinions.
     *
     * @param prior probability of first, tie and second before any opinion, e.g. the model's
     * @param votes opinions so far for each
     * @param more most further opinions
     */
    public double probability(double[] prior, int[] votes, int more) {
        if (prior.length != VERDICTS || votes.length != VERDICTS) {
            throw new IllegalArgumentException("Three verdicts are needed: first, tie, second");
        }
        if (!(prior[0] >= 0 && prior[1] >= 0 && prior[2] >= 0 && prior[0] + prior[1] + prior[2] > 0)) {
            throw new IllegalArgumentException("No probabilities: %s, %s, %s".formatted(prior[0], prior[1], prior[2]));
        }
        double[] posterior = normalised(prior);
        for (int verdict = 0; verdict < VERDICTS; verdict++) {
            for (int vote = 0; vote < votes[verdict]; vote++) {
                // at every vote: hundreds of them together would leave nothing of single probabilities
                posterior = normalised(after(posterior, verdict));
            }
        }
        return settled(posterior, Math.min(more, FARTHEST));
    }

    private double settled(double[] posterior, int more) {
        if (Math.max(posterior[0], Math.max(posterior[1], posterior[2])) >= certainty) {
            return 1;
        }
        if (more == 0) {
            return 0;
        }
        double sum = 0;
        for (int verdict = 0; verdict < VERDICTS; verdict++) {
            double[] next = after(posterior, verdict);
            double probability = next[0] + next[1] + next[2];
            sum += probability * settled(normalised(next), more - 1);
        }
        return sum;
    }

    /** Prior times likelihood of one more opinion; the sum is the opinion's own probability. */
    private double[] after(double[] before, int opinion) {
        var result = new double[VERDICTS];
        for (int truth = 0; truth < VERDICTS; truth++) {
            result[truth] = before[truth] * (truth == opinion ? reliability : (1 - reliability) / (VERDICTS - 1));
        }
        return result;
    }

    private static double[] normalised(double[] values) {
        double sum = values[0] + values[1] + values[2];
        return new double[] {values[0] / sum, values[1] / sum, values[2] / sum};
    }
}
