package org.diptych.statistics.evaluation;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Scores against human ratings of single edits, as rank correlation (ImagenHub and AURORA-Bench as EditReward reads them,
 * arXiv 2509.26346).
 *
 * @param tanhOfMean inside each editing model. Published (ImagenHub): {@code tanh(mean rho)}, called a Fisher average.
 *     Corrected: {@code tanh(mean artanh rho)} over the models where rho is defined
 * @param mean inside each editing model. Published (AURORA-Bench): {@code mean rho}, undefined as soon as one model is.
 *     Corrected as before
 * @param meanOfDefined plain mean of rho over the models where it is defined
 * @param byModel rho of each editing model
 * @param undefinedModels models without a rho, which all corrected means leave out
 */
public record CorrelationBenchmark(
        SideBySide tanhOfMean,
        SideBySide mean,
        Measure meanOfDefined,
        SortedMap<String, SideBySide> byModel,
        int undefinedModels) {

    private static final Measure MAJORITY = Measure.undefined("a constant score has no rank correlation");
    private static final Measure RANDOM = Measure.of(0);

    /**
     * An edit with its human rating and its score.
     *
     * @param model the editing model
     * @param instruction what was asked
     * @param source the source image; edits of one source and instruction can be compared with each other
     */
    public record Rated(String model, String instruction, int source, double score, double human) {}

    public static CorrelationBenchmark of(List<Rated> ratings, Resampling resampling) {
        int[] sources = ratings.stream().mapToInt(Rated::source).toArray();
        GroupedSpearman models = GroupedSpearman.of(groups(ratings, Rated::model));
        Function<int[], Measure> fisher =
                places -> GroupedSpearman.fisherMeanOf(groups(select(ratings, places), Rated::model));
        Estimate interval = resampling.bootstrap().statistic(sources, fisher, resampling.random());
        SortedMap<String, SideBySide> byModel = new TreeMap<>();
        models.byGroup().forEach((name, rho) -> byModel.put(name, ofModel(name, rho, ratings, resampling)));
        return new CorrelationBenchmark(
                side(models.editRewardTanhOfMean(), models.fisherMean(), interval, sources),
                side(models.editRewardMean(), models.fisherMean(), interval, sources),
                models.mean(),
                Collections.unmodifiableSortedMap(byModel),
                models.undefinedGroups());
    }

    /**
     * Published (ImagenHub, second variant): one rho of all scores after scaling them by instruction, whatever the source
     * image. Corrected: mean rho over the edits of one source image and instruction, where it is defined.
     */
    public static SideBySide perInstruction(List<Rated> ratings, Resampling resampling) {
        int[] sources = ratings.stream().mapToInt(Rated::source).toArray();
        return side(
                GroupedSpearman.of(groups(ratings, Rated::instruction)).pooledStandardised(),
                GroupedSpearman.meanOf(groups(ratings, CorrelationBenchmark::request)),
                resampling
                        .bootstrap()
                        .statistic(
                                sources,
                                places -> GroupedSpearman.meanOf(
                                        groups(select(ratings, places), CorrelationBenchmark::request)),
                                resampling.random()),
                sources);
    }

    private static String request(Rated rated) {
        return rated.source() + "\n" + rated.instruction();
    }

    private static SideBySide ofModel(String name, Measure rho, List<Rated> ratings, Resampling resampling) {
        List<Rated> own =
                ratings.stream().filter(rating -> rating.model().equals(name)).toList();
        int[] sources = own.stream().mapToInt(Rated::source).toArray();
        return side(
                rho,
                rho,
                resampling.bootstrap().statistic(sources, places -> spearman(select(own, places)), resampling.random()),
                sources);
    }

    private static SideBySide side(Measure published, Measure corrected, Estimate interval, int[] sources) {
        return new SideBySide(
                published, corrected, interval, MAJORITY, RANDOM, sources.length, Resampling.distinct(sources));
    }

    private static List<Rated> select(List<Rated> ratings, int[] places) {
        return Arrays.stream(places).mapToObj(ratings::get).toList();
    }

    private static Measure spearman(List<Rated> ratings) {
        return RankCorrelation.spearman(scores(ratings), humans(ratings));
    }

    private static List<GroupedSpearman.Group> groups(List<Rated> ratings, Function<Rated, String> by) {
        Map<String, List<Rated>> groups =
                ratings.stream().collect(Collectors.groupingBy(by, TreeMap::new, Collectors.toList()));
        return groups.entrySet().stream()
                .map(group ->
                        new GroupedSpearman.Group(group.getKey(), scores(group.getValue()), humans(group.getValue())))
                .toList();
    }

    private static double[] scores(List<Rated> ratings) {
        return ratings.stream().mapToDouble(Rated::score).toArray();
    }

    private static double[] humans(List<Rated> ratings) {
        return ratings.stream().mapToDouble(Rated::human).toArray();
    }
}
