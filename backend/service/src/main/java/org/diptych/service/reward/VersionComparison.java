package org.diptych.service.reward;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Two versions on the same pairs: those of the uniform stratum with labels in one frozen data set. Each version judges a pair by
 * parameters that were trained without its source image, so neither has seen what it is judged on.
 *
 * @param first number of a version
 * @param second number of the other
 * @param snapshot digest of the data set whose labels say what is right
 * @param uniformPairs pairs of the uniform stratum in it
 * @param pairs those that both versions judge
 * @param firstOnly pairs that the first version alone judges
 * @param secondOnly pairs that the second version alone judges
 * @param rows overall, by dimension, by category; each without ties and with them
 */
public record VersionComparison(
        int first,
        int second,
        String snapshot,
        int uniformPairs,
        int pairs,
        int firstOnly,
        int secondOnly,
        List<Row> rows) {
    public VersionComparison {
        rows = List.copyOf(rows);
    }

    /** What a row is about. */
    public enum Part {
        OVERALL,
        DIMENSION,
        CATEGORY
    }

    /**
     * One paired comparison.
     *
     * @param name of the dimension or category; null for the overall verdict, and for pairs without a category
     * @param ties whether human ties count, and are right when the model calls a tie too (the threshold is chosen on other
     *     folds). Labels that balance, as one for each edit, are a tie of the pair as much as two that say so, as in the promotion
     *     check
     * @param pairs pairs compared
     * @param images source images they come from, which are what is resampled
     * @param firstAccuracy share of right verdicts of the first version; null without pairs
     * @param secondAccuracy that of the second
     * @param difference second minus first
     * @param low lower end of its 95 % interval; null where there is none, since fewer than 10 source images resampled say
     *     little of others. The first row alone has one from 2 on, which is the promotion check's
     * @param high upper end
     */
    public record Row(
            Part part,
            @Nullable String name,
            boolean ties,
            int pairs,
            int images,
            @Nullable Double firstAccuracy,
            @Nullable Double secondAccuracy,
            @Nullable Double difference,
            @Nullable Double low,
            @Nullable Double high) {}

    /**
     * What is asked.
     *
     * @param first number of a version
     * @param second number of the other
     */
    public record Question(int first, int second) {}
}
