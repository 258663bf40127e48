package org.diptych.statistics.ranking;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.diptych.statistics.annotator.CredibleInterval;

/** Fitted strengths of items, in log-odds, with mean 0. */
public final class Ranking {

    /**
     * Probabilities of the outcomes of one comparison; they sum to 1.
     *
     * @param tie 0 under Bradley-Terry
     */
    public record Outcome(double left, double tie, double right) {}

    private final TieModel ties;
    private final List<CredibleInterval> strengths;
    private final Optional<CredibleInterval> positionBias;
    private final double tieParameter;

    Ranking(
            TieModel ties,
            List<CredibleInterval> strengths,
            Optional<CredibleInterval> positionBias,
            double tieParameter) {
        this.ties = ties;
        this.strengths = List.copyOf(strengths);
        this.positionBias = positionBias;
        this.tieParameter = tieParameter;
    }

    /** By item; the intervals are relative to the mean item. */
    public List<CredibleInterval> strengths() {
        return strengths;
    }

    public double strength(int item) {
        return strengths.get(item).estimate();
    }

    /** Log-odds by which the left side is favoured; empty when it was not part of the model. */
    public Optional<CredibleInterval> positionBias() {
        return positionBias;
    }

    /** See {@link TieModel}; 0 under Bradley-Terry. */
    public double tieParameter() {
        return tieParameter;
    }

    /** Items from the strongest to the weakest; of equal ones the lower number first. */
    public int[] order() {
        return IntStream.range(0, strengths.size())
                .boxed()
                .sorted(Comparator.comparingDouble((Integer item) -> -strength(item)))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /** Probability that an unbiased annotator prefers an item to one of mean strength, a tie counting half. */
    public double preferredToMean(int item) {
        return preferredAt(strength(item));
    }

    /** The same of an item of any strength. */
    double preferredAt(double strength) {
        var outcome = outcome(strength);
        return outcome.left() + outcome.tie() / 2;
    }

    /** What an unbiased annotator would answer. */
    public Outcome outcome(int left, int right) {
        return outcome(strength(left) - strength(right));
    }

    /** What is to be expected on the screen, position bias included. */
    public Outcome outcomeOnScreen(int left, int right) {
        double bias = positionBias.map(CredibleInterval::estimate).orElse(0.0);
        return outcome(strength(left) - strength(right) + bias);
    }

    private Outcome outcome(double advantage) {
        var point = new PairLikelihood.Point();
        ties.evaluate(advantage, tieParameter, 1, point);
        double left = Math.exp(point.logProbability);
        ties.evaluate(advantage, tieParameter, -1, point);
        double right = Math.exp(point.logProbability);
        return new Outcome(left, Math.max(0, 1 - left - right), right);
    }
}
