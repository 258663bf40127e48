package org.diptych.service.campaign;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Reads the figures of campaigns from their tallies: some rows for each, whatever its size. What is leased is read as it is;
 * what was answered may be some seconds behind, and counts as open for so long.
 */
class TalliedFigures {
    /** Active times are counted by their natural logarithm times this: medians are true to a quarter of a percent. */
    static final int FINENESS = 200;

    private static final double MILLISECONDS = 1000;
    private static final long MICROSECONDS = 1_000_000;

    private final StuckPairsQuery stuck;
    private final JdbcClient jdbc;

    TalliedFigures(JdbcClient jdbc) {
        this.stuck = new StuckPairsQuery(jdbc);
        this.jdbc = jdbc;
    }

    /** How many slots and labels a tally has counted, by campaign; those without one are left out. */
    Map<UUID, Long> sizes(Collection<UUID> campaigns) {
        return jdbc
                .sql("""
                        SELECT m.campaign_id, (coalesce((SELECT sum(n) FROM campaign_tally t
                                WHERE t.campaign_id = m.campaign_id AND t.figure IN ('wanted', 'labels')), 0)
                            + coalesce((SELECT sum(n) FROM campaign_tally_change t
                                WHERE t.campaign_id = m.campaign_id AND t.figure = 'wanted'), 0))::bigint AS size
                        FROM campaign_tally_mark m WHERE m.campaign_id = ANY (?)""")
                .param(campaigns.toArray(UUID[]::new))
                .query((row, number) -> Map.entry(row.getObject("campaign_id", UUID.class), row.getLong("size")))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    Map<UUID, CampaignFigures> of(Collection<UUID> campaigns) {
        var tallies = campaigns.stream().collect(Collectors.toMap(Function.identity(), _ -> new Tally()));
        var ids = campaigns.toArray(UUID[]::new);
        jdbc.sql("""
                        SELECT campaign_id, figure, subject, n FROM campaign_tally WHERE campaign_id = ANY (:campaigns)
                        UNION ALL
                        SELECT campaign_id, figure, subject, n FROM campaign_tally_change WHERE campaign_id = ANY (:campaigns)
                        UNION ALL
                        SELECT s.campaign_id, 'leased', s.stratum, count(*) FROM slot s
                        WHERE s.campaign_id = ANY (:campaigns) AND s.state = 'LEASED' GROUP BY s.campaign_id, s.stratum
                        UNION ALL
                        SELECT s.campaign_id, 'leased-by', a.annotator_id::text, count(*)
                        FROM slot s JOIN assignment a ON a.id = s.assignment_id
                        WHERE s.campaign_id = ANY (:campaigns) AND s.state = 'LEASED' GROUP BY s.campaign_id, a.annotator_id
                        UNION ALL
                        -- what is of pairs taken out does not train; they are few
                        SELECT l.campaign_id, 'learnable', '', -count(*)
                        FROM pair_taken_out t JOIN current_label l ON l.pair_id = t.pair_id
                        WHERE t.campaign_id = ANY (:campaigns) AND l.stratum IN ('UNIFORM', 'ACQUIRED') GROUP BY l.campaign_id
                        UNION ALL
                        -- nor what is of excluded annotators; what the last training has learnt of them is a change, too
                        SELECT l.campaign_id, 'learnable', '',
                            sum(CASE WHEN x.excluded_at > t.frozen_at AND l.submitted_at <= t.frozen_at THEN 1 ELSE -1 END)::bigint
                        FROM excluded_annotator x JOIN current_label l ON l.annotator_id = x.account_id
                            AND l.campaign_id = x.campaign_id AND l.submitted_at >= x.since
                        LEFT JOIN last_training_set t ON t.campaign_id = x.campaign_id
                        WHERE x.campaign_id = ANY (:campaigns) AND l.stratum IN ('UNIFORM', 'ACQUIRED')
                          AND l.pair_id NOT IN (SELECT pair_id FROM pair_taken_out) GROUP BY l.campaign_id
                        UNION ALL
                        SELECT campaign_id, 'frozen', '', labels FROM last_training_set WHERE campaign_id = ANY (:campaigns)""").param("campaigns", ids).query(row -> {
            Objects.requireNonNull(tallies.get(row.getObject("campaign_id", UUID.class)))
                    .add(row.getString("figure"), row.getString("subject"), row.getLong("n"));
        });
        var inVain = stuck.of(campaigns);
        return tallies.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        tally -> tally.getValue().figures(inVain.getOrDefault(tally.getKey(), StuckPairs.NONE))));
    }

    /** The rows of one campaign. */
    private static final class Tally {
        private final Map<String, SortedMap<String, Long>> figures = new HashMap<>();

        void add(String figure, String subject, long n) {
            figures.computeIfAbsent(figure, _ -> new TreeMap<>()).merge(subject, n, Long::sum);
        }

        private SortedMap<String, Long> all(String figure) {
            return figures.getOrDefault(figure, new TreeMap<>());
        }

        private long one(String figure) {
            return all(figure).getOrDefault("", 0L);
        }

        CampaignFigures figures(StuckPairs stuck) {
            var annotators = new HashMap<UUID, CampaignFigures.Work>();
            all("last")
                    .forEach((annotator, last) -> annotators.put(
                            UUID.fromString(annotator),
                            new CampaignFigures.Work(
                                    all("labels").getOrDefault(annotator, 0L), Objects.requireNonNull(instant(last)))));
            var quarters = new TreeMap<Instant, Long>();
            positive(
                    "quarter",
                    (quarter, labels) -> quarters.put(Instant.ofEpochSecond(Long.parseLong(quarter)), labels));
            return new CampaignFigures(
                    one("items"),
                    one("pairs"),
                    slots(),
                    holders(),
                    annotators,
                    quarters,
                    one("skips"),
                    one("flagged"),
                    median(),
                    instant(all("last-label").get("")),
                    Math.max(0, one("learnable") - one("frozen")),
                    stuck);
        }

        private void positive(String figure, BiConsumer<String, Long> row) {
            all(figure).forEach((subject, n) -> {
                if (n > 0) {
                    row.accept(subject, n);
                }
            });
        }

        /** By stratum, the uniform one first, as all else that lists them. */
        private Map<String, SlotCount> slots() {
            var slots = new TreeMap<String, SlotCount>(
                    Comparator.comparing((String stratum) -> !stratum.equals(Stratum.UNIFORM.name()))
                            .thenComparing(Comparator.naturalOrder()));
            positive("wanted", (stratum, wanted) -> {
                long filled = Math.min(wanted, all("filled").getOrDefault(stratum, 0L));
                long leased = Math.min(wanted - filled, all("leased").getOrDefault(stratum, 0L));
                slots.put(stratum, new SlotCount(wanted - filled - leased, leased, filled));
            });
            return slots;
        }

        private Map<UUID, SlotCount> holders() {
            var holders = new HashMap<UUID, SlotCount>();
            positive(
                    "filled-by",
                    (annotator, n) ->
                            holders.merge(UUID.fromString(annotator), new SlotCount(0, 0, n), SlotCount::plus));
            positive(
                    "leased-by",
                    (annotator, n) ->
                            holders.merge(UUID.fromString(annotator), new SlotCount(0, n, 0), SlotCount::plus));
            return holders;
        }

        /** Of the active times, in seconds. */
        private @Nullable Double median() {
            var paces = new TreeMap<Long, Long>();
            positive("pace", (pace, labels) -> paces.put(Long.parseLong(pace), labels));
            long left = paces.values().stream().mapToLong(Long::longValue).sum() / 2;
            for (var pace : paces.entrySet()) {
                left -= pace.getValue();
                if (left < 0) {
                    return Math.exp((double) pace.getKey() / FINENESS) / MILLISECONDS;
                }
            }
            return null;
        }

        private static @Nullable Instant instant(@Nullable Long microseconds) {
            return microseconds == null
                    ? null
                    : Instant.ofEpochSecond(
                            microseconds / MICROSECONDS, microseconds % MICROSECONDS * (long) MILLISECONDS);
        }
    }
}
