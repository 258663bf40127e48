package org.diptych.service.assignment;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.diptych.service.account.CampaignAccess;
import org.diptych.service.account.SignedIn;
import org.diptych.service.campaign.CampaignState;
import org.diptych.service.campaign.MemberRemoved;
import org.diptych.service.problem.Problem;
import org.diptych.service.qualification.Standings;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.event.EventListener;
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

    private final Turns turns;
    private final AssignmentQueries queries;
    private final GoldQueries gold;
    private final LeaseEnds ends;
    private final AssignmentViews views;
    private final EmptyQueue emptyQueue;
    private final AssignmentRules rules;
    private final Standings standings;
    private final CampaignAccess access;
    private final RandomGenerator random;

    @Autowired
    AssignmentService(
            Turns turns,
            AssignmentQueries queries,
            GoldQueries gold,
            LeaseEnds ends,
            AssignmentViews views,
            EmptyQueue emptyQueue,
            AssignmentRules rules,
            Standings standings,
            CampaignAccess access) {
        this(
                turns,
                queries,
                gold,
                ends,
                views,
                emptyQueue,
                rules,
                standings,
                access,
                RandomGenerator.of("SecureRandom"));
    }

    /**
     * @param random draws sides, strata and gold
     */
    AssignmentService(
            Turns turns,
            AssignmentQueries queries,
            GoldQueries gold,
            LeaseEnds ends,
            AssignmentViews views,
            EmptyQueue emptyQueue,
            AssignmentRules rules,
            Standings standings,
            CampaignAccess access,
            RandomGenerator random) {
        this.turns = turns;
        this.queries = queries;
        this.gold = gold;
        this.ends = ends;
        this.views = views;
        this.emptyQueue = emptyQueue;
        this.rules = rules;
        this.standings = standings;
        this.access = access;
        this.random = random;
    }

    /**
     * What the annotator holds, filled up to {@code count} with new leases.
     *
     * @param count 1 to 20, this many assignments in all
     * @throws Problem {@code not_qualified}, with the step that comes first
     */
    public Claim claim(SignedIn who, UUID campaign, int count) {
        if (count < 1 || count > MOST_HELD) {
            access.requireMember(who, campaign);
            throw Problem.invalid("invalid_count", "count", "Claim 1 to " + MOST_HELD + " pairs at a time.");
        }
        var state = turns.take(who, campaign);
        if (state != CampaignState.OPEN) {
            return new Claim(List.of(), state == CampaignState.PAUSED ? Empty.PAUSED : Empty.CLOSED);
        }
        var rule = rules.of(campaign);
        if (rule.qualifies()) {
            standings.requireQualified(who, campaign);
        }
        int held = queries.extendHeld(who.id(), campaign, rule.leaseSeconds()).size();
        while (held < count && leaseOne(who.id(), campaign, rule)) {
            held++;
        }
        var assignments = views.held(who.id(), campaign, count);
        return new Claim(assignments, assignments.isEmpty() ? emptyQueue.reason(who.id(), campaign) : null);
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

    /**
     * Extends what the annotator holds while they work on it. In a closed campaign nothing is extended any more.
     *
     * @return the end of the lease
     */
    public Instant heartbeat(SignedIn who, UUID assignment, long token) {
        var lease = lock(who, assignment);
        boolean held = lease.state() == Lease.State.LEASED || lease.state() == Lease.State.EXTRA;
        if (!held || lease.fencingToken() != token) {
            throw leaseLost();
        }
        if (lease.campaignState() == CampaignState.CLOSED) {
            return lease.expiresAt();
        }
        return extendHeld(lease, who).getOrDefault(assignment, lease.expiresAt());
    }

    private Map<UUID, Instant> extendHeld(Lease lease, SignedIn who) {
        return queries.extendHeld(
                who.id(), lease.campaign(), rules.of(lease.campaign()).leaseSeconds());
    }

    /**
     * Gives the pair of a lost lease back to its annotator with a new token, or, where the campaign keeps late answers,
     * lets the answer be kept as an extra label.
     *
     * @throws Problem {@code campaign_paused} or {@code campaign_closed}: nothing is handed out
     */
    public AssignmentView renew(SignedIn who, UUID assignment) {
        var lease = lock(who, assignment);
        if (lease.state() == Lease.State.LABELLED) {
            throw Problem.conflict("already_labelled", "You have already answered this pair.");
        }
        switch (lease.campaignState()) {
            case OPEN -> {}
            case PAUSED ->
                throw Problem.conflict(
                        "campaign_paused",
                        "The campaign is paused: nothing is handed out until its lead opens it again. Your draft is kept.");
            case CLOSED -> throw closed();
        }
        var rule = rules.of(lease.campaign());
        if (lease.state() == Lease.State.LEASED || lease.state() == Lease.State.EXTRA) {
            extendHeld(lease, who);
        } else if (lease.gold()) {
            gold.leaseAgain(assignment, rule.leaseSeconds());
        } else if (!queries.leaseAgain(assignment, rule.leaseSeconds())) {
            if (!rule.keepLate()) {
                throw Problem.conflict("pair_complete", "This pair has all its judgements now.");
            }
            queries.keepAsExtra(assignment, rule.leaseSeconds());
        }
        return views.of(List.of(assignment)).getFirst();
    }

    /**
     * The annotator's assignment, theirs alone until the transaction ends.
     *
     * @throws Problem {@code unknown_assignment}; {@code not_a_member} when they are no member of the campaign any more
     */
    public Lease lock(SignedIn who, UUID assignment) {
        if (!turns.takeFor(assignment, who.id())) {
            throw unknown();
        }
        var lease = queries.lock(assignment, who.id()).orElseThrow(AssignmentService::unknown);
        if (!lease.member()) {
            access.requireMember(who, lease.campaign());
        }
        return lease;
    }

    private static Problem unknown() {
        return Problem.notFound("unknown_assignment", "You have no such assignment.");
    }

    /** Assignments as their annotators see them, by id. */
    @Transactional(readOnly = true)
    public Map<UUID, AssignmentView> views(Collection<UUID> assignments) {
        return views.of(assignments).stream().collect(Collectors.toMap(AssignmentView::id, Function.identity()));
    }

    /**
     * The lease that an answer or a skip under the token ends. A lease that ran out counts as long as nobody took its
     * place. In a closed campaign, what was held is kept as an extra label where the campaign keeps late answers.
     *
     * @return the lease as it stands: {@code LEASED} when its label fills a slot, {@code EXTRA} when it does not
     * @throws Problem {@code lease_lost}, {@code campaign_closed}
     */
    public Lease held(Lease lease, long token) {
        boolean open = lease.state() == Lease.State.LEASED
                || lease.state() == Lease.State.EXTRA
                || lease.state() == Lease.State.LOST;
        if (!open || lease.fencingToken() != token) {
            throw leaseLost();
        }
        if (lease.campaignState() == CampaignState.CLOSED) {
            if (!rules.of(lease.campaign()).keepLate()) {
                throw closed();
            }
            return extra(lease);
        }
        return lease.state() == Lease.State.LOST ? takenUp(lease) : lease;
    }

    private Lease extra(Lease lease) {
        ends.release(lease, Lease.State.EXTRA);
        return lease.standing(Lease.State.EXTRA, lease.slot());
    }

    private Lease takenUp(Lease lease) {
        if (lease.gold()) {
            return lease.standing(Lease.State.LEASED, null);
        }
        return ends.takeUp(lease)
                .map(slot -> lease.standing(Lease.State.LEASED, slot))
                .orElseThrow(AssignmentService::leaseLost);
    }

    /**
     * Requires that the answer under the token may be corrected.
     *
     * @throws Problem {@code lease_lost}; {@code campaign_closed}: the answers of a closed campaign stand
     */
    public void requireCorrectable(Lease lease, long token) {
        if (lease.fencingToken() != token) {
            throw Problem.conflict("lease_lost", "This answer belongs to another lease of the pair.");
        }
        if (lease.campaignState() == CampaignState.CLOSED) {
            throw closed();
        }
    }

    private static Problem leaseLost() {
        return Problem.conflict(
                "lease_lost",
                "This pair went back to the queue. Your draft is kept and is not counted; ask for the pair again.");
    }

    private static Problem closed() {
        return Problem.conflict(
                "campaign_closed",
                "The campaign is closed and takes no more judgements. Yours is kept here and is not counted; its lead can open it again.");
    }

    /** Records that the label fills the lease's slot (or none, for an extra one and for gold). */
    public void fill(Lease lease, UUID label) {
        if (lease.state() == Lease.State.LEASED && !lease.gold()) {
            ends.fill(lease, label);
        } else {
            ends.become(lease, Lease.State.LABELLED);
        }
    }

    /** Records that a correction takes the place of the label in the lease's slot. */
    public void refill(Lease lease, UUID formerLabel, UUID label) {
        ends.refill(lease, formerLabel, label);
    }

    /** Gives the slot back to the queue, for others: its annotator left the pair unanswered. */
    public void release(Lease lease) {
        ends.release(lease, Lease.State.SKIPPED);
    }

    /** What somebody holds goes back to the queue when they leave the campaign. */
    @EventListener
    void giveBack(MemberRemoved gone) {
        turns.await(gone.account(), gone.campaign());
        ends.giveBack(gone.account(), gone.campaign());
    }

    /** Why a claim came back with nothing. */
    public enum Empty {
        /** Every open pair has the labels it needs, or has this annotator's. */
        ALL_LABELLED,
        /** What is left is with somebody else at the moment. */
        HELD_BY_OTHERS,
        /** What is left are pairs that this annotator skipped: they wait for somebody else. */
        SKIPPED_BY_YOU,
        /** The campaign hands nothing out at present. */
        PAUSED,
        /** The campaign hands nothing out any more. */
        CLOSED
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
