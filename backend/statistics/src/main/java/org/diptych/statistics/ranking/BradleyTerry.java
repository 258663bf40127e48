package org.diptych.statistics.ranking;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.diptych.statistics.annotator.Convergence;
import org.diptych.statistics.annotator.CredibleInterval;
import org.diptych.statistics.annotator.Fit;
import org.diptych.statistics.annotator.Stopping;
import org.ejml.data.DMatrixRMaj;

/**
 * Bradley-Terry and its extensions by ties, all annotators alike: the mode of the posterior by Newton's method, so that
 * the gradient is 0 at the result, and intervals from the second derivatives there. Memory and time grow with the square
 * and cube of the number of items: meant for up to {@value #MOST_ITEMS}.
 *
 * @param ties what a tie says
 * @param withPositionBias whether to fit a bias towards the left side of the screen
 */
public record BradleyTerry(TieModel ties, boolean withPositionBias, PairPrior prior, Stopping stopping) {

    static final int MOST_ITEMS = 3_000;

    /** In log-odds; an interval this wide says that the data do not determine the strength at all. */
    private static final double WIDEST_INTERVAL = 1e4;

    public BradleyTerry {
        Objects.requireNonNull(ties);
        Objects.requireNonNull(prior);
        Objects.requireNonNull(stopping);
    }

    /** With a weak prior and position bias. */
    public BradleyTerry(TieModel ties) {
        this(ties, true, PairPrior.WEAK, new Stopping(100, 1e-8));
    }

    /**
     * Without a prior the fit does not converge when an item has won or lost every comparison, or when the items fall
     * into groups that were never compared.
     *
     * @throws IllegalArgumentException when there are no or too many items, or when a tie model without a prior is to be
     *     fitted to comparisons that do not contain both ties and decisions
     */
    public Fit<Ranking> fit(Comparisons comparisons) {
        checkItems(comparisons.items());
        if (ties.hasTieParameter() && prior.imaginedTies() == 0 && !hasTiesAndDecisions(comparisons)) {
            throw new IllegalArgumentException(
                    "Without imagined ties %s needs at least one tie and one decision".formatted(ties));
        }
        var posterior = new PairPosterior(comparisons, ties, withPositionBias, prior);
        var summit = climb(posterior, posterior.start());
        var ranking = ranking(posterior, summit.position());
        double change = summit.lastChange();
        var convergence = new Convergence(
                summit.steps(), change, stopping.tolerance(), posterior.logLikelihood(summit.position()));
        boolean bounded =
                ranking.strengths().stream().allMatch(strength -> strength.high() - strength.low() < WIDEST_INTERVAL);
        if (change == Double.POSITIVE_INFINITY || !bounded) {
            return new Fit.NotConverged<>(
                    ranking,
                    convergence,
                    "the likelihood has no unique finite maximum: an item has won or lost everything, or groups of"
                            + " items were never compared; use a prior");
        }
        return Fit.of(ranking, convergence);
    }

    /**
     * The mode alone, from a start that is near it.
     *
     * @return strengths, then the position bias and the tie parameter where there are any; empty without convergence
     */
    Optional<double[]> mode(Comparisons comparisons, double[] start) {
        var summit = climb(new PairPosterior(comparisons, ties, withPositionBias, prior), start);
        return summit.lastChange() <= stopping.tolerance() ? Optional.of(summit.position()) : Optional.empty();
    }

    private Summit climb(PairPosterior posterior, double[] start) {
        var ascent = new Ascent(posterior, posterior.items(), start);
        double change = Double.POSITIVE_INFINITY;
        int steps = 0;
        while (steps < stopping.maximumIterations() && change > stopping.tolerance()) {
            change = ascent.step();
            steps++;
            if (change == Double.POSITIVE_INFINITY) {
                break;
            }
        }
        return new Summit(ascent.position(), steps, change);
    }

    private record Summit(double[] position, int steps, double lastChange) {}

    static void checkItems(int items) {
        if (items < 2 || items > MOST_ITEMS) {
            throw new IllegalArgumentException("Can rank 2 to %d items, not %d".formatted(MOST_ITEMS, items));
        }
    }

    private static boolean hasTiesAndDecisions(Comparisons comparisons) {
        boolean decision = false;
        for (int row = 0; row < comparisons.size(); row++) {
            decision |= comparisons.outcome(row) != 0;
        }
        return decision && comparisons.hasTie();
    }

    private Ranking ranking(PairPosterior posterior, double[] position) {
        var information = new DMatrixRMaj(position.length, position.length);
        posterior.evaluate(position, new double[position.length], information);
        double[] errors = Ascent.standardErrors(information, posterior.items());
        List<CredibleInterval> strengths = new ArrayList<>();
        for (int item = 0; item < posterior.items(); item++) {
            strengths.add(CredibleInterval.of(position[item], errors[item]));
        }
        Optional<CredibleInterval> bias = withPositionBias
                ? Optional.of(CredibleInterval.of(posterior.bias(position), errors[posterior.items()]))
                : Optional.empty();
        return new Ranking(ties, strengths, bias, posterior.tie(position));
    }
}
