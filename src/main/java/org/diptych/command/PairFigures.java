package org.diptych.command;

import java.util.ArrayList;
import java.util.List;
import org.diptych.command.BenchmarkRows.Vote;
import org.diptych.statistics.evaluation.PairBenchmark;
import org.diptych.statistics.evaluation.Resampling;
import org.diptych.statistics.evaluation.ScoredPairs;

/**
 * Scores of two edits against votes. Where people could call both bad, every way of treating that is shown: as a tie, left
 * out, and as an answer that a score cannot give.
 */
final class PairFigures {
    private static final String PAPER = "share of pairs right, the tie threshold chosen on the test set";
    private static final String CORRECTED = "share of pairs right, the tie threshold chosen on other source images";

    private PairFigures() {}

    /**
     * @param margin score of the first edit - score of the second
     * @param source number of the source image
     */
    record Scored(Vote vote, double margin, int source) {}

    static List<BenchmarkMetric> of(List<Scored> pairs, boolean fourWay, Resampling resampling) {
        var metrics = new ArrayList<BenchmarkMetric>();
        var all = PairBenchmark.of(scored(pairs), resampling);
        metrics.add(threeWay("accuracy_with_ties", fourWay ? " (both bad is a tie)" : "", all));
        metrics.add(new BenchmarkMetric(
                "accuracy_without_ties",
                "share right of the pairs with a preference; equal scores are wrong",
                "the same, with an interval over source images",
                all.withoutTies()));
        if (fourWay) {
            var good =
                    pairs.stream().filter(pair -> pair.vote() != Vote.BOTH_BAD).toList();
            int[] bad = pairs.stream()
                    .filter(pair -> pair.vote() == Vote.BOTH_BAD)
                    .mapToInt(Scored::source)
                    .toArray();
            metrics.add(threeWay(
                    "accuracy_with_ties_without_both_bad",
                    " (both bad left out)",
                    PairBenchmark.of(scored(good), resampling)));
            metrics.add(new BenchmarkMetric(
                    "accuracy_of_four_answers",
                    "the same, both bad counted as an answer of its own: a score cannot give it, so these pairs are"
                            + " wrong",
                    CORRECTED + "; both bad is wrong",
                    PairBenchmark.fourWay(scored(good), bad, resampling)));
        }
        return metrics;
    }

    private static BenchmarkMetric threeWay(String name, String bothBad, PairBenchmark figures) {
        return new BenchmarkMetric(name, PAPER + bothBad, CORRECTED + bothBad, figures.withTies())
                .with("tieThreshold", figures.epsilon())
                .with("testSetOptimum", figures.testSetOptimum());
    }

    private static ScoredPairs scored(List<Scored> pairs) {
        return new ScoredPairs(
                pairs.stream().mapToInt(pair -> pair.vote().preference()).toArray(),
                pairs.stream().mapToDouble(Scored::margin).toArray(),
                pairs.stream().mapToInt(Scored::source).toArray());
    }
}
