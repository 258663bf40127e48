package org.diptych.service.health;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.diptych.statistics.evaluation.PaceForecast;
import org.jspecify.annotations.Nullable;

/**
 * How a campaign stands, as a job has read it. Days and weeks are those of UTC.
 *
 * @param at when it was read
 * @param pairs its pairs
 * @param labels judgements that count
 * @param filled slots that hold a judgement
 * @param leased slots that somebody holds
 * @param open slots that wait
 * @param lastSeen when each of its annotators last answered or skipped
 * @param days judgements that count by day, without the days that had none, oldest first
 * @param perDay slots filled a day over the last seven days, or since the first label where that is less
 * @param agreement agreement on the first dimension in the uniform stratum; null before the first label
 * @param weeks the same by week of the pairs' latest judgement, at most eight, oldest first
 * @param gold how near annotators came to known answers
 * @param forecast when the slots there are now will be filled; null when the days are too few, or nothing is left
 */
public record CampaignHealth(
        Instant at,
        long pairs,
        long labels,
        long filled,
        long leased,
        long open,
        List<Instant> lastSeen,
        List<Day> days,
        double perDay,
        @Nullable Agreement agreement,
        List<Week> weeks,
        List<Gold> gold,
        @Nullable PaceForecast forecast) {
    /** Judgements of a day. */
    public record Day(LocalDate date, long labels) {}

    /**
     * Alpha with its 95 % interval.
     *
     * @param dimension id of the dimension
     * @param alpha null when it is undefined
     * @param pairs pairs, or pictures of pairs, with two answers or more
     */
    public record Agreement(
            String dimension,
            @Nullable Double alpha,
            @Nullable Double low,
            @Nullable Double high,
            long pairs) {}

    /**
     * Alpha of a week.
     *
     * @param monday its first day
     * @param alpha null when it is undefined
     * @param pairs as in {@link Agreement}
     */
    public record Week(
            LocalDate monday,
            @Nullable Double alpha,
            @Nullable Double low,
            @Nullable Double high,
            long pairs) {}

    /** An annotator's accuracy on gold with its 95 % interval. */
    public record Gold(UUID account, String name, int answers, double mean, double low, double high) {}

    /** A campaign keeps its own copies of the lists. */
    public CampaignHealth {
        lastSeen = List.copyOf(lastSeen);
        days = List.copyOf(days);
        weeks = List.copyOf(weeks);
        gold = List.copyOf(gold);
    }

    /** All slots. */
    public long wanted() {
        return filled + leased + open;
    }
}
