package org.diptych.service.conduct;

import java.time.Instant;
import java.util.List;
import org.diptych.service.quality.GoldAccuracy;
import org.jspecify.annotations.Nullable;

/**
 * How somebody works in a campaign, from their own labels and from those of the others on the same pairs. Annotators see the
 * same figures of themselves as leads do. Nothing in it tells what anybody said of any single pair.
 *
 * @param until what compares with others or with gold ends with this half hour, and counts in steps of ten
 * @param labels answers and skips that the figures rest on
 * @param cut whether there are more, which are older
 * @param pairs pairs compared with others; 0 while there are too few
 * @param neededPairs pairs that are still needed before there are figures
 * @param dimensions the overall verdict first; empty while there are too few pairs
 * @param gold null while there are fewer than ten answers
 * @param pace time of answers; null before the first
 * @param sides which side was preferred; null before the first decided answer
 * @param answers answers that stand
 * @param ties of these, those that prefer neither edit
 * @param skips pairs that are skipped
 * @param flags labels with a flag
 * @param drift whether agreement with the others changed; null while there are too few pairs
 * @param neededForDrift pairs that are still needed before a change is looked for
 */
public record WorkFigures(
        Instant until,
        int labels,
        boolean cut,
        int pairs,
        int neededPairs,
        List<Dimension> dimensions,
        @Nullable GoldAccuracy gold,
        @Nullable Pace pace,
        @Nullable Sides sides,
        int answers,
        int ties,
        int skips,
        int flags,
        @Nullable Drift drift,
        int neededForDrift) {
    public WorkFigures {
        dimensions = List.copyOf(dimensions);
    }

    /** A share with its 95 % interval. */
    public record Share(double value, double low, double high) {}

    /**
     * One dimension.
     *
     * @param id {@code overall}, or an id of the protocol
     * @param reliability posterior probability of giving the right verdict, by the model of annotators on these pairs; null
     *     where it did not converge
     * @param agreed pairs on which the annotator said what most of the others said
     * @param cases pairs on which one verdict led among the others
     * @param agreement {@code agreed / cases}; null without cases
     * @param confusion own verdict by row, that of most of the others by column, both as first, second, tie, both bad
     */
    public record Dimension(
            String id,
            @Nullable Share reliability,
            int agreed,
            int cases,
            @Nullable Share agreement,
            List<List<Integer>> confusion) {
        public Dimension {
            confusion = confusion.stream().map(List::copyOf).toList();
        }
    }

    /**
     * Active time of first answers.
     *
     * @param bins how many took at least {@code from} seconds and less than those of the next; the last has no end
     */
    public record Pace(double medianSeconds, List<Bin> bins) {
        public Pace {
            bins = List.copyOf(bins);
        }
    }

    /** Answers of at least so many seconds. */
    public record Bin(int from, int answers) {}

    /**
     * Sides were drawn at random, so half is expected.
     *
     * @param pValue of the exact binomial test of one half
     */
    public record Sides(long left, long decided, Share share, double pValue) {}

    /**
     * Where agreement with the others most likely changed.
     *
     * @param found whether chance alone does not explain it
     * @param from when the first pair of the series was answered
     * @param to when the last was
     * @param at when the first pair after the change was answered
     */
    public record Drift(
            boolean found,
            Instant from,
            Instant to,
            Instant at,
            double before,
            double after,
            int pairs,
            double pValue) {}
}
