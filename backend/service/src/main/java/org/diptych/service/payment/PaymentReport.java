package org.diptych.service.payment;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What annotators did in a period, on both bases.
 *
 * @param campaign name of the campaign
 * @param period the days
 * @param settings rates, rounding, and what counts
 * @param lines one for everybody who did something, by name
 * @param perJudgement sum of the amounts per judgement
 * @param perHour sum of the amounts per hour
 */
public record PaymentReport(
        String campaign,
        PaymentPeriod period,
        PaymentSettings settings,
        List<Line> lines,
        BigDecimal perJudgement,
        BigDecimal perHour) {
    private static final BigDecimal HOUR = new BigDecimal(Duration.ofHours(1).toMillis());
    private static final int DIGITS = 10;

    /** Copies the lines. */
    public PaymentReport {
        lines = List.copyOf(lines);
    }

    /** The same from counts. */
    static PaymentReport of(String campaign, PaymentPeriod period, PaymentSettings settings, List<Counts> counts) {
        var lines = counts.stream().map(each -> line(each, settings)).toList();
        var nothing = settings.rounded(BigDecimal.ZERO);
        return new PaymentReport(
                campaign,
                period,
                settings,
                lines,
                lines.stream().map(Line::perJudgement).reduce(nothing, BigDecimal::add),
                lines.stream().map(Line::perHour).reduce(nothing, BigDecimal::add));
    }

    private static Line line(Counts counts, PaymentSettings settings) {
        long judgements = counts.labels
                + (settings.countsExtra() ? counts.extra : 0)
                + (settings.countsGold() ? counts.gold : 0)
                + (settings.countsTraining() ? counts.training : 0);
        return new Line(
                counts,
                judgements,
                settings.rounded(settings.perJudgement().multiply(BigDecimal.valueOf(judgements))),
                settings.rounded(settings.perHour()
                        .multiply(BigDecimal.valueOf(counts.activeMilliseconds))
                        .divide(HOUR, DIGITS, RoundingMode.HALF_EVEN)));
    }

    /**
     * What somebody did. A pair is judged once, on the day of the first answer, while the latest word on it is an answer.
     *
     * @param labels pairs of the queue judged
     * @param extra pairs judged beyond the labels that they were to get
     * @param gold pairs with a known answer judged
     * @param training questions of the qualification test answered
     * @param corrections answers changed
     * @param skips pairs left unanswered
     * @param activeMilliseconds active time on all that counts, skips and corrections with it
     * @param medianMilliseconds median active time of a judgement that counts; null without any
     */
    public record Counts(
            UUID account,
            String name,
            String displayName,
            boolean simulated,
            long labels,
            long extra,
            long gold,
            long training,
            long corrections,
            long skips,
            long activeMilliseconds,
            @Nullable Double medianMilliseconds) {}

    /**
     * What it comes to.
     *
     * @param judgements those that count
     * @param perJudgement amount on that basis
     * @param perHour amount by active time
     */
    public record Line(Counts counts, long judgements, BigDecimal perJudgement, BigDecimal perHour) {}
}
