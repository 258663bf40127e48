package org.diptych.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.diptych.command.BenchmarkRows.Choices;
import org.diptych.command.BenchmarkRows.Group;
import org.diptych.command.BenchmarkRows.Groups;
import org.diptych.command.BenchmarkRows.Pair;
import org.diptych.command.BenchmarkRows.Pairs;
import org.diptych.command.BenchmarkRows.Ratings;
import org.diptych.command.BenchmarkRows.Tasks;
import org.diptych.command.BenchmarkRows.Vote;
import org.diptych.statistics.evaluation.JudgedGroups;
import org.diptych.statistics.evaluation.RankedGroup;
import org.diptych.statistics.evaluation.Resampling;
import org.diptych.statistics.evaluation.VerdictAccuracy;
import org.diptych.statistics.evaluation.VerdictBenchmark;
import org.jspecify.annotations.Nullable;

/** Compares the answers of a judge, which the benchmark's files hold, with what people said. */
final class JudgeEvaluation {
    private static final String NO_ANSWER = "the judge gave no answer";

    private final Resampling resampling;
    private final LeftOutRows leftOut;
    private final BenchmarkSources sources = new BenchmarkSources();

    private JudgeEvaluation(Resampling resampling, LeftOutRows leftOut) {
        this.resampling = resampling;
        this.leftOut = leftOut;
    }

    /** Figures of the judge that the content was read for. */
    static BenchmarkResult of(BenchmarkContent content, Resampling resampling) {
        var evaluation = new JudgeEvaluation(resampling, content.leftOut());
        return switch (content.rows()) {
            case Pairs pairs -> evaluation.pairs(pairs);
            case Groups groups -> evaluation.groups(groups);
            case Ratings ratings -> evaluation.ratings(ratings);
            case Choices _, Tasks _ -> throw CommandFailure.badInput("--judge: the files hold no answers of a judge.");
        };
    }

    private BenchmarkResult pairs(Pairs pairs) {
        int answers = pairs.fourWay() ? 4 : 3;
        int size = pairs.pairs().size();
        int[] human = new int[size];
        int[] judge = new int[size];
        int[] source = new int[size];
        for (int place = 0; place < size; place++) {
            Pair pair = pairs.pairs().get(place);
            human[place] = answer(pair.vote(), pairs.fourWay());
            judge[place] = answer(pair.judged(), pairs.fourWay());
            source[place] = sources.number(pair.source());
        }
        var figures = VerdictBenchmark.of(human, judge, answers, source, resampling);
        return new BenchmarkResult(
                size,
                List.of(
                        new BenchmarkMetric(
                                        "accuracy",
                                        "share of verdicts equal to the human vote; an unreadable answer is wrong",
                                        "the same, with an interval over source images; compare it with the majority",
                                        figures.all())
                                .with("aboveMajority", figures.aboveMajority())
                                .with("unreadable", figures.unreadable()),
                        new BenchmarkMetric(
                                "accuracy_of_readable_answers",
                                "not published",
                                "share of readable verdicts equal to the human vote",
                                figures.readable())));
    }

    private static int answer(@Nullable Vote vote, boolean fourWay) {
        if (vote == null) {
            return VerdictAccuracy.NO_VERDICT;
        }
        return switch (vote) {
            case FIRST -> 0;
            case SECOND -> 1;
            case TIE -> 2;
            case BOTH_BAD -> fourWay ? 3 : 2;
        };
    }

    private BenchmarkResult groups(Groups groups) {
        var judged = new ArrayList<JudgedGroups.Judged>();
        for (Group group : groups.groups()) {
            judged.add(judged(group));
        }
        int unreadable = (int) groups.groups().stream()
                .flatMap(group -> group.judged().stream())
                .filter(Objects::isNull)
                .count();
        var figures = JudgedGroups.of(judged, resampling);
        return new BenchmarkResult(
                judged.size(),
                List.of(
                        new BenchmarkMetric(
                                        "group_accuracy",
                                        "share of groups with the verdict on every pair right; a missing or unreadable"
                                                + " one is wrong",
                                        "the same, with an interval over source images",
                                        figures.overallGroups())
                                .parts("k", figures.groups()),
                        new BenchmarkMetric(
                                        "pairwise_accuracy",
                                        "share of verdicts that are right; a missing or unreadable one is wrong",
                                        "the same, with an interval over source images",
                                        figures.pairs())
                                .with("unreadable", unreadable)));
    }

    private JudgedGroups.Judged judged(Group group) {
        int size = group.candidates().size();
        var ranked = RankedGroup.parse(group.ranking(), new double[size]);
        var right = new ArrayList<Boolean>();
        for (int first = 0; first < size; first++) {
            for (int second = first + 1; second < size; second++) {
                var answer = group.judged().get(right.size());
                right.add(answer != null && answer.preference() == ranked.human(first, second));
            }
        }
        return new JudgedGroups.Judged(size, sources.number(group.source()), right);
    }

    private BenchmarkResult ratings(Ratings ratings) {
        var figures = new RatingFigures(ratings, resampling);
        for (var rating : ratings.ratings()) {
            if (rating.judged().isEmpty()) {
                leftOut.add(NO_ANSWER, rating.edit().name());
            } else {
                figures.add(rating, sources.number(rating.source()), rating.judged());
            }
        }
        return new BenchmarkResult(figures.size(), figures.metrics());
    }
}
