package org.diptych.service.pair;

import java.util.UUID;
import org.diptych.service.account.CampaignAccess;
import org.diptych.service.account.SignedIn;
import org.diptych.service.acquisition.QueueService;
import org.diptych.service.audit.AuditAction;
import org.diptych.service.audit.AuditLog;
import org.diptych.service.problem.Problem;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** One pair for the leads of its campaign: what is known of it, and whether the queue hands it out. */
@Service
@Transactional
public class PairService {
    private final JdbcClient jdbc;
    private final CampaignAccess access;
    private final PairQuery query;
    private final QueueService queue;
    private final AuditLog audit;

    PairService(JdbcClient jdbc, CampaignAccess access, PairQuery query, QueueService queue, AuditLog audit) {
        this.jdbc = jdbc;
        this.access = access;
        this.query = query;
        this.queue = queue;
        this.audit = audit;
    }

    /**
     * A pair, without the names of editing models and annotators.
     *
     * @throws Problem {@code unknown_pair}
     */
    @Transactional(readOnly = true)
    public Pair of(SignedIn lead, UUID campaign, UUID pair) {
        access.requireLead(lead, campaign);
        return read(campaign, pair, false);
    }

    /** A pair with all names, which is recorded. */
    public Pair reveal(SignedIn lead, UUID campaign, UUID pair) {
        access.requireLead(lead, campaign);
        read(campaign, pair, false);
        audit.write(AuditAction.PAIR_REVEALED, lead.id(), campaign, pair.toString(), null, null);
        return read(campaign, pair, true);
    }

    /**
     * Hands a pair out no more. Who holds it may still answer; what they give back stays out. Nothing happens to one that
     * is out already.
     */
    public void takeOut(SignedIn lead, UUID campaign, UUID pair) {
        access.requireLead(lead, campaign);
        lock(campaign, pair);
        int taken = jdbc.sql("""
                        INSERT INTO pair_taken_out (pair_id, campaign_id, taken_by) VALUES (?, ?, ?) ON CONFLICT DO NOTHING""").params(pair, campaign, lead.id()).update();
        if (taken == 1) {
            queue.takeOut(pair);
            audit.write(AuditAction.PAIR_TAKEN_OUT, lead.id(), campaign, pair.toString(), null, null);
        }
    }

    /** Hands a pair out again. */
    public void putBack(SignedIn lead, UUID campaign, UUID pair) {
        access.requireLead(lead, campaign);
        lock(campaign, pair);
        int taken = jdbc.sql("DELETE FROM pair_taken_out WHERE pair_id = ?")
                .param(pair)
                .update();
        if (taken == 1) {
            queue.putBackPair(pair);
            audit.write(AuditAction.PAIR_PUT_BACK, lead.id(), campaign, pair.toString(), null, null);
        }
    }

    /** Pairs that are out of the queue. */
    @Transactional(readOnly = true)
    public long takenOut(SignedIn lead, UUID campaign) {
        access.requireLead(lead, campaign);
        return jdbc.sql("SELECT count(*) FROM pair_taken_out WHERE campaign_id = ?")
                .param(campaign)
                .query(Long.class)
                .single();
    }

    private void lock(UUID campaign, UUID pair) {
        var found = jdbc.sql("SELECT 1 FROM pair WHERE id = ? AND campaign_id = ?")
                .params(pair, campaign)
                .query()
                .optionalValue();
        if (found.isEmpty()) {
            throw unknown(pair);
        }
        queue.hold(pair);
    }

    private Pair read(UUID campaign, UUID pair, boolean reveal) {
        return query.read(campaign, pair, reveal).orElseThrow(() -> unknown(pair));
    }

    private static Problem unknown(UUID pair) {
        return Problem.notFound("unknown_pair", "There is no pair " + pair + " in this campaign.");
    }
}
