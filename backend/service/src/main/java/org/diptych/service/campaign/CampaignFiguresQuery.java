package org.diptych.service.campaign;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.diptych.service.database.Columns;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** The statements behind {@link CampaignCounts}: each counts one table for all campaigns asked for, in one snapshot. */
class CampaignFiguresQuery {
    /** Longer than a day nobody was at one pair, whatever earlier releases took in. */
    private static final String ACTIVE = "least(active_milliseconds, 86400000)";

    private final StuckPairsQuery stuck;
    private final JdbcClient jdbc;
    private final TransactionTemplate oneMoment;

    CampaignFiguresQuery(JdbcClient jdbc, PlatformTransactionManager transactions) {
        this.stuck = new StuckPairsQuery(jdbc);
        this.jdbc = jdbc;
        this.oneMoment = new TransactionTemplate(transactions);
        oneMoment.setReadOnly(true);
        oneMoment.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
    }

    Map<UUID, CampaignFigures> of(Collection<UUID> campaigns) {
        return Objects.requireNonNull(oneMoment.execute(_ -> {
            var tallies = campaigns.stream().collect(Collectors.toMap(Function.identity(), _ -> new Tally()));
            sizes(tallies);
            slots(tallies);
            holders(tallies);
            labels(tallies);
            medians(tallies);
            skips(tallies);
            frozen(tallies);
            var inVain = stuck.of(campaigns);
            return tallies.entrySet().stream()
                    .collect(Collectors.toMap(
                            Map.Entry::getKey,
                            tally -> tally.getValue().figures(inVain.getOrDefault(tally.getKey(), StuckPairs.NONE))));
        }));
    }

    private void sizes(Map<UUID, Tally> tallies) {
        count(
                "SELECT campaign_id, count(*) FROM item WHERE campaign_id = ANY (?) GROUP BY campaign_id",
                tallies,
                (t, n) -> t.items = n);
        count(
                "SELECT campaign_id, count(*) FROM pair WHERE campaign_id = ANY (?) GROUP BY campaign_id",
                tallies,
                (t, n) -> t.pairs = n);
    }

    private void count(String statement, Map<UUID, Tally> tallies, BiConsumer<Tally, Long> counted) {
        read(statement, tallies, row -> counted.accept(tally(tallies, row.getObject(1, UUID.class)), row.getLong(2)));
    }

    private void slots(Map<UUID, Tally> tallies) {
        read(
                """
                SELECT campaign_id, stratum, state, count(*) AS slots FROM slot WHERE campaign_id = ANY (?)
                GROUP BY campaign_id, stratum, state ORDER BY stratum <> 'UNIFORM', stratum""",
                tallies,
                row -> tally(tallies, row.getObject("campaign_id", UUID.class))
                        .slots
                        .merge(
                                row.getString("stratum"),
                                slots(row.getString("state"), row.getLong("slots")),
                                SlotCount::plus));
    }

    private void holders(Map<UUID, Tally> tallies) {
        read(
                """
                SELECT s.campaign_id, a.annotator_id, s.state, count(*) AS slots
                FROM slot s JOIN assignment a ON a.id = s.assignment_id
                WHERE s.campaign_id = ANY (?) AND s.state IN ('LEASED', 'FILLED')
                GROUP BY s.campaign_id, a.annotator_id, s.state""",
                tallies,
                row -> tally(tallies, row.getObject("campaign_id", UUID.class))
                        .holders
                        .merge(
                                row.getObject("annotator_id", UUID.class),
                                slots(row.getString("state"), row.getLong("slots")),
                                SlotCount::plus));
    }

    private static SlotCount slots(String state, long count) {
        return switch (state) {
            case "OPEN" -> new SlotCount(count, 0, 0);
            case "LEASED" -> new SlotCount(0, count, 0);
            // its pair is taken out of the queue: no label is wanted
            case "OUT" -> SlotCount.NONE;
            default -> new SlotCount(0, 0, count);
        };
    }

    /** One pass over the labels for whom they are by and for when they came. */
    private void labels(Map<UUID, Tally> tallies) {
        read("""
                SELECT campaign_id, annotator_id, quarter, max(submitted_at) AS last,
                    max(submitted_at) FILTER (WHERE counts) AS last_label, count(*) FILTER (WHERE counts) AS labels,
                    count(*) FILTER (WHERE counts AND flagged) AS flagged,
                    sum(learns) FILTER (WHERE counts) AS learnable
                FROM (SELECT l.campaign_id, l.annotator_id, l.submitted_at, l.flagged, l.stratum,
                          date_bin('15 minutes', l.submitted_at, 'epoch') AS quarter,
                          -- as the view current_label has it, with the others beside
                          l.kind = 'ANSWER' AND newer.supersedes IS NULL AS counts,
                          -- as labels_since_training has it: what was learnt and is excluded since is a change, and no label
                          CASE WHEN l.stratum NOT IN ('UNIFORM', 'ACQUIRED')
                                  OR l.pair_id IN (SELECT pair_id FROM pair_taken_out) THEN 0
                              WHEN x.account_id IS NULL THEN 1
                              WHEN x.excluded_at > t.frozen_at AND l.submitted_at <= t.frozen_at THEN 2
                              ELSE 0 END AS learns
                      FROM label l LEFT JOIN label newer ON newer.supersedes = l.id
                      LEFT JOIN excluded_annotator x ON x.campaign_id = l.campaign_id
                          AND x.account_id = l.annotator_id AND x.since <= l.submitted_at
                      LEFT JOIN last_training_set t ON t.campaign_id = l.campaign_id
                      WHERE l.campaign_id = ANY (?)) given
                GROUP BY GROUPING SETS ((campaign_id, annotator_id), (campaign_id, quarter))""", tallies, row -> {
            var tally = tally(tallies, row.getObject("campaign_id", UUID.class));
            var annotator = row.getObject("annotator_id", UUID.class);
            long labels = row.getLong("labels");
            if (annotator != null) {
                tally.annotators.put(
                        annotator,
                        new CampaignFigures.Work(
                                labels, row.getTimestamp("last").toInstant()));
                tally.flagged += row.getLong("flagged");
                tally.learnable += row.getLong("learnable");
                tally.labelledAt(Columns.instant(row, "last_label"));
            } else if (labels > 0) {
                tally.quarters.put(row.getTimestamp("quarter").toInstant(), labels);
            }
        });
    }

    private void medians(Map<UUID, Tally> tallies) {
        read(
                "SELECT campaign_id, percentile_cont(0.5) WITHIN GROUP (ORDER BY " + ACTIVE + ") / 1000 AS median"
                        + " FROM current_label WHERE campaign_id = ANY (?) GROUP BY campaign_id",
                tallies,
                row -> tally(tallies, row.getObject("campaign_id", UUID.class)).median = Columns.number(row, "median"));
    }

    private void skips(Map<UUID, Tally> tallies) {
        read("""
                SELECT campaign_id, count(*) AS skips, count(*) FILTER (WHERE flagged) AS flagged
                FROM current_skip WHERE campaign_id = ANY (?) GROUP BY campaign_id""", tallies, row -> {
            var tally = tally(tallies, row.getObject("campaign_id", UUID.class));
            tally.skips = row.getLong("skips");
            tally.flagged += row.getLong("flagged");
        });
    }

    private void frozen(Map<UUID, Tally> tallies) {
        count("""
                SELECT DISTINCT ON (r.campaign_id) r.campaign_id, s.labels
                FROM training_run r JOIN dataset_snapshot s ON s.id = r.snapshot_id
                WHERE r.campaign_id = ANY (?) ORDER BY r.campaign_id, r.created_at DESC""", tallies, (tally, labels) -> tally.frozen = labels);
    }

    private void read(String statement, Map<UUID, Tally> tallies, RowCallbackHandler row) {
        jdbc.sql(statement).param(tallies.keySet().toArray(UUID[]::new)).query(row);
    }

    private static Tally tally(Map<UUID, Tally> tallies, UUID campaign) {
        return Objects.requireNonNull(tallies.get(campaign));
    }

    /** What was counted of one campaign so far. */
    private static final class Tally {
        private long items;
        private long pairs;
        private final Map<String, SlotCount> slots = new LinkedHashMap<>();
        private final Map<UUID, SlotCount> holders = new HashMap<>();
        private final Map<UUID, CampaignFigures.Work> annotators = new HashMap<>();
        private final TreeMap<Instant, Long> quarters = new TreeMap<>();
        private long skips;
        private long flagged;
        private long learnable;
        private long frozen;
        private @Nullable Double median;
        private @Nullable Instant lastLabel;

        void labelledAt(@Nullable Instant moment) {
            if (moment != null && (lastLabel == null || moment.isAfter(lastLabel))) {
                lastLabel = moment;
            }
        }

        CampaignFigures figures(StuckPairs stuck) {
            return new CampaignFigures(
                    items,
                    pairs,
                    slots,
                    holders,
                    annotators,
                    quarters,
                    skips,
                    flagged,
                    median,
                    lastLabel,
                    Math.max(0, learnable - frozen),
                    stuck);
        }
    }
}
