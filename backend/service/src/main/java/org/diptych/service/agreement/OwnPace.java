package org.diptych.service.agreement;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How much an annotator did, and how fast. A pair counts once, on the day of its first answer, while its latest label is an
 * answer; days begin at midnight where the annotator lives.
 *
 * @param today since midnight
 * @param week today and the six days before
 * @param days each of the seven days, oldest first
 */
public record OwnPace(Span today, Span week, List<Day> days) {
    public OwnPace {
        days = List.copyOf(days);
    }

    /**
     * A span of time.
     *
     * @param labels judgements
     * @param activeMilliseconds active time on all pairs, those left unanswered included
     * @param labelsPerActiveHour null without active time
     * @param medianActiveMilliseconds median active time of a judgement; null without any
     */
    public record Span(
            long labels,
            long activeMilliseconds,
            @Nullable Double labelsPerActiveHour,
            @Nullable Double medianActiveMilliseconds) {}

    /** One day. */
    public record Day(LocalDate date, Span span) {}
}
