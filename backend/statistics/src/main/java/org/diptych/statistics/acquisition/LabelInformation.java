package org.diptych.statistics.acquisition;

/**
 * What one more label of a pair is worth when annotators err and pairs have a truth of their own.
 *
 * <p>An annotator gives a careful verdict with probability {@code reliability}, else the opposite one. A pair's true
 * margin is w' x + b with b ~ N(0, spread²): the part that no feature explains. All labels of a pair share its b, so k of
 * them carry about w only {@code 1 / (spread² + 1 / (k h))}, which cannot exceed 1 / spread² however many opinions are
 * bought, while a new pair brings a new b. h is the Fisher information of one noisy label, {@code (2 r - 1)² (p (1 - p))²
 * / (p' (1 - p'))} with p' = r p + (1 - r) (1 - p).
 *
 * <p>That is the information in a choice between two. Where annotators grade both candidates, a pair whose winner is clear
 * still says how far apart the two are: its labels carry as much as those of an even pair, whatever p.
 *
 * @param reliability ½ … 1; ½ is a coin
 * @param spread standard deviation of b, 0 or more
 * @param graded whether annotators grade both candidates
 */
public record LabelInformation(double reliability, double spread, boolean graded) {
    /** Annotators who never err, pairs whose truth is all in the features. */
    public static final LabelInformation CAREFUL = new LabelInformation(1, 0);

    /** For a choice between two. */
    public LabelInformation(double reliability, double spread) {
        this(reliability, spread, false);
    }

    /** Checks the parameters. */
    public LabelInformation {
        if (!(reliability >= .5 && reliability <= 1) || !(spread >= 0 && spread < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("Reliability %s must lie in .5 … 1 and spread %s must not be negative"
                    .formatted(reliability, spread));
        }
    }

    /** Fisher information about the margin in one label of a pair with this P(first); ties counted half. */
    public double oneLabel(double win) {
        double p = graded ? .5 : win;
        double careful = p * (1 - p);
        if (careful == 0) {
            return 0;
        }
        double slope = 2 * reliability - 1;
        double noisy = reliability * p + (1 - reliability) * (1 - p);
        return slope * slope * careful * careful / (noisy * (1 - noisy));
    }

    /** Information about the weights' margin in {@code labels} labels of one pair. */
    public double information(double p, double labels) {
        double all = labels * oneLabel(p);
        return all / (1 + spread * spread * all);
    }

    /** What the next label adds to {@code labels} earlier ones. */
    public double nextLabel(double p, int labels) {
        return Math.max(0, information(p, labels + 1.0) - information(p, labels));
    }
}
