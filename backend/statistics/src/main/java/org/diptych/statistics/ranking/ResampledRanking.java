package org.diptych.statistics.ranking;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.diptych.statistics.annotator.CredibleInterval;
import org.diptych.statistics.annotator.Fit;

/**
 * A ranking with 95 % percentile intervals from a bootstrap over groups: the model is fitted again to groups drawn with
 * replacement. Unlike the second derivatives of the likelihood it needs no independent comparisons, and stays right under
 * weights. But resamples of an item that has won or lost everything all say the same, and there the derivatives know more:
 * each end is the wider one of the two.
 *
 * @param ranking strengths, tie parameter and position bias as fitted
 * @param strengths by item, in log-odds against the mean item
 * @param preferred by item: probability that it is preferred to an item of mean strength, a tie counting half
 * @param ranks by item, 1 for the strongest; the interval covers 95 % of the resamples
 * @param positionBias log-odds by which the left side is favoured; empty when it was not part of the model
 */
public record ResampledRanking(
        Ranking ranking,
        List<CredibleInterval> strengths,
        List<CredibleInterval> preferred,
        List<CredibleInterval> ranks,
        Optional<CredibleInterval> positionBias) {

    private static final double TAIL = 0.025;
    private static final int LEAST_REPLICATES = 100;

    /** Copies the lists. */
    public ResampledRanking {
        strengths = List.copyOf(strengths);
        preferred = List.copyOf(preferred);
        ranks = List.copyOf(ranks);
    }

    /**
     * Fits and resamples.
     *
     * @param model should have a prior: a resample may leave out the only defeat of an item
     * @param replicates number of resamples, {@value #LEAST_REPLICATES} or more
     * @return not converged where the model is not determined by the comparisons
     * @throws IllegalArgumentException when there are fewer replicates or fewer than two groups
     */
    public static Fit<ResampledRanking> of(
            GroupedComparisons comparisons, BradleyTerry model, int replicates, RandomGenerator random) {
        if (replicates < LEAST_REPLICATES || comparisons.groups() < 2) {
            throw new IllegalArgumentException("Need at least %d replicates of 2 groups, not %d of %d"
                    .formatted(LEAST_REPLICATES, replicates, comparisons.groups()));
        }
        return model.fit(comparisons.all()).map(ranking -> resampled(ranking, comparisons, model, replicates, random));
    }

    private static ResampledRanking resampled(
            Ranking ranking,
            GroupedComparisons comparisons,
            BradleyTerry model,
            int replicates,
            RandomGenerator random) {
        int items = comparisons.items();
        double[] start = start(ranking, items, model);
        double[][] strength = new double[items][replicates];
        double[][] rank = new double[items][replicates];
        double[] bias = new double[replicates];
        int done = 0;
        for (int replicate = 0; replicate < replicates; replicate++) {
            var position = model.mode(comparisons.times(draw(comparisons.blocks(), random)), start);
            if (position.isEmpty()) {
                continue;
            }
            var sample = sample(position.get(), items, model);
            int[] order = sample.order();
            for (int item = 0; item < items; item++) {
                strength[item][done] = sample.strength(item);
                rank[order[item]][done] = item + 1;
            }
            bias[done++] = model.withPositionBias() ? position.get()[items] : 0;
        }
        List<CredibleInterval> strengths = new ArrayList<>();
        List<CredibleInterval> shares = new ArrayList<>();
        List<CredibleInterval> ranks = new ArrayList<>();
        int[] order = ranking.order();
        int[] place = new int[items];
        for (int index = 0; index < items; index++) {
            place[order[index]] = index + 1;
        }
        for (int item = 0; item < items; item++) {
            var wide = wider(
                    interval(ranking.strength(item), strength[item], done),
                    ranking.strengths().get(item));
            strengths.add(wide);
            shares.add(new CredibleInterval(
                    ranking.preferredToMean(item), ranking.preferredAt(wide.low()), ranking.preferredAt(wide.high())));
            ranks.add(whole(place[item], rank[item], done));
        }
        int used = done;
        return new ResampledRanking(
                ranking,
                strengths,
                shares,
                ranks,
                ranking.positionBias().map(known -> wider(interval(known.estimate(), bias, used), known)));
    }

    private static double[] start(Ranking ranking, int items, BradleyTerry model) {
        double[] start = new double
                [items + (model.withPositionBias() ? 1 : 0) + (model.ties().hasTieParameter() ? 1 : 0)];
        for (int item = 0; item < items; item++) {
            start[item] = ranking.strength(item);
        }
        ranking.positionBias().ifPresent(bias -> start[items] = bias.estimate());
        if (model.ties().hasTieParameter()) {
            start[start.length - 1] = ranking.tieParameter();
        }
        return start;
    }

    private static Ranking sample(double[] position, int items, BradleyTerry model) {
        List<CredibleInterval> strengths = new ArrayList<>();
        for (int item = 0; item < items; item++) {
            strengths.add(new CredibleInterval(position[item], position[item], position[item]));
        }
        return new Ranking(
                model.ties(),
                strengths,
                Optional.empty(),
                model.ties().hasTieParameter() ? position[position.length - 1] : 0);
    }

    private static int[] draw(int blocks, RandomGenerator random) {
        int[] multiplicity = new int[blocks];
        for (int block = 0; block < blocks; block++) {
            multiplicity[random.nextInt(blocks)]++;
        }
        return multiplicity;
    }

    private static CredibleInterval interval(double estimate, double[] values, int used) {
        double[] sorted = Arrays.copyOf(values, used);
        Arrays.sort(sorted);
        return new CredibleInterval(estimate, quantile(sorted, TAIL), quantile(sorted, 1 - TAIL));
    }

    private static CredibleInterval wider(CredibleInterval one, CredibleInterval other) {
        return new CredibleInterval(
                one.estimate(), Math.min(one.low(), other.low()), Math.max(one.high(), other.high()));
    }

    /** Ranks are whole: the interval ends at ranks that occurred. */
    private static CredibleInterval whole(double estimate, double[] values, int used) {
        var interval = interval(estimate, values, used);
        return new CredibleInterval(estimate, Math.floor(interval.low()), Math.ceil(interval.high()));
    }

    private static double quantile(double[] sorted, double share) {
        if (sorted.length == 0) {
            return Double.NaN;
        }
        double place = share * (sorted.length - 1);
        int below = (int) place;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }
}
