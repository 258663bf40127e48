package org.diptych.reward.worker;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Reads which pairs of a campaign acquisition may ask: those outside of the uniform stratum whose candidates have rows, but for
 * what leads have vetoed, taken out or put in front by hand.
 */
@Component
class AskablePairs {
    private static final int ROWS_AT_A_TIME = 5_000;

    private final JdbcTemplate streaming;
    private final TransactionTemplate transactions;

    AskablePairs(JdbcTemplate template, TransactionTemplate transactions) {
        this.streaming = new JdbcTemplate(java.util.Objects.requireNonNull(template.getDataSource()));
        this.streaming.setFetchSize(ROWS_AT_A_TIME);
        this.transactions = transactions;
    }

    /**
     * The pairs that may be asked.
     *
     * @param open pairs that wait for labels that every pair gets
     * @param labelled pairs that have those, none of their slots with an annotator, and may get another
     */
    record Askable(PairColumns open, PairColumns labelled) {}

    /**
     * Reads them, in the order of their ids.
     *
     * @param rows rows of the candidates that are encoded; pairs of others wait for the next time
     * @param mostLabels labels that a pair may get in all
     * @param look is called for each pair, and ends the work by throwing
     */
    Askable read(UUID campaign, Map<UUID, Integer> rows, int mostLabels, Runnable look) {
        var result = new Askable(new PairColumns(), new PairColumns());
        transactions.executeWithoutResult(_ -> {
            var items = items(campaign);
            streaming.query(
                    """
                    SELECT p.id, p.item_id, p.first_candidate_id, p.second_candidate_id, s.filled, s.open, s.leased FROM pair p
                    JOIN (SELECT slot.pair_id, count(*) FILTER (WHERE state = 'FILLED') AS filled,
                              count(*) FILTER (WHERE state = 'OPEN' AND NOT extra) AS open,
                              count(*) FILTER (WHERE state = 'LEASED') AS leased
                          FROM slot LEFT JOIN acquisition_batch b ON b.id = slot.acquisition_batch_id AND b.policy = 'person'
                          WHERE slot.campaign_id = ? AND slot.stratum = 'ACQUIRED' GROUP BY slot.pair_id
                          -- what waits because a person wants it is no choice of a model
                          HAVING NOT bool_or(b.id IS NOT NULL AND state = 'OPEN' AND (b.pinned_by IS NULL OR slot.priority > 0))) s ON s.pair_id = p.id
                    WHERE NOT EXISTS (SELECT 1 FROM pair_taken_out t WHERE t.pair_id = p.id)
                      AND NOT EXISTS (SELECT 1 FROM pair_vetoed v WHERE v.pair_id = p.id)
                    ORDER BY p.id""",
                    row -> {
                        look.run();
                        var item = items.get(row.getObject(2, UUID.class));
                        var first = rows.get(row.getObject(3, UUID.class));
                        var second = rows.get(row.getObject(4, UUID.class));
                        if (item == null || first == null || second == null) {
                            return;
                        }
                        int filled = row.getInt(5);
                        boolean open = row.getInt(6) > 0;
                        if (open || (row.getInt(7) == 0 && filled > 0 && filled < mostLabels)) {
                            (open ? result.open() : result.labelled())
                                    .add(
                                            row.getObject(1, UUID.class),
                                            first,
                                            second,
                                            item.number(),
                                            item.group(),
                                            filled);
                        }
                    },
                    campaign);
        });
        return result;
    }

    private record Item(int number, int group) {}

    private Map<UUID, Item> items(UUID campaign) {
        var items = new HashMap<UUID, Item>();
        var groups = new HashMap<String, Integer>();
        streaming.query(
                """
                SELECT i.id, coalesce(src.pixels_sha256, src.sha256) FROM item i
                JOIN image src ON src.sha256 = i.source_sha256 WHERE i.campaign_id = ?""",
                row -> {
                    int group = groups.computeIfAbsent(row.getString(2), _ -> groups.size());
                    items.put(row.getObject(1, UUID.class), new Item(items.size(), group));
                },
                campaign);
        return items;
    }
}
