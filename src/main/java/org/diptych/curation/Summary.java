package org.diptych.curation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** How the scores of a set are distributed, over all candidates and over those that were chosen. */
final class Summary {
    /** The name under which the overall score stands beside the dimensions. */
    static final String OVERALL = "overall";

    private static final int BARS = 40;

    private final Map<String, Range> ranges = new LinkedHashMap<>();
    private final Map<String, long[]> all = new LinkedHashMap<>();
    private final Map<String, long[]> chosen = new LinkedHashMap<>();

    /** From the lowest to the highest score of a dimension. */
    private static final class Range {
        private double lowest = Double.POSITIVE_INFINITY;
        private double highest = Double.NEGATIVE_INFINITY;
        private double lowestChosen = Double.POSITIVE_INFINITY;

        int bar(double mu) {
            double width = highest - lowest;
            return width == 0 ? 0 : (int) Math.min(BARS - 1, (mu - lowest) / width * BARS);
        }
    }

    /** A histogram. */
    record Histogram(
            double lowest, double highest, @Nullable Double lowestChosen, List<Long> all, List<Long> chosen) {}

    /** First for every candidate, then {@link #count} for every one. */
    void measure(ScoredRow.ScoredEdit edit) {
        scores(edit).forEach((dimension, estimate) -> {
            var range = ranges.computeIfAbsent(dimension, name -> new Range());
            range.lowest = Math.min(range.lowest, estimate.mu());
            range.highest = Math.max(range.highest, estimate.mu());
        });
    }

    void count(ScoredRow.ScoredEdit edit, boolean isChosen) {
        scores(edit).forEach((dimension, estimate) -> {
            var range = ranges.computeIfAbsent(dimension, name -> new Range());
            all.computeIfAbsent(dimension, name -> new long[BARS])[range.bar(estimate.mu())]++;
            if (isChosen) {
                chosen.computeIfAbsent(dimension, name -> new long[BARS])[range.bar(estimate.mu())]++;
                range.lowestChosen = Math.min(range.lowestChosen, estimate.mu());
            }
        });
    }

    /** By dimension, the overall score last. */
    Map<String, Histogram> histograms() {
        var histograms = new LinkedHashMap<String, Histogram>();
        ranges.forEach((dimension, range) -> histograms.put(
                dimension,
                new Histogram(
                        range.lowest,
                        range.highest,
                        Double.isFinite(range.lowestChosen) ? range.lowestChosen : null,
                        list(all.getOrDefault(dimension, new long[BARS])),
                        list(chosen.getOrDefault(dimension, new long[BARS])))));
        return histograms;
    }

    private static Map<String, Estimate> scores(ScoredRow.ScoredEdit edit) {
        var scores = new LinkedHashMap<>(new TreeMap<>(edit.dimensions()));
        scores.put(OVERALL, edit.overall());
        return scores;
    }

    private static List<Long> list(long[] counts) {
        var list = new ArrayList<Long>();
        for (long count : counts) {
            list.add(count);
        }
        return list;
    }
}
