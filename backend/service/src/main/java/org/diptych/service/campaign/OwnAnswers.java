package org.diptych.service.campaign;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.diptych.service.database.Columns;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Counts what annotators have answered, exact at each call and on each node, at a cost that does not grow with it. Labels are
 * only added, and those of one annotator in a campaign one after the other (their turn sees to that): what was counted up to
 * one of them stays true, so only those after it are read, with what the annotator said of the same pairs before.
 */
class OwnAnswers {
    private static final int MOST_KEPT = 10_000;
    private static final Duration KEPT_FOR = Duration.ofHours(1);

    private final JdbcClient jdbc;
    private final Cache<Key, Count> known = Caffeine.newBuilder()
            .maximumSize(MOST_KEPT)
            .expireAfterAccess(KEPT_FOR)
            .build();

    OwnAnswers(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** What the annotator has answered and holds in the campaign. */
    Own of(UUID annotator, UUID campaign) {
        var key = new Key(annotator, campaign);
        var before = Objects.requireNonNullElse(known.getIfPresent(key), Count.NONE);
        var rows = read(key, before.sequence);
        var now = before;
        for (var row : rows) {
            now = row.sequence == null ? now : now.with(row);
        }
        if (now.sequence > before.sequence) {
            known.asMap().merge(key, now, (one, other) -> one.sequence >= other.sequence ? one : other);
        }
        var first = rows.getFirst();
        return new Own(now.mine, now.answered, now.since(first.midnight), first.held);
    }

    /** The pairs that somebody said something of after a label, each as it counted then and as it counts now. */
    private List<Row> read(Key key, long after) {
        return jdbc.sql("""
                        SELECT head.midnight, head.held, pair.* FROM (
                            SELECT midnight_of(:annotator) AS midnight, (SELECT count(*) FROM assignment
                                WHERE annotator_id = :annotator AND campaign_id = :campaign AND state = 'LEASED') AS held) head
                        LEFT JOIN (
                            -- a probe for each, whatever the planner thinks of their number
                            SELECT said.* FROM (SELECT DISTINCT pair_id FROM label WHERE annotator_id = :annotator
                                    AND campaign_id = :campaign AND sequence > :after) touched
                            CROSS JOIN LATERAL (
                                SELECT max(l.sequence) AS sequence,
                                    coalesce((array_agg(l.kind ORDER BY l.sequence DESC)
                                        FILTER (WHERE l.sequence <= :after))[1], '') = 'ANSWER' AS was_mine,
                                    (array_agg(l.slot IS NULL AND l.stratum <> 'GOLD' ORDER BY l.sequence DESC)
                                        FILTER (WHERE l.sequence <= :after))[1] AS was_extra,
                                    min(l.submitted_at) FILTER (WHERE l.kind = 'ANSWER' AND l.sequence <= :after) AS was_at,
                                    (array_agg(l.kind ORDER BY l.sequence DESC))[1] = 'ANSWER' AS is_mine,
                                    (array_agg(l.slot IS NULL AND l.stratum <> 'GOLD' ORDER BY l.sequence DESC))[1] AS is_extra,
                                    min(l.submitted_at) FILTER (WHERE l.kind = 'ANSWER') AS is_at
                                FROM label l WHERE l.pair_id = touched.pair_id AND l.annotator_id = :annotator) said) pair
                            ON true""")
                .param("annotator", key.annotator)
                .param("campaign", key.campaign)
                .param("after", after)
                .query((row, number) -> new Row(
                        row.getTimestamp("midnight").toInstant(),
                        row.getLong("held"),
                        row.getObject("sequence", Long.class),
                        row.getBoolean("was_mine") ? Columns.instant(row, "was_at") : null,
                        row.getBoolean("was_extra"),
                        row.getBoolean("is_mine") ? Columns.instant(row, "is_at") : null,
                        row.getBoolean("is_extra")))
                .list();
    }

    /**
     * What an annotator has answered and holds.
     *
     * @param mine pairs whose latest label by them is an answer
     * @param answered those that are not kept beside a pair's labels
     * @param today those of {@code mine} that they first answered since their midnight
     * @param held leases
     */
    record Own(long mine, long answered, long today, long held) {}

    private record Key(UUID annotator, UUID campaign) {}

    /**
     * A pair.
     *
     * @param sequence of its latest label; null where nothing is new
     * @param was when it was first answered, as it counted before; null while it did not count
     * @param is the same, as it counts now
     */
    private record Row(
            Instant midnight,
            long held,
            @Nullable Long sequence,
            @Nullable Instant was,
            boolean wasExtra,
            @Nullable Instant is,
            boolean isExtra) {}

    /**
     * What is known up to a label.
     *
     * @param quarters by the quarter of an hour of its first answer, which is as fine as midnights are
     */
    private record Count(long sequence, long mine, long answered, SortedMap<Long, Long> quarters) {
        private static final Count NONE = new Count(0, 0, 0, new TreeMap<>());
        private static final long QUARTER = Duration.ofMinutes(15).toSeconds();
        /** Midnights further back are nobody's. */
        private static final long KEPT_QUARTERS = 3 * 24 * 4;

        Count with(Row row) {
            var next = new TreeMap<>(quarters);
            count(next, row.was, -1);
            count(next, row.is, 1);
            long now = row.midnight.getEpochSecond() / QUARTER;
            next.headMap(now - KEPT_QUARTERS).clear();
            return new Count(
                    Math.max(sequence, Objects.requireNonNull(row.sequence)),
                    mine - one(row.was != null) + one(row.is != null),
                    answered - one(row.was != null && !row.wasExtra) + one(row.is != null && !row.isExtra),
                    next);
        }

        private static void count(TreeMap<Long, Long> quarters, @Nullable Instant at, long by) {
            if (at != null) {
                quarters.merge(at.getEpochSecond() / QUARTER, by, Long::sum);
            }
        }

        private static long one(boolean counts) {
            return counts ? 1 : 0;
        }

        long since(Instant midnight) {
            return quarters.tailMap(midnight.getEpochSecond() / QUARTER).values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
        }
    }
}
