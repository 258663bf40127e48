package org.diptych.command;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.diptych.command.BenchmarkRows.Rating;
import org.diptych.command.BenchmarkRows.Ratings;
import org.diptych.statistics.evaluation.CorrelationBenchmark;
import org.diptych.statistics.evaluation.CorrelationBenchmark.Rated;
import org.diptych.statistics.evaluation.GroupedSpearman;
import org.diptych.statistics.evaluation.Resampling;

/** Scores of single edits against ratings, measure by measure, beside how well the raters know each other's. */
final class RatingFigures {
    private static final String FISHER = "tanh of the mean of artanh rho over the editing models where rho is defined";

    private final Ratings content;
    private final Resampling resampling;
    private final Map<String, List<Rated>> rated = new LinkedHashMap<>();

    RatingFigures(Ratings content, Resampling resampling) {
        this.content = content;
        this.resampling = resampling;
        content.measures().forEach(measure -> rated.put(measure, new ArrayList<>()));
    }

    /** @param given by measure, or under the first measure alone: then it is compared with all of them */
    void add(Rating rating, int source, Map<String, Double> given) {
        content.measures().forEach(measure -> {
            var own = given.getOrDefault(measure, given.get(content.measures().getFirst()));
            var human = rating.human().get(measure);
            var list = rated.get(measure);
            if (own != null && human != null && list != null) {
                list.add(new Rated(rating.edit().model(), rating.instruction(), source, own, human));
            }
        });
    }

    int size() {
        return first().size();
    }

    List<BenchmarkMetric> metrics() {
        var metrics = new ArrayList<BenchmarkMetric>();
        var overall = CorrelationBenchmark.of(first(), resampling);
        var main = byModel("spearman_by_model", overall).parts("model", overall.byModel());
        if (content.ratings().stream().anyMatch(rating -> rating.raters().size() > 1)) {
            var raters = GroupedSpearman.of(raterPairs());
            main.with("raterPairsMean", raters.mean()).with("raterPairsFisherMean", raters.fisherMean());
        }
        metrics.add(main);
        if (content.tanh()) {
            metrics.add(new BenchmarkMetric(
                    "spearman_by_instruction",
                    "one rho of all edits after scaling the scores of each instruction, whatever the source image"
                            + " (second published variant)",
                    "mean rho over the edits of one source image and instruction, where it is defined",
                    CorrelationBenchmark.perInstruction(first(), resampling)));
        }
        content.measures().stream().skip(1).forEach(measure -> {
            var figures = CorrelationBenchmark.of(rated.getOrDefault(measure, List.of()), resampling);
            metrics.add(byModel("spearman_by_model_" + measure, figures).parts("model", figures.byModel()));
        });
        return metrics;
    }

    private List<Rated> first() {
        return rated.getOrDefault(content.measures().getFirst(), List.of());
    }

    private BenchmarkMetric byModel(String name, CorrelationBenchmark figures) {
        return new BenchmarkMetric(
                        name,
                        content.tanh()
                                ? "tanh of the mean rho of the editing models"
                                : "mean rho of the editing models",
                        FISHER,
                        content.tanh() ? figures.tanhOfMean() : figures.mean())
                .with("meanRho", figures.meanOfDefined())
                .with("undefinedModels", figures.undefinedModels());
    }

    /** Every two raters, inside each editing model. */
    private List<GroupedSpearman.Group> raterPairs() {
        var byModel = new TreeMap<String, List<Rating>>();
        content.ratings()
                .forEach(rating -> byModel.computeIfAbsent(rating.edit().model(), _ -> new ArrayList<>())
                        .add(rating));
        var groups = new ArrayList<GroupedSpearman.Group>();
        byModel.forEach((model, ratings) -> {
            int raters = ratings.getFirst().raters().size();
            for (int one = 0; one < raters; one++) {
                for (int other = one + 1; other < raters; other++) {
                    groups.add(new GroupedSpearman.Group(
                            "%s %d %d".formatted(model, one, other), of(ratings, one), of(ratings, other)));
                }
            }
        });
        return groups;
    }

    private static double[] of(List<Rating> ratings, int rater) {
        return ratings.stream()
                .mapToDouble(rating -> rating.raters().get(rater))
                .toArray();
    }
}
