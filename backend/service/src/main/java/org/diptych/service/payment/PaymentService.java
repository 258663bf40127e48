package org.diptych.service.payment;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.diptych.service.account.AccountZones;
import org.diptych.service.account.CampaignAccess;
import org.diptych.service.account.SignedIn;
import org.diptych.service.audit.AuditAction;
import org.diptych.service.audit.AuditLog;
import org.diptych.service.download.CsvRow;
import org.diptych.service.problem.Problem;
import org.diptych.service.request.IfMatch;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Says what annotators did in a period and what it comes to. It pays nobody: both bases are stated, leads choose. */
@Service
@Transactional
public class PaymentService {
    /** How active time comes about, as it stands in every file. */
    public static final String IDLE_RULE =
            "page in sight and in focus, and input within the last 30 seconds; all other time is idle and never counted";

    private static final BigDecimal MILLISECONDS_AN_HOUR = new BigDecimal(3_600_000);

    private final PaymentQuery query;
    private final CampaignAccess access;
    private final AccountZones zones;
    private final AuditLog audit;
    private final Clock clock;

    PaymentService(PaymentQuery query, CampaignAccess access, AccountZones zones, AuditLog audit, Clock clock) {
        this.query = query;
        this.access = access;
        this.zones = zones;
        this.audit = audit;
        this.clock = clock;
    }

    /** What the leads have chosen. */
    @Transactional(readOnly = true)
    public PaymentSettings settings(SignedIn lead, UUID campaign) {
        access.requireLead(lead, campaign);
        return query.settings(campaign);
    }

    /**
     * Changes what the leads have chosen, unless somebody else has done so since it was read.
     *
     * @param read {@linkplain PaymentSettings#tag() tags} of settings of which one must still hold; empty for any
     * @throws Problem {@code invalid_settings}; {@code changed_meanwhile}, and nothing was written
     */
    public PaymentSettings change(SignedIn lead, UUID campaign, PaymentSettings wanted, Set<String> read) {
        access.requireLead(lead, campaign);
        var settings = wanted.checked();
        query.lock(campaign);
        var before = query.settings(campaign);
        IfMatch.require(read, before.tag());
        query.keep(campaign, settings);
        audit.write(AuditAction.PAYMENT_SETTINGS, lead.id(), campaign, null, before, settings);
        return settings;
    }

    /**
     * What annotators did in a period.
     *
     * @param from first day; null: the first of this month
     * @param to last day; null: today
     * @throws Problem {@code invalid_period}
     */
    @Transactional(readOnly = true)
    public PaymentReport report(SignedIn lead, UUID campaign, @Nullable LocalDate from, @Nullable LocalDate to) {
        access.requireLead(lead, campaign);
        var settings = query.settings(campaign);
        var chosen = settings.timeZone();
        var zone = chosen == null ? zones.of(lead) : ZoneId.of(chosen);
        var last = to == null ? LocalDate.ofInstant(clock.instant(), zone) : to;
        var period = new PaymentPeriod(from == null ? last.withDayOfMonth(1) : from, last, zone);
        return PaymentReport.of(query.campaign(campaign), period, settings, query.counts(campaign, period, settings));
    }

    /** The same as CSV (RFC 4180): every row says by itself what it rests on. That somebody took it is recorded. */
    public String export(SignedIn lead, UUID campaign, @Nullable LocalDate from, @Nullable LocalDate to) {
        var report = report(lead, campaign, from, to);
        audit.write(
                AuditAction.PAYMENT_EXPORTED,
                lead.id(),
                campaign,
                null,
                null,
                Map.of(
                        "from", report.period().from().toString(),
                        "to", report.period().to().toString(),
                        "zone", report.period().zone().getId(),
                        "people", report.lines().size()));
        return csv(report);
    }

    private static String csv(PaymentReport report) {
        var csv = new StringBuilder(CsvRow.of(
                "campaign",
                "from",
                "to",
                "time_zone",
                "name",
                "display_name",
                "simulated",
                "judgements",
                "labels",
                "extra",
                "gold",
                "training",
                "corrections",
                "skips",
                "active_hours",
                "median_seconds",
                "currency",
                "rate_per_judgement",
                "amount_per_judgement",
                "rate_per_hour",
                "amount_per_hour",
                "rounding",
                "judgements_are",
                "active_time_is"));
        var settings = report.settings();
        for (var line : report.lines()) {
            var counts = line.counts();
            var median = counts.medianMilliseconds();
            csv.append(CsvRow.of(
                    report.campaign(),
                    report.period().from(),
                    report.period().to(),
                    report.period().zone().getId(),
                    counts.name(),
                    counts.displayName(),
                    counts.simulated(),
                    line.judgements(),
                    counts.labels(),
                    counts.extra(),
                    counts.gold(),
                    counts.training(),
                    counts.corrections(),
                    counts.skips(),
                    hours(counts.activeMilliseconds()),
                    median == null
                            ? null
                            : (Object)
                                    BigDecimal.valueOf(median).movePointLeft(3).setScale(1, RoundingMode.HALF_UP),
                    settings.currency(),
                    settings.perJudgement(),
                    line.perJudgement(),
                    settings.perHour(),
                    line.perHour(),
                    settings.rounding() + " to " + settings.decimals() + " decimals, once for each person",
                    counted(settings),
                    IDLE_RULE));
        }
        return csv.toString();
    }

    private static BigDecimal hours(long milliseconds) {
        return BigDecimal.valueOf(milliseconds).divide(MILLISECONDS_AN_HOUR, 4, RoundingMode.HALF_UP);
    }

    private static String counted(PaymentSettings settings) {
        var with = new ArrayList<>(List.of("labels"));
        var without = new ArrayList<>(List.of("corrections", "skips"));
        (settings.countsExtra() ? with : without).add("extra");
        (settings.countsGold() ? with : without).add("gold");
        (settings.countsTraining() ? with : without).add("training");
        return String.join(" + ", with) + "; not " + String.join(", ", without);
    }
}
