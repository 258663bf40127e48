package org.diptych.command;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a benchmark asks, in the four shapes that benchmarks of edits have. */
sealed interface BenchmarkRows {

    /** What people, or a judge, say of two edits. */
    enum Vote {
        FIRST,
        SECOND,
        TIE,
        BOTH_BAD;

        /** 1 for the first edit, -1 for the second, 0 for neither. */
        int preference() {
            return switch (this) {
                case FIRST -> 1;
                case SECOND -> -1;
                case TIE, BOTH_BAD -> 0;
            };
        }
    }

    /**
     * Two edits, ties allowed.
     *
     * @param fourWay whether both bad is an answer of its own; else it is a tie
     */
    record Pairs(List<Pair> pairs, boolean fourWay) implements BenchmarkRows {}

    /**
     * @param source names the source image
     * @param judged the judge's answer; null where there is none that can be read, or no judge was asked for
     */
    record Pair(
            BenchmarkEdit first,
            BenchmarkEdit second,
            String source,
            Vote vote,
            @Nullable Vote judged) {}

    /**
     * Groups of K edits with a ranking.
     *
     * @param plainTies whether the published reader of these files knows a plain {@code A=B} as a tie
     */
    record Groups(List<Group> groups, boolean plainTies) implements BenchmarkRows {}

    /**
     * @param ranking letters name the candidates in their order, such as {@code C>A=B}
     * @param judged the judge's answers to the pairs of the group in the order AB, AC, …, BC, …; null as in a pair
     */
    record Group(
            String id, String source, List<BenchmarkEdit> candidates, String ranking, List<@Nullable Vote> judged) {}

    /** Forced choices by type of task. */
    record Choices(List<Choice> choices, boolean macro) implements BenchmarkRows {}

    /**
     * @param dimension what people were asked to look at; empty where they were asked for the better edit
     * @param type of task
     * @param firstChosen whether the chosen edit is the one that the file names first
     */
    record Choice(
            BenchmarkEdit chosen,
            BenchmarkEdit other,
            String source,
            String dimension,
            String type,
            boolean firstChosen) {}

    /** Single edits with ratings. */
    record Ratings(List<Rating> ratings, List<String> measures, boolean tanh) implements BenchmarkRows {}

    /**
     * @param instruction what was asked; edits that share it and the source are comparable with each other
     * @param human mean rating by measure
     * @param raters each person's rating on the first measure; empty where the file has their mean alone
     * @param judged the judge's rating by measure, or under the first measure alone
     */
    record Rating(
            BenchmarkEdit edit,
            String source,
            String instruction,
            Map<String, Double> human,
            List<Double> raters,
            Map<String, Double> judged) {}

    /** Edits that nobody has judged: their scores rate the editing model, not the scorer. */
    record Tasks(List<Task> tasks) implements BenchmarkRows {}

    /**
     * @param parts of the benchmark that are reported by themselves and hold it
     * @param type of task
     */
    record Task(BenchmarkEdit edit, List<String> parts, String type) {}
}
