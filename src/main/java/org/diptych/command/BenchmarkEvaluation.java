package org.diptych.command;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.diptych.command.BenchmarkRows.Choice;
import org.diptych.command.BenchmarkRows.Choices;
import org.diptych.command.BenchmarkRows.Group;
import org.diptych.command.BenchmarkRows.Groups;
import org.diptych.command.BenchmarkRows.Pairs;
import org.diptych.command.BenchmarkRows.Ratings;
import org.diptych.command.BenchmarkRows.Task;
import org.diptych.command.BenchmarkRows.Tasks;
import org.diptych.statistics.evaluation.GroupBenchmark;
import org.diptych.statistics.evaluation.Measure;
import org.diptych.statistics.evaluation.PreferenceBenchmark;
import org.diptych.statistics.evaluation.RankedGroup;
import org.diptych.statistics.evaluation.Resampling;
import org.diptych.statistics.evaluation.TaskMeans;

/** Compares scores with what people said, and counts what has no score. */
final class BenchmarkEvaluation {
    private final EditScores scores;
    private final LeftOutRows leftOut;
    private final Resampling resampling;
    private final BenchmarkSources sources = new BenchmarkSources();
    private final List<BenchmarkMetric> metrics = new ArrayList<>();
    private int evaluated;

    private BenchmarkEvaluation(EditScores scores, LeftOutRows leftOut, Resampling resampling) {
        this.scores = scores;
        this.leftOut = leftOut;
        this.resampling = resampling;
    }

    /** Figures of scores; edits without one go to what is left out of the content. */
    static BenchmarkResult of(BenchmarkContent content, EditScores scores, Resampling resampling) {
        var evaluation = new BenchmarkEvaluation(scores, content.leftOut(), resampling);
        switch (content.rows()) {
            case Pairs pairs -> evaluation.pairs(pairs);
            case Groups groups -> evaluation.groups(groups);
            case Choices choices -> evaluation.choices(choices);
            case Ratings ratings -> evaluation.ratings(ratings);
            case Tasks tasks -> evaluation.tasks(tasks);
        }
        return new BenchmarkResult(evaluation.evaluated, evaluation.metrics);
    }

    private void pairs(Pairs pairs) {
        var scored = new ArrayList<PairFigures.Scored>();
        for (var pair : pairs.pairs()) {
            scores(pair.first(), pair.second())
                    .ifPresent(given -> scored.add(
                            new PairFigures.Scored(pair.vote(), given[0] - given[1], sources.number(pair.source()))));
        }
        evaluated = scored.size();
        metrics.addAll(PairFigures.of(scored, pairs.fourWay(), resampling));
    }

    private void groups(Groups groups) {
        var ranked = new ArrayList<RankedGroup>();
        var source = new ArrayList<Integer>();
        for (Group group : groups.groups()) {
            scores(group.candidates().toArray(BenchmarkEdit[]::new)).ifPresent(given -> {
                var parsed = RankedGroup.parse(group.ranking(), given);
                ranked.add(groups.plainTies() ? parsed.withPlainTieRead() : parsed);
                source.add(sources.number(group.source()));
            });
        }
        evaluated = ranked.size();
        var figures = GroupBenchmark.of(
                ranked, source.stream().mapToInt(Integer::intValue).toArray(), resampling);
        metrics.add(new BenchmarkMetric(
                        "group_accuracy",
                        "share of groups ranked exactly right; the tie threshold of K = 2 is chosen on the test set,"
                                + " ties among three or four are wrong"
                                + (groups.plainTies() ? "" : ", and so is a plain A=B"),
                        "share of groups with every strict pair right and every tie within the threshold, which is"
                                + " chosen on other source images for each K",
                        figures.overallGroups())
                .parts("k", figures.groups()));
        metrics.add(new BenchmarkMetric(
                        "pairwise_accuracy",
                        "share of pairs right, pooled with one tie threshold chosen on the test set",
                        "share of pairs right, the tie threshold chosen on other source images for each K",
                        figures.overallPairs())
                .parts("k", figures.pairs()));
    }

    private void choices(Choices choices) {
        var byDimension = new TreeMap<String, List<PreferenceBenchmark.Choice>>(
                Comparator.comparingInt(EditScoreBench.DIMENSIONS::indexOf));
        for (Choice choice : choices.choices()) {
            scores(choice.chosen(), choice.other()).ifPresent(given -> {
                evaluated++;
                byDimension
                        .computeIfAbsent(choice.dimension(), _ -> new ArrayList<>())
                        .add(new PreferenceBenchmark.Choice(
                                choice.type(),
                                sources.number(choice.source()),
                                given[0] - given[1],
                                choice.firstChosen()));
            });
        }
        if (byDimension.isEmpty()) {
            byDimension.put("", List.of());
        }
        byDimension.forEach((dimension, given) -> {
            var figures = PreferenceBenchmark.of(given, resampling);
            metrics.add(new BenchmarkMetric(
                            dimension.isEmpty() ? "preference_accuracy" : "preference_accuracy_" + dimension,
                            (choices.macro() ? "mean over task types of the share" : "share")
                                    + " of pairs whose better edit has the higher score; equal scores are wrong",
                            "the same; equal scores count half",
                            choices.macro() ? figures.macro() : figures.micro())
                    .parts("type", figures.byType())
                    .with("equalScores", figures.undecided()));
        });
    }

    private void ratings(Ratings ratings) {
        var figures = new RatingFigures(ratings, resampling);
        for (var rating : ratings.ratings()) {
            scores(rating.edit())
                    .ifPresent(given -> figures.add(
                            rating,
                            sources.number(rating.source()),
                            Map.of(ratings.measures().getFirst(), given[0])));
        }
        evaluated = figures.size();
        metrics.addAll(figures.metrics());
    }

    private void tasks(Tasks tasks) {
        var byPart = new TreeMap<String, List<TaskMeans.Scored>>();
        for (Task task : tasks.tasks()) {
            scores(task.edit()).ifPresent(given -> {
                evaluated++;
                task.parts()
                        .forEach(part -> byPart.computeIfAbsent(part, _ -> new ArrayList<>())
                                .add(new TaskMeans.Scored(task.type(), given[0])));
            });
        }
        byPart.forEach((part, given) -> {
            var figures = TaskMeans.of(given, resampling);
            metrics.add(new BenchmarkMetric(
                            part.equals("all") ? "mean_score" : "mean_score_" + part.replace(' ', '_'),
                            "mean score by task type, then over the types",
                            "the same, with an interval over tasks",
                            figures.overall())
                    .parts("type", figures.byType()));
        });
    }

    /** The scores of the edits of a row, if all have one; else the row is left out, for the first reason. */
    private Optional<double[]> scores(BenchmarkEdit... edits) {
        // all are looked up before anything is decided: none of their scores is astray
        var found = Stream.of(edits).map(scores::of).toList();
        double[] given = new double[edits.length];
        for (int place = 0; place < edits.length; place++) {
            switch (found.get(place)) {
                case Measure.Defined(double value) -> given[place] = value;
                case Measure.Undefined(String reason) -> {
                    leftOut.add(reason, edits[place].name());
                    return Optional.empty();
                }
            }
        }
        return Optional.of(given);
    }
}
