package org.diptych.agreement;

import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
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
        var today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        var first = today.minusDays(DAYS - 1L);
        // the row without a day is the week: its median is not the median of the days' medians
        var spans = new HashMap<Optional<LocalDate>, OwnPace.Span>();
        jdbc.sql("""
                        WITH mine AS (
                            SELECT (submitted_at AT TIME ZONE 'UTC')::date AS day, kind, active_milliseconds AS active
                            FROM label WHERE annotator_id = :annotator AND campaign_id = :campaign
                              AND supersedes IS NULL AND stratum <> 'TRAINING' AND submitted_at >= :first)
                        SELECT day, count(*) FILTER (WHERE kind = 'ANSWER') AS labels, sum(active)::bigint AS active,
                               percentile_cont(0.5) WITHIN GROUP (ORDER BY active) FILTER (WHERE kind = 'ANSWER') AS median
                        FROM mine GROUP BY GROUPING SETS ((day), ())""")
                .param("annotator", annotator)
                .param("campaign", campaign)
                .param("first", first.atStartOfDay().atOffset(ZoneOffset.UTC))
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
