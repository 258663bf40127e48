package org.diptych.statistics.evaluation;

import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.DoubleStream;

/**
 * Rank correlation of scores with human ratings inside groups (per editing model, or per instruction) and pooled.
 *
 * @param byGroup Spearman's rho of each group
 * @param undefinedGroups how many of them are undefined and left out of the means
 * @param mean plain mean of the defined rhos
 * @param fisherMean {@code tanh(mean(artanh rho))} over the defined groups; undefined when a group correlates perfectly,
 *     where the transformation is infinite
 * @param editRewardMean the published plain mean of rho: undefined as soon as one group is
 * @param editRewardTanhOfMean the published "Fisher average" of ImagenHub: {@code tanh(mean rho)}, though no artanh was
 *     applied before. Biased towards 0; here only to be compared with. Undefined as soon as one group is
 * @param pooled one rho over all values
 * @param pooledStandardised one rho over all values after scaling the scores of each group to mean 0 and standard
 *     deviation 1 (groups of one left out): the second published variant
 */
public record GroupedSpearman(
        Map<String, Measure> byGroup,
        int undefinedGroups,
        Measure mean,
        Measure fisherMean,
        Measure editRewardMean,
        Measure editRewardTanhOfMean,
        Measure pooled,
        Measure pooledStandardised) {

    /** Below this standard deviation the published code takes a group's scores for constant. */
    private static final double CONSTANT = 1e-6;

    /**
     * Scores and human ratings of one group, in the same order.
     *
     * @param name unique among the groups
     */
    @SuppressWarnings("ArrayRecordComponent") // a carrier of input, never compared
    public record Group(String name, double[] score, double[] human) {}

    /** @throws IllegalArgumentException when two groups have the same name or lengths differ */
    public static GroupedSpearman of(List<Group> groups) {
        Map<String, Measure> byGroup = new TreeMap<>();
        for (Group group : groups) {
            if (byGroup.put(group.name(), RankCorrelation.spearman(group.score(), group.human())) != null) {
                throw new IllegalArgumentException("There are two groups named " + group.name());
            }
        }
        double[] defined = defined(byGroup.values());
        int undefined = byGroup.size() - defined.length;
        Measure mean = mean(defined);
        Measure publishedMean = undefined > 0
                ? Measure.undefined(undefined + " of " + byGroup.size()
                        + " groups are undefined, which the published mean does not survive")
                : mean;
        List<Group> several =
                groups.stream().filter(group -> group.score().length > 1).toList();
        return new GroupedSpearman(
                Collections.unmodifiableMap(byGroup),
                undefined,
                mean,
                fisher(defined, mean),
                publishedMean,
                publishedMean.map(Math::tanh),
                RankCorrelation.spearman(
                        groups.stream()
                                .flatMapToDouble(group -> Arrays.stream(group.score()))
                                .toArray(),
                        ratings(groups)),
                RankCorrelation.spearman(
                        several.stream()
                                .flatMapToDouble(group -> standardised(group.score()))
                                .toArray(),
                        ratings(several)));
    }

    /** {@link #mean} alone, for resamples. */
    static Measure meanOf(List<Group> groups) {
        return mean(correlations(groups));
    }

    /** {@link #fisherMean} alone, for resamples. */
    static Measure fisherMeanOf(List<Group> groups) {
        double[] defined = correlations(groups);
        return fisher(defined, mean(defined));
    }

    private static double[] correlations(List<Group> groups) {
        return defined(groups.stream()
                .map(group -> RankCorrelation.spearman(group.score(), group.human()))
                .toList());
    }

    private static double[] defined(Collection<Measure> correlations) {
        return correlations.stream()
                .filter(Measure.Defined.class::isInstance)
                .mapToDouble(Measure::orElseThrow)
                .toArray();
    }

    private static Measure mean(double[] defined) {
        return Measure.share(Arrays.stream(defined).sum(), defined.length, "no group has a defined correlation");
    }

    private static double[] ratings(List<Group> groups) {
        return groups.stream()
                .flatMapToDouble(group -> Arrays.stream(group.human()))
                .toArray();
    }

    private static Measure fisher(double[] correlations, Measure mean) {
        if (Arrays.stream(correlations).anyMatch(rho -> Math.abs(rho) == 1)) {
            return Measure.undefined("a group correlates perfectly, where Fisher's transformation is infinite");
        }
        double sum = Arrays.stream(correlations)
                .map(rho -> 0.5 * (Math.log1p(rho) - Math.log1p(-rho)))
                .sum();
        return mean.map(any -> Math.tanh(sum / correlations.length));
    }

    private static DoubleStream standardised(double[] values) {
        double mean = Arrays.stream(values).average().orElseThrow();
        double deviation = Math.sqrt(Arrays.stream(values)
                .map(value -> (value - mean) * (value - mean))
                .average()
                .orElseThrow());
        return Arrays.stream(values).map(value -> deviation > CONSTANT ? (value - mean) / deviation : 0);
    }
}
