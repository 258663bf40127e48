package org.diptych.service.acquisition;

import java.util.UUID;
import org.diptych.service.problem.Problem;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Opinions that a person asks for. They stand in front of the queue, and no batch of a model withdraws them. */
@Component
public class OpinionRequests {
    /** What stands in place of a policy's name in a batch that a person asked for. */
    static final String PERSON = "person";

    private static final int MOST_SLOTS = 20;

    private final QueueService queue;
    private final JdbcClient jdbc;

    OpinionRequests(QueueService queue, JdbcClient jdbc) {
        this.queue = queue;
        this.jdbc = jdbc;
    }

    /**
     * Asks annotators for one more answer to a pair. It counts as acquired: the uniform stratum stays as it was drawn.
     *
     * @throws Problem {@code campaign_closed}; {@code taken_out}; {@code already_asked}; {@code too_many_labels};
     *     {@code nobody_left} when every annotator of the campaign has answered or skipped it
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void ask(UUID campaign, UUID pair) {
        queue.hold(pair);
        var states = jdbc.sql("SELECT state FROM slot WHERE pair_id = ?")
                .param(pair)
                .query(String.class)
                .list();
        // a pair with all its answers has no slot that could say so
        boolean out = jdbc.sql("SELECT EXISTS (SELECT 1 FROM pair_taken_out WHERE pair_id = ?)")
                .param(pair)
                .query(Boolean.class)
                .single();
        if (out || states.contains("OUT")) {
            throw Problem.conflict("taken_out", "This pair is out of the queue. Put it back first.");
        }
        if (states.contains("OPEN") || states.contains("LEASED")) {
            throw Problem.conflict(
                    "already_asked", "An annotator is asked for an answer to this pair already. Wait for it.");
        }
        if (states.size() >= MOST_SLOTS) {
            throw Problem.conflict(
                    "too_many_labels", "This pair has " + MOST_SLOTS + " answers. More will not settle it. Decide it.");
        }
        if ("CLOSED"
                .equals(jdbc.sql("SELECT state FROM campaign WHERE id = ?")
                        .param(campaign)
                        .query(String.class)
                        .single())) {
            throw Problem.conflict(
                    "campaign_closed",
                    "The campaign is closed: nobody answers any more. Decide the pair, or open it again.");
        }
        requireSomebodyLeft(campaign, pair);
        var batch = jdbc.sql("""
                        INSERT INTO acquisition_batch (campaign_id, policy, seed, pool, size) VALUES (?, ?, 0, 1, 1)
                        RETURNING id""").params(campaign, PERSON).query(UUID.class).single();
        jdbc.sql("""
                        INSERT INTO slot (pair_id, ordinal, campaign_id, stratum, priority, extra, selection_probability,
                            acquisition_batch_id, score_parts)
                        SELECT :pair, coalesce(max(ordinal) + 1, 0), :campaign, 'ACQUIRED', 1 + greatest(:front, (
                            SELECT priority FROM slot WHERE campaign_id = :campaign AND state = 'OPEN' AND priority > 0
                            ORDER BY priority DESC LIMIT 1)), true, 1, :batch, '{}'
                        FROM slot WHERE pair_id = :pair""")
                .param("pair", pair)
                .param("front", QueueService.BY_HAND)
                .param("campaign", campaign)
                .param("batch", batch)
                .update();
    }

    /** A pair that waits for an answer nobody can give would wait for ever, and be in nobody's list. */
    private void requireSomebodyLeft(UUID campaign, UUID pair) {
        boolean left = jdbc.sql("""
                        SELECT EXISTS (SELECT 1 FROM campaign_member m JOIN account a ON a.id = m.account_id
                            WHERE m.campaign_id = :campaign AND m.role = 'ANNOTATOR' AND NOT a.disabled
                              AND NOT EXISTS (SELECT 1 FROM label l
                                  WHERE l.pair_id = :pair AND l.annotator_id = m.account_id))""")
                .param("campaign", campaign)
                .param("pair", pair)
                .query(Boolean.class)
                .single();
        if (!left) {
            throw Problem.conflict(
                    "nobody_left",
                    "Every annotator of the campaign has answered or skipped this pair. Add an annotator, or decide it.");
        }
    }
}
