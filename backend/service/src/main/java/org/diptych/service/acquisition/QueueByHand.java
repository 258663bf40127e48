package org.diptych.service.acquisition;

import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.diptych.service.account.CampaignAccess;
import org.diptych.service.account.SignedIn;
import org.diptych.service.audit.AuditAction;
import org.diptych.service.audit.AuditLog;
import org.diptych.service.problem.Problem;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * What leads do to the queue by hand.
 *
 * <p>A <em>pinned</em> pair is handed out before all that a model has chosen, by whatever annotator asks first. Its labels say that
 * a person chose it, with certainty: they count as acquired and never as a random draw, and no estimate weighs them by a
 * model's probability. A pair whose turn in the uniform stratum is still to come cannot be pinned: an order by hand would
 * make that stratum a choice.
 *
 * <p>A <em>vetoed</em> pair is chosen by no model: it is neither put in front nor asked for another opinion. It stays in the queue and
 * is handed out when chance has it next, or by hand. Taking a pair out is more: then nobody is given it.
 */
@Service
@Transactional
public class QueueByHand {
    /** Pairs that are moved at a time. */
    static final int MOST_AT_ONCE = 100;
    /** Answers that wait in front by hand: each claim steps over those that its annotator has given and others have not. */
    static final int MOST_IN_FRONT = 1_000;

    /** Slots that wait, but for those that a person has asked for as another answer: they are in front already. */
    private static final String MOVABLE = """
            slot.state = 'OPEN' AND slot.stratum = 'ACQUIRED' AND NOT EXISTS (
                SELECT 1 FROM acquisition_batch b
                WHERE b.id = slot.acquisition_batch_id AND b.policy = 'person' AND b.pinned_by IS NULL)""";

    private final JdbcClient jdbc;
    private final QueueService queue;
    private final CampaignAccess access;
    private final AuditLog audit;

    QueueByHand(JdbcClient jdbc, QueueService queue, CampaignAccess access, AuditLog audit) {
        this.jdbc = jdbc;
        this.queue = queue;
        this.access = access;
        this.audit = audit;
    }

    /**
     * Puts pairs in front of the queue, the first one first, and before what was pinned earlier. All of them, or none.
     *
     * @throws Problem {@code invalid_pairs} when there are none, or too many; {@code unknown_pair}; {@code campaign_closed};
     *     {@code left_to_chance}, {@code taken_out}, {@code being_answered}, {@code asked_already}, {@code answer_known} or
     *     {@code nothing_waits}, with the pair that it is about; {@code too_many_pins}
     */
    public void pin(SignedIn who, UUID campaign, List<UUID> pairs) {
        access.requireLead(who, campaign);
        if (pairs.isEmpty() || pairs.size() > MOST_AT_ONCE || new HashSet<>(pairs).size() < pairs.size()) {
            throw Problem.invalid(
                    "invalid_pairs", "pairs", "Name 1 to " + MOST_AT_ONCE + " different pairs, the first one first.");
        }
        requireOpen(campaign);
        pairs.forEach(pair -> require(campaign, pair));
        queue.takeTurn();
        queue.hold(pairs.toArray(UUID[]::new));
        pairs.forEach(this::requireMovable);
        requireRoom(campaign, pairs);
        var batch = jdbc.sql("""
                        INSERT INTO acquisition_batch (campaign_id, policy, pinned_by, seed, pool, size)
                        VALUES (?, ?, ?, 0, ?, ?) RETURNING id""")
                .params(campaign, OpinionRequests.PERSON, who.id(), pairs.size(), pairs.size())
                .query(UUID.class)
                .single();
        jdbc.sql("""
                        UPDATE slot SET priority = t.place + greatest(:front, (
                                SELECT priority FROM slot WHERE campaign_id = :campaign AND state = 'OPEN' AND priority > 0
                                ORDER BY priority DESC LIMIT 1)),
                            selection_probability = 1, acquisition_batch_id = :batch, score_parts = '{}'
                        FROM unnest(:pairs::uuid[], :places::float8[]) AS t (pair, place)
                        WHERE slot.pair_id = t.pair AND %s""".formatted(MOVABLE))
                .param("front", QueueService.BY_HAND)
                .param("campaign", campaign)
                .param("batch", batch)
                .param("pairs", pairs.toArray(UUID[]::new))
                .param(
                        "places",
                        IntStream.range(0, pairs.size())
                                .mapToObj(place -> (double) pairs.size() - place)
                                .toArray(Double[]::new))
                .update();
        for (var pair : pairs) {
            audit.write(AuditAction.PAIR_PINNED, who.id(), campaign, pair.toString(), null, null);
        }
    }

    /**
     * Gives a pinned pair back to chance, and to the next batch of the model. An opinion that was wanted beside the pair's own
     * labels is withdrawn; the model may ask for it again. Who holds it may still answer, and what they give back comes in
     * random order. Nothing happens to a pair that is not pinned.
     *
     * @throws Problem {@code unknown_pair}
     */
    public void unpin(SignedIn who, UUID campaign, UUID pair) {
        access.requireLead(who, campaign);
        require(campaign, pair);
        queue.hold(pair);
        var pinned = "priority > 0 AND acquisition_batch_id IN"
                + " (SELECT id FROM acquisition_batch WHERE pinned_by IS NOT NULL)";
        int withdrawn = withdraw(campaign, pair, "state IN ('OPEN', 'OUT') AND " + pinned, "UNPINNED");
        int moved = jdbc.sql("UPDATE slot SET " + QueueService.BY_CHANCE + " WHERE pair_id = ?"
                        + " AND state IN ('OPEN', 'OUT', 'LEASED') AND " + pinned)
                .param(pair)
                .update();
        if (withdrawn + moved > 0) {
            audit.write(AuditAction.PAIR_UNPINNED, who.id(), campaign, pair.toString(), null, null);
        }
    }

    /**
     * Lets no model choose a pair. What one has chosen goes back to chance, also if who holds it gives it back. Nothing happens
     * to a pair that is vetoed already.
     *
     * @throws Problem {@code unknown_pair}; {@code left_to_chance} for a pair that no model chooses anyway
     */
    public void veto(SignedIn who, UUID campaign, UUID pair) {
        access.requireLead(who, campaign);
        if (!require(campaign, pair).equals("ACQUIRED")) {
            throw Problem.conflict(
                    "left_to_chance",
                    "Models choose among the acquired pairs only, so there is nothing to forbid for this pair.");
        }
        queue.hold(pair);
        int vetoed = jdbc.sql("""
                        INSERT INTO pair_vetoed (pair_id, campaign_id, vetoed_by) VALUES (?, ?, ?) ON CONFLICT DO NOTHING""").params(pair, campaign, who.id()).update();
        if (vetoed == 0) {
            return;
        }
        var chosen = "acquisition_batch_id IN (SELECT id FROM acquisition_batch WHERE policy <> 'person')";
        withdraw(campaign, pair, "state = 'OPEN' AND " + chosen, "VETOED");
        jdbc.sql("UPDATE slot SET " + QueueService.BY_CHANCE + " WHERE pair_id = ? AND state IN ('OPEN', 'LEASED') AND "
                        + chosen)
                .param(pair)
                .update();
        audit.write(AuditAction.PAIR_VETOED, who.id(), campaign, pair.toString(), null, null);
    }

    /** Lets models choose a pair again, from their next batch on. */
    public void allow(SignedIn who, UUID campaign, UUID pair) {
        access.requireLead(who, campaign);
        require(campaign, pair);
        queue.hold(pair);
        if (jdbc.sql("DELETE FROM pair_vetoed WHERE pair_id = ?").param(pair).update() == 1) {
            audit.write(AuditAction.PAIR_ALLOWED, who.id(), campaign, pair.toString(), null, null);
        }
    }

    private int withdraw(UUID campaign, UUID pair, String which, String reason) {
        return jdbc.sql("""
                        WITH gone AS (DELETE FROM slot WHERE pair_id = ? AND extra AND %s RETURNING pair_id, ordinal)
                        INSERT INTO slot_withdrawal (campaign_id, pair_id, ordinal, reason)
                        SELECT ?, pair_id, ordinal, ? FROM gone""".formatted(which)).params(pair, campaign, reason).update();
    }

    private void requireOpen(UUID campaign) {
        if ("CLOSED"
                .equals(jdbc.sql("SELECT state FROM campaign WHERE id = ?")
                        .param(campaign)
                        .query(String.class)
                        .single())) {
            throw Problem.conflict(
                    "campaign_closed", "The campaign is closed: nothing is handed out. Open it again first.");
        }
    }

    /** The stratum of a pair of the campaign. */
    private String require(UUID campaign, UUID pair) {
        return jdbc.sql("SELECT stratum FROM pair WHERE id = ? AND campaign_id = ?")
                .params(pair, campaign)
                .query(String.class)
                .optional()
                .orElseThrow(() -> Problem.notFound("unknown_pair", "There is no pair " + pair + " in this campaign.")
                        .with("pair", pair));
    }

    private void requireRoom(UUID campaign, List<UUID> pairs) {
        int inFront = jdbc.sql("""
                        SELECT (SELECT count(*) FROM slot WHERE campaign_id = :campaign AND state = 'OPEN' AND priority > 0
                                AND priority >= :front AND pair_id <> ALL (:pairs::uuid[]))
                            + (SELECT count(*) FROM slot WHERE pair_id = ANY (:pairs::uuid[]) AND %s)""".formatted(MOVABLE))
                .param("campaign", campaign)
                .param("front", QueueService.BY_HAND)
                .param("pairs", pairs.toArray(UUID[]::new))
                .query(Integer.class)
                .single();
        if (inFront > MOST_IN_FRONT) {
            throw Problem.conflict(
                    "too_many_pins",
                    "With these, more than " + MOST_IN_FRONT
                            + " answers would wait in front by hand. Wait until some are"
                            + " given, or take pairs from the front.");
        }
    }

    private void requireMovable(UUID pair) {
        record Waiting(int slots, int movable, int open, int leased, int out, int uniform) {}
        var now = jdbc.sql("""
                        SELECT count(*) AS slots, count(*) FILTER (WHERE %s) AS movable, count(*) FILTER (WHERE state = 'OPEN') AS open,
                            count(*) FILTER (WHERE state = 'LEASED') AS leased, count(*) FILTER (WHERE state = 'OUT')
                                + (SELECT count(*) FROM pair_taken_out t WHERE t.pair_id = ?) AS out,
                            count(*) FILTER (WHERE state = 'OPEN' AND stratum = 'UNIFORM') AS uniform
                        FROM slot WHERE pair_id = ?""".formatted(MOVABLE))
                .params(pair, pair)
                .query(Waiting.class)
                .single();
        if (now.out() > 0) {
            throw about(pair, "taken_out", "This pair is out of the queue. Put it back first.");
        }
        if (now.movable() > 0) {
            return;
        }
        if (now.slots() == 0) {
            throw about(
                    pair,
                    "answer_known",
                    "The answer to this pair is known: it checks or teaches annotators, and waits in no queue.");
        }
        if (now.uniform() > 0) {
            throw about(
                    pair,
                    "left_to_chance",
                    "This pair is in the uniform stratum, which measures without bias because chance alone orders it."
                            + " Leave it to its turn.");
        }
        if (now.open() > 0) {
            throw about(
                    pair, "asked_already", "A person has asked for an answer to this pair: it is in front already.");
        }
        if (now.leased() > 0) {
            throw about(pair, "being_answered", "An annotator has this pair already. There is nothing to move.");
        }
        throw about(
                pair, "nothing_waits", "This pair has all its labels. Ask for another answer where it is disputed.");
    }

    private static Problem about(UUID pair, String code, String detail) {
        return Problem.conflict(code, detail).with("pair", pair);
    }
}
