package org.diptych.service.health;

import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import org.diptych.service.agreement.AgreementService;
import org.diptych.service.campaign.CampaignCounts;
import org.diptych.service.campaign.CampaignFigures;
import org.diptych.service.quality.GoldAccuracies;
import org.diptych.statistics.evaluation.PaceForecast;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Reads how a campaign stands. Must not be called while a connection of the database is held. */
@Component
class HealthReader {
    private static final Duration RECENTLY = Duration.ofDays(7);
    private static final Duration SHORTEST = Duration.ofHours(1);
    private static final int WEEKS = 8;

    private final CampaignCounts counts;
    private final AgreementService agreements;
    private final GoldAccuracies gold;
    private final Clock clock;

    HealthReader(CampaignCounts counts, AgreementService agreements, GoldAccuracies gold, Clock clock) {
        this.counts = counts;
        this.agreements = agreements;
        this.gold = gold;
        this.clock = clock;
    }

    CampaignHealth read(UUID campaign) {
        var now = clock.instant();
        var today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        var figures = counts.of(campaign);
        var agreement = agreements.current(campaign);
        var days = figures.days(ZoneOffset.UTC, PaceForecast.MOST_DAYS + 1).stream()
                .map(day -> new CampaignHealth.Day(day.date(), day.labels()))
                .toList();
        var slots = figures.allSlots();
        // gold and late answers fill no slot
        double share = figures.labels() == 0 ? 0 : (double) slots.filled() / figures.labels();
        return new CampaignHealth(
                now,
                figures.pairs(),
                figures.labels(),
                slots.filled(),
                slots.leased(),
                slots.open(),
                figures.annotators().values().stream()
                        .map(CampaignFigures.Work::lastAt)
                        .toList(),
                days,
                perDay(figures) * share,
                figures.labels() == 0 ? null : agreement(agreement),
                weeks(campaign, today),
                gold.of(campaign).stream()
                        .map(each -> new CampaignHealth.Gold(
                                each.account(),
                                each.name(),
                                each.accuracy().answers(),
                                each.accuracy().mean(),
                                each.accuracy().low(),
                                each.accuracy().high()))
                        .toList(),
                forecast(today, days, slots.leased() + slots.open(), share));
    }

    private static CampaignHealth.Agreement agreement(org.diptych.service.agreement.CampaignAgreement agreement) {
        var first = agreement.strata().getFirst().dimensions().getFirst();
        var reading = first.ratings() == null ? first.verdicts() : first.ratings();
        var alpha = reading.alpha();
        return new CampaignHealth.Agreement(
                first.dimension(), alpha.value(), alpha.low(), alpha.high(), reading.pairable());
    }

    private List<CampaignHealth.Week> weeks(UUID campaign, LocalDate today) {
        var since =
                today.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)).minusWeeks(WEEKS - 1L);
        return agreements.weeks(campaign).stream()
                .filter(week -> !week.monday().isBefore(since))
                .map(week -> {
                    var reading = week.dimensions().getFirst();
                    var alpha = reading.alpha();
                    return new CampaignHealth.Week(
                            week.monday(), alpha.value(), alpha.low(), alpha.high(), reading.pairable());
                })
                .toList();
    }

    private double perDay(CampaignFigures figures) {
        if (figures.quarters().isEmpty()) {
            return 0;
        }
        var now = clock.instant();
        var since = now.minus(RECENTLY);
        var first = figures.quarters().firstKey();
        var begun = first.isAfter(since) ? first : since;
        long labels = figures.quarters().tailMap(begun).values().stream()
                .mapToLong(Long::longValue)
                .sum();
        var spent = Duration.between(begun, now);
        return (double) labels * Duration.ofDays(1).toSeconds() / Math.max(SHORTEST.toSeconds(), spent.toSeconds());
    }

    private static @Nullable PaceForecast forecast(
            LocalDate today, List<CampaignHealth.Day> days, long left, double share) {
        var complete = days.stream().filter(day -> day.date().isBefore(today)).toList();
        if (left == 0 || complete.isEmpty() || share == 0) {
            return null;
        }
        var yesterday = today.minusDays(1);
        var first = complete.getFirst().date();
        int length = (int) Math.min(PaceForecast.MOST_DAYS, yesterday.toEpochDay() - first.toEpochDay() + 1);
        var amounts = new double[length];
        for (var day : complete) {
            int index = (int) (length - 1 - (yesterday.toEpochDay() - day.date().toEpochDay()));
            if (index >= 0) {
                amounts[index] = day.labels() * share;
            }
        }
        double doneToday = days.getLast().date().equals(today) ? days.getLast().labels() * share : 0;
        return PaceForecast.of(yesterday, amounts, left + doneToday, new SplittableRandom(1))
                .orElse(null);
    }
}
