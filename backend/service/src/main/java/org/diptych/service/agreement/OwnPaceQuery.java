package org.diptych.service.agreement;

import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.diptych.service.label.ActiveTime;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads an annotator's pace of the last seven days. */
@Component
class OwnPaceQuery {
    private static final int DAYS = 7;
    private static final double MILLISECONDS_AN_HOUR = Duration.ofHours(1).toMillis();
    private static final OwnPace.Span NOTHING = new OwnPace.Span(0, 0, null, null);

    private final JdbcClient jdbc;
    private final Clock clock;

    OwnPaceQuery(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    OwnPace of(UUID annotator, UUID campaign) {
        var zone = ZoneId.of(jdbc.sql("SELECT zone_of(?)")
                .param(annotator)
                .query(String.class)
                .single());
        var today = LocalDate.ofInstant(clock.instant(), zone);
        var first = today.minusDays(DAYS - 1L);
        // the row without a day is the week: its median is not the median of the days' medians
        var spans = new HashMap<Optional<LocalDate>, OwnPace.Span>();
        jdbc.sql("""
                        WITH mine AS (
                            SELECT (l.submitted_at AT TIME ZONE :zone)::date AS day,
                                   least(l.active_milliseconds, :longest) AS active,
                                   -- the first answer to a pair that is answered still
                                   l.kind = 'ANSWER' AND l.submitted_at = p.answered_at AS judged
                            FROM label l LEFT JOIN label former ON former.id = l.supersedes
                            LEFT JOIN answered_pair p ON p.campaign_id = l.campaign_id
                                AND p.annotator_id = l.annotator_id AND p.pair_id = l.pair_id
                            WHERE l.annotator_id = :annotator AND l.campaign_id = :campaign
                              AND l.stratum <> 'TRAINING' AND l.submitted_at >= :first
                              AND former.kind IS DISTINCT FROM 'ANSWER')
                        SELECT day, count(*) FILTER (WHERE judged) AS labels, sum(active)::bigint AS active,
                               percentile_cont(0.5) WITHIN GROUP (ORDER BY active) FILTER (WHERE judged) AS median
                        FROM mine GROUP BY GROUPING SETS ((day), ())""")
                .param("annotator", annotator)
                .param("campaign", campaign)
                .param("zone", zone.getId())
                .param("longest", ActiveTime.LONGEST)
                .param("first", first.atStartOfDay(zone).toOffsetDateTime())
                .query(row -> {
                    long labels = row.getLong("labels");
                    long active = row.getLong("active");
                    double median = row.getDouble("median");
                    spans.put(
                            Optional.ofNullable(row.getObject("day", LocalDate.class)),
                            new OwnPace.Span(
                                    labels,
                                    active,
                                    active > 0 ? (Double) (labels * MILLISECONDS_AN_HOUR / active) : null,
                                    labels > 0 ? (Double) median : null));
                });
        return new OwnPace(
                span(spans, Optional.of(today)),
                span(spans, Optional.empty()),
                IntStream.range(0, DAYS)
                        .mapToObj(first::plusDays)
                        .map(day -> new OwnPace.Day(day, span(spans, Optional.of(day))))
                        .toList());
    }

    private static OwnPace.Span span(Map<Optional<LocalDate>, OwnPace.Span> spans, Optional<LocalDate> day) {
        return spans.getOrDefault(day, NOTHING);
    }
}
