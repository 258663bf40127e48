package org.diptych.statistics.ranking;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.diptych.statistics.annotator.Convergence;
import org.diptych.statistics.annotator.CredibleInterval;
import org.diptych.statistics.annotator.Fit;
import org.diptych.statistics.annotator.ReliabilityPrior;
import org.diptych.statistics.annotator.Stopping;

/**
 * Crowd-BT (Chen, Bennett, Collins-Thompson, Horvitz, WSDM 2013): annotator k answers as Bradley-Terry says with
 * probability r_k and the other way round otherwise, {@code P_k(left) = r_k p + (1 - r_k)(1 - p)}. Fitted by
 * expectation-maximisation: which answers were turned round, then one Newton step for the strengths and the exact
 * reliabilities. A tie counts as half a win for each side and says nothing about the annotator.
 *
 * <p>Intervals of the strengths take the reliabilities as known, those of the reliabilities the strengths.
 *
 * @param prior of strengths and position bias; a strength precision above 0 is needed, since reliability and spread of
 *     the strengths can stand in for each other
 * @param reliability imagined answers of each annotator; more right than wrong ones, so that the ranking is not turned
 *     upside down
 */
public record CrowdBradleyTerry(
        boolean withPositionBias, PairPrior prior, ReliabilityPrior reliability, Stopping stopping) {

    public CrowdBradleyTerry {
        Objects.requireNonNull(stopping);
        if (prior.strengthPrecision() == 0) {
            throw new IllegalArgumentException("Crowd-BT needs a prior of the strengths");
        }
        if (reliability.right() <= reliability.wrong()) {
            throw new IllegalArgumentException("Crowd-BT needs a prior of more right than wrong answers");
        }
    }

    /** Weak priors (nine right answers to one wrong), with position bias. */
    public CrowdBradleyTerry() {
        this(true, PairPrior.WEAK, new ReliabilityPrior(9, 1, 0), Stopping.STANDARD);
    }

    /**
     * @param ranking of the items
     * @param reliability by annotator: probability not to turn an answer round
     */
    public record Result(Ranking ranking, List<CredibleInterval> reliability) {
        public Result {
            reliability = List.copyOf(reliability);
        }
    }

    /** @throws IllegalArgumentException when there are no or too many items */
    public Fit<Result> fit(Comparisons comparisons) {
        BradleyTerry.checkItems(comparisons.items());
        var crowd = new CrowdPosterior(comparisons, withPositionBias, prior, reliability);
        var ascent = new Ascent(crowd, comparisons.items(), new double[crowd.size()]);
        double change = Double.POSITIVE_INFINITY;
        int iteration = 0;
        while (iteration < stopping.maximumIterations() && change > stopping.tolerance()) {
            double moved = crowd.expect(ascent.position());
            ascent.refresh();
            change = Math.max(moved, ascent.step());
            iteration++;
        }
        return Fit.of(
                result(crowd, ascent.position()),
                new Convergence(iteration, change, stopping.tolerance(), crowd.logLikelihood(ascent.position())));
    }

    private Result result(CrowdPosterior crowd, double[] position) {
        double[] errors = Ascent.standardErrors(crowd.information(position), crowd.items());
        List<CredibleInterval> strengths = new ArrayList<>();
        for (int item = 0; item < crowd.items(); item++) {
            strengths.add(CredibleInterval.of(position[item], errors[item]));
        }
        Optional<CredibleInterval> bias = withPositionBias
                ? Optional.of(CredibleInterval.of(position[crowd.items()], errors[crowd.items()]))
                : Optional.empty();
        return new Result(new Ranking(TieModel.HALF_A_WIN, strengths, bias, 0), crowd.reliabilities(position));
    }
}
