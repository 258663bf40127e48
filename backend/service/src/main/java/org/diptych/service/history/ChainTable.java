package org.diptych.service.history;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** The tables of the chain. Who appends holds a lock until the end of the transaction; who labels never sees it. */
@Repository
@Transactional
class ChainTable {
    private static final long LOCK = 5_724_610_398L;

    private final JdbcClient jdbc;
    private final JdbcTemplate batches;

    ChainTable(JdbcClient jdbc, JdbcTemplate batches) {
        this.jdbc = jdbc;
        this.batches = batches;
    }

    /**
     * A moment of the database.
     *
     * @param sequence the highest of any label that is visible
     * @param next a transaction that began after every one that can have drawn a lower sequence
     */
    record Moment(long sequence, long next) {}

    /** Labels that have been appended, and the last one that was looked at. */
    record Appended(int labels, long last) {}

    long mark() {
        return jdbc.sql("SELECT sequence FROM label_chain_mark")
                .query(Long.class)
                .single();
    }

    /**
     * The sequence is read first: whoever drew a lower number had begun to write by then. Only a number of its own is above
     * all of theirs; what a snapshot says is the highest that has ended, and others beyond it may be under way.
     */
    Moment moment() {
        long sequence = jdbc.sql("SELECT coalesce(max(sequence), 0) FROM label")
                .query(Long.class)
                .single();
        long next = jdbc.sql("SELECT pg_current_xact_id()::text::bigint")
                .query(Long.class)
                .single();
        return new Moment(sequence, next);
    }

    /** Whether every transaction that was under way at a moment has ended. */
    boolean hasPassed(Moment moment) {
        return jdbc.sql("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint >= ?")
                .param(moment.next)
                .query(Boolean.class)
                .single();
    }

    /** Says that everything up to a label is in the chain. It never goes back. */
    void advance(long sequence) {
        jdbc.sql("UPDATE label_chain_mark SET sequence = ? WHERE sequence < ?")
                .params(sequence, sequence)
                .update();
    }

    /**
     * Appends the next labels that are not in the chain.
     *
     * @param after sequence of the label after which to look
     * @return empty while another process is appending
     */
    Optional<Appended> append(long after, int limit) {
        if (!jdbc.sql("SELECT pg_try_advisory_xact_lock(?)")
                .param(LOCK)
                .query(Boolean.class)
                .single()) {
            return Optional.empty();
        }
        var rows = jdbc.sql("""
                        SELECT l.campaign_id, l.id, l.sequence, """ + ChainLink.CONTENT + """
                         AS content
                        FROM label l WHERE l.sequence > ? AND NOT EXISTS (SELECT 1 FROM label_chain c WHERE c.label_id = l.id)
                        ORDER BY l.sequence LIMIT ?""")
                .params(after, limit)
                .query((row, number) -> new Waiting(
                        row.getObject("campaign_id", UUID.class),
                        row.getObject("id", UUID.class),
                        row.getLong("sequence"),
                        row.getBytes("content")))
                .list();
        Map<UUID, Head> heads = new HashMap<>();
        List<Object[]> entries = new ArrayList<>();
        for (var label : rows) {
            var head = heads.computeIfAbsent(label.campaign, this::head).next(label.content);
            heads.put(label.campaign, head);
            entries.add(new Object[] {label.campaign, head.position, label.id, head.hash});
        }
        batches.batchUpdate(
                "INSERT INTO label_chain (campaign_id, position, label_id, hash) VALUES (?, ?, ?, ?)", entries);
        return Optional.of(new Appended(rows.size(), rows.isEmpty() ? after : rows.getLast().sequence));
    }

    private Head head(UUID campaign) {
        return jdbc.sql("""
                        SELECT position, hash FROM label_chain WHERE campaign_id = ? ORDER BY position DESC LIMIT 1""")
                .param(campaign)
                .query((row, number) -> new Head(row.getLong("position"), row.getBytes("hash")))
                .optional()
                .orElseGet(() -> new Head(0, ChainLink.beginning(campaign)));
    }

    private record Waiting(UUID campaign, UUID id, long sequence, byte[] content) {}

    private record Head(long position, byte[] hash) {
        Head next(byte[] content) {
            return new Head(position + 1, ChainLink.next(hash, content));
        }
    }
}
