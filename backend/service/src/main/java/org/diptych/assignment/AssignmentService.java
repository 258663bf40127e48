package org.diptych.assignment;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.diptych.account.CampaignAccess;
import org.diptych.account.SignedIn;
import org.diptych.problem.Problem;
import org.diptych.qualification.Standings;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Hands out work. A pair owns N slots; a claim leases slots to an annotator, with sides drawn at random and a fencing
 * token that only the latest lease of a slot has. The order is: the uniform stratum at its share of all labels, else what
 * acquisition put in front, else random. Now and then, at the campaign's rate, a pair whose answer is known comes instead
 * (gold): it looks like any other, is nobody else's to wait for, and comes to an annotator once.
 */
@Service
@Transactional
public class AssignmentService {
    /** More than this in one browser would keep pairs from everybody else. */
    static final int MOST_HELD = 20;

    private final AssignmentQueries queries;
    private final GoldQueries gold;
    private final AssignmentRules rules;
    private final Standings standings;
    private final CampaignAccess access;
    private final JdbcClient jdbc;
    private final RandomGenerator random;

    @Autowired
    AssignmentService(
            AssignmentQueries queries,
            GoldQueries gold,
            AssignmentRules rules,
            Standings standings,
            CampaignAccess access,
            JdbcClient jdbc) {
        this(queries, gold, rules, standings, access, jdbc, RandomGenerator.of("SecureRandom"));
    }

    /**
     * @param random draws sides, strata and gold
     */
    AssignmentService(
            AssignmentQueries queries,
            GoldQueries gold,
            AssignmentRules rules,
            Standings standings,
            CampaignAccess access,
            JdbcClient jdbc,
            RandomGenerator random) {
        this.queries = queries;
        this.gold = gold;
        this.rules = rules;
        this.standings = standings;
        this.access = access;
        this.jdbc = jdbc;
        this.random = random;
    }

    /**
     * What the annotator holds, filled up to {@code count} with new leases.
     *
     * @param count 1 to 20, this many assignments in all
     * @throws Problem {@code not_qualified}, with the step that comes first
     */
    public Claim claim(SignedIn who, UUID campaign, int count) {
        access.requireMember(who, campaign);
        if (count < 1 || count > MOST_HELD) {
            throw Problem.invalid("invalid_count", "count", "Claim 1 to " + MOST_HELD + " pairs at a time.");
        }
        var rule = rules.of(campaign);
        if (!rule.open()) {
            return new Claim(List.of(), Empty.PAUSED);
        }
        if (rule.qualifies()) {
            standings.requireQualified(who, campaign);
        }
        queries.serialiseClaims(who.id(), campaign);
        int held = queries.extendHeld(who.id(), campaign, rule.leaseSeconds());
        while (held < count && leaseOne(who.id(), campaign, rule)) {
            held++;
        }
        var assignments = queries.held(who.id(), campaign, count);
        if (!assignments.isEmpty()) {
            return new Claim(assignments, null);
        }
        return new Claim(
                List.of(), queries.othersHoldWork(who.id(), campaign) ? Empty.HELD_BY_OTHERS : Empty.ALL_LABELLED);
    }

    private boolean leaseOne(UUID annotator, UUID campaign, AssignmentRules.Rules rule) {
        if (random.nextDouble() < rule.goldRate() && leaseGold(annotator, campaign, rule)) {
            return true;
        }
        boolean uniformFirst = random.nextDouble() < rule.uniformClaims();
        boolean swapped = random.nextBoolean();
        return queries.leaseNext(annotator, campaign, uniformFirst, swapped, rule.leaseSeconds())
                || queries.leaseNext(annotator, campaign, !uniformFirst, swapped, rule.leaseSeconds())
                // what others let run out is taken when there is nothing else, so nobody loses a lease without need
                || (queries.reclaimExpired(campaign) > 0
                        && (queries.leaseNext(annotator, campaign, true, swapped, rule.leaseSeconds())
                                || queries.leaseNext(annotator, campaign, false, swapped, rule.leaseSeconds())));
    }

    /** Gold comes with work, never in its place: an annotator for whom nothing is left gets none. */
    private boolean leaseGold(UUID annotator, UUID campaign, AssignmentRules.Rules rule) {
        return gold.hasOpenWork(annotator, campaign)
                && gold.leaseNext(annotator, campaign, random.nextBoolean(), rule.leaseSeconds());
    }

    /** Extends the lease while its annotator works on it. */
    public Instant heartbeat(SignedIn who, UUID assignment, long token) {
        var lease = lock(who, assignment);
        requireHeld(lease, token);
        queries.extendHeld(
                who.id(), lease.campaign(), rules.of(lease.campaign()).leaseSeconds());
        return lock(who, assignment).expiresAt();
    }

    /**
     * Gives the pair of a lost lease back to its annotator with a new token, or, where the campaign keeps late answers,
     * lets the answer be kept as an extra label.
     */
    public AssignmentView renew(SignedIn who, UUID assignment) {
        var lease = lock(who, assignment);
        var rule = rules.of(lease.campaign());
        switch (lease.state()) {
            case LEASED, EXTRA -> queries.extendHeld(who.id(), lease.campaign(), rule.leaseSeconds());
            case LABELLED -> throw Problem.conflict("already_labelled", "You have already answered this pair.");
            case LOST, SKIPPED -> {
                if (lease.gold()) {
                    gold.leaseAgain(assignment, rule.leaseSeconds());
                } else if (!queries.leaseAgain(assignment, rule.leaseSeconds())) {
                    if (!rule.keepLate()) {
                        throw Problem.conflict("pair_complete", "This pair has all its judgements now.");
                    }
                    queries.keepAsExtra(assignment, rule.leaseSeconds());
                }
            }
        }
        return view(assignment);
    }

    /** The annotator's assignment, locked until the transaction ends. */
    public Lease lock(SignedIn who, UUID assignment) {
        return queries.lock(assignment, who.id())
                .orElseThrow(() -> Problem.notFound("unknown_assignment", "You have no such assignment."));
    }

    /** The assignment as its annotator sees it. */
    @Transactional(readOnly = true)
    public AssignmentView view(UUID assignment) {
        return queries.view(assignment)
                .orElseThrow(() -> Problem.notFound("unknown_assignment", "There is no such assignment."));
    }

    /** Requires that the token is the one of a lease still held. */
    public void requireHeld(Lease lease, long token) {
        boolean held = lease.state() == Lease.State.LEASED || lease.state() == Lease.State.EXTRA;
        if (!held || lease.fencingToken() != token) {
            throw Problem.conflict(
                    "lease_lost",
                    "This pair went back to the queue. Your draft is kept and is not counted; ask for the pair again.");
        }
    }

    /** Records that the label fills the lease's slot (or none, for an extra one). */
    public void fill(Lease lease, UUID label) {
        var slot = lease.slot();
        if (lease.state() == Lease.State.LEASED && slot != null) {
            int filled =
                    jdbc.sql("""
                            UPDATE slot SET state = 'FILLED', label_id = ?, expires_at = NULL
                            WHERE pair_id = ? AND ordinal = ? AND assignment_id = ? AND state = 'LEASED'""").params(label, lease.pair(), slot, lease.id()).update();
            if (filled != 1) {
                throw new IllegalStateException("lease " + lease.id() + " and its slot disagree");
            }
        }
        become(lease, Lease.State.LABELLED);
    }

    /** Records that a correction takes the place of the label in the lease's slot. */
    public void refill(Lease lease, UUID formerLabel, UUID label) {
        jdbc.sql("UPDATE slot SET label_id = ? WHERE pair_id = ? AND label_id = ?")
                .params(label, lease.pair(), formerLabel)
                .update();
    }

    /** Gives the slot back to the queue, for others: its annotator left the pair unanswered. */
    public void release(Lease lease) {
        var slot = lease.slot();
        if (slot != null) {
            jdbc.sql("""
                            UPDATE slot SET state = 'OPEN', assignment_id = NULL, label_id = NULL, expires_at = NULL
                            WHERE pair_id = ? AND ordinal = ? AND assignment_id = ?""").params(lease.pair(), slot, lease.id()).update();
        }
        become(lease, Lease.State.SKIPPED);
    }

    private void become(Lease lease, Lease.State state) {
        jdbc.sql("UPDATE assignment SET state = ? WHERE id = ?")
                .params(state.name(), lease.id())
                .update();
    }

    /** Why a claim came back with nothing. */
    public enum Empty {
        /** Every open pair has the labels it needs, or has had this annotator. */
        ALL_LABELLED,
        /** What is left is with somebody else at the moment. */
        HELD_BY_OTHERS,
        /** The campaign hands nothing out. */
        PAUSED
    }

    /**
     * The answer to a claim.
     *
     * @param assignments what the annotator holds now, oldest first
     * @param empty why there is nothing, when there is nothing
     */
    public record Claim(
            List<AssignmentView> assignments, @Nullable Empty empty) {}
}
