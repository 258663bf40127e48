package org.diptych.service.health;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.UUID;
import org.diptych.protocol.AnswerMode;
import org.diptych.protocol.Dimension;
import org.diptych.protocol.RatingPair;
import org.diptych.protocol.Verdict;
import org.diptych.service.database.Streaming;
import org.diptych.service.label.AnswerJson;
import org.diptych.service.protocol.ProtocolService;
import org.diptych.statistics.agreement.Agreement;
import org.diptych.statistics.agreement.Coefficient;
import org.diptych.statistics.agreement.Interval;
import org.diptych.statistics.agreement.IntervalSettings;
import org.diptych.statistics.agreement.Measure;
import org.diptych.statistics.agreement.Ratings;
import org.diptych.statistics.agreement.ValueScale;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Alpha on the first dimension in the uniform stratum, week by week. A pair belongs to the week of its latest judgement. */
@Component
class WeeklyAgreement {
    private static final int WEEKS = 8;
    /** The interval must not flicker. */
    private static final long SEED = 1;

    private static final List<String> VERDICTS =
            List.of(Verdict.FIRST, Verdict.TIE, Verdict.BOTH_BAD, Verdict.SECOND).stream()
                    .map(Verdict::word)
                    .toList();

    private final ProtocolService protocols;
    private final Streaming streaming;

    WeeklyAgreement(ProtocolService protocols, Streaming streaming) {
        this.protocols = protocols;
        this.streaming = streaming;
    }

    private record Given(
            UUID annotator,
            @Nullable RatingPair ratings,
            @Nullable Verdict verdict) {}

    private static final class Judged {
        private final List<Given> answers = new ArrayList<>(2);
        private Instant latest = Instant.MIN;

        void add(Given given, Instant at) {
            answers.add(given);
            latest = at.isAfter(latest) ? at : latest;
        }
    }

    List<CampaignHealth.Week> of(UUID campaign, String protocolSha256, LocalDate today) {
        var protocol = protocols.bySha256(protocolSha256).protocol();
        var dimension = protocol.dimensions().getFirst();
        boolean rated = protocol.mode() == AnswerMode.RATING;
        var since = monday(today).minusWeeks(WEEKS - 1L).atStartOfDay(ZoneOffset.UTC);
        var pairs = new LinkedHashMap<UUID, Judged>();
        streaming.query(
                """
                SELECT pair_id, annotator_id, answers, verdicts, submitted_at FROM dataset_label
                WHERE campaign_id = ? AND protocol_sha256 = ? AND stratum = 'UNIFORM' AND submitted_at >= ?""",
                row -> {
                    pairs.computeIfAbsent(row.getObject("pair_id", UUID.class), _ -> new Judged())
                            .add(
                                    given(
                                            row.getObject("annotator_id", UUID.class),
                                            row.getString(rated ? "answers" : "verdicts"),
                                            dimension,
                                            rated),
                                    row.getTimestamp("submitted_at").toInstant());
                },
                campaign,
                protocolSha256,
                since.toOffsetDateTime());
        return weeks(pairs, dimension, rated);
    }

    private static Given given(UUID annotator, String stored, Dimension dimension, boolean rated) {
        return rated
                ? new Given(
                        annotator,
                        AnswerJson.fromStored(stored).get(dimension.id()) instanceof RatingPair ratings
                                ? ratings
                                : null,
                        null)
                : new Given(
                        annotator, null, AnswerJson.verdictsFromStored(stored).get(dimension.id()));
    }

    private static List<CampaignHealth.Week> weeks(Map<UUID, Judged> pairs, Dimension dimension, boolean rated) {
        var scale = rated ? ValueScale.range(dimension.lowest(), dimension.highest()) : ValueScale.named(VERDICTS);
        var tables = new TreeMap<LocalDate, Ratings.Builder>();
        pairs.forEach((pair, judged) -> {
            var table = tables.computeIfAbsent(
                    monday(LocalDate.ofInstant(judged.latest, ZoneOffset.UTC)), _ -> Ratings.builder(scale));
            for (var given : judged.answers) {
                if (given.ratings() != null) {
                    table.add(pair + "/1", given.annotator(), given.ratings().first());
                    table.add(pair + "/2", given.annotator(), given.ratings().second());
                } else if (given.verdict() != null) {
                    table.add(pair, given.annotator(), given.verdict().word());
                }
            }
        });
        return tables.entrySet().stream()
                .map(week -> week(week.getKey(), week.getValue().build(), rated))
                .toList();
    }

    private static CampaignHealth.Week week(LocalDate monday, Ratings table, boolean rated) {
        var agreement = Agreement.of(table);
        var measure = rated ? Measure.ALPHA_ORDINAL : Measure.ALPHA_NOMINAL;
        var estimate = agreement
                .estimates(List.of(measure), IntervalSettings.DEFAULT, new SplittableRandom(SEED))
                .get(measure);
        if (estimate == null || !(estimate.coefficient() instanceof Coefficient.Defined defined)) {
            return new CampaignHealth.Week(
                    monday, null, null, null, agreement.counts().pairable());
        }
        var interval = estimate.interval();
        return new CampaignHealth.Week(
                monday,
                defined.value(),
                interval.map(Interval::low).orElse(null),
                interval.map(Interval::high).orElse(null),
                agreement.counts().pairable());
    }

    private static LocalDate monday(LocalDate day) {
        return day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
    }
}
