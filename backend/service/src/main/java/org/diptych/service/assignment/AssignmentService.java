package org.diptych.service.assignment;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.diptych.service.account.CampaignAccess;
import org.diptych.service.account.SignedIn;
import org.diptych.service.audit.Unaudited;
import org.diptych.service.campaign.CampaignState;
import org.diptych.service.campaign.MemberRemoved;
import org.diptych.service.problem.Problem;
import org.diptych.service.qualification.Standings;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Hands out work. A pair owns N slots; a claim leases slots to an annotator, with sides drawn at random and a fencing
 * token that only the latest lease of a slot has. The order is: the uniform stratum at its share of all labels, else what
 * acquisition put in front, else random. Now and then, at the campaign's rate, a pair whose answer is known comes instead
 * (gold): it looks like any other, is nobody else's to wait for, and comes to an annotator once.
 */
@Service
@Transactional
@Unaudited("annotators' own work")
public class AssignmentService {
    /** More than this in one browser would keep pairs from everybody else. */
    static final int MOST_HELD = 20;

    private final Turns turns;
    private final AssignmentTable table;
    private final SlotQueue queue;
    private final AssignmentViews views;
    private final EmptyQueue emptyQueue;
    private final AssignmentRules rules;
    private final Standings standings;
    private final CampaignAccess access;
    private final RandomGenerator random;

    @Autowired
    AssignmentService(
            Turns turns,
            AssignmentTable table,
            SlotQueue queue,
            AssignmentViews views,
            EmptyQueue emptyQueue,
            AssignmentRules rules,
            Standings standings,
            CampaignAccess access) {
        this(turns, table, queue, views, emptyQueue, rules, standings, access, RandomGenerator.of("SecureRandom"));
    }

    /**
     * @param random draws sides, strata and gold
     */
    AssignmentService(
            Turns turns,
            AssignmentTable table,
            SlotQueue queue,
            AssignmentViews views,
            EmptyQueue emptyQueue,
            AssignmentRules rules,
            Standings standings,
            CampaignAccess access,
            RandomGenerator random) {
        this.turns = turns;
        this.table = table;
        this.queue = queue;
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
            requireCount("count", count);
        }
        var rule = rules.of(campaign);
        var held = entered(who, campaign, rule);
        if (held.campaign() != CampaignState.OPEN) {
            return new Claim(List.of(), held.campaign() == CampaignState.PAUSED ? Empty.PAUSED : Empty.CLOSED);
        }
        if (held.paused()) {
            return finishing(who, campaign, count);
        }
        if (rule.qualifies()) {
            var refusal = standings.refusal(who, campaign);
            if (refusal.isPresent()) {
                var finishing = finishing(who, campaign, count);
                if (finishing.assignments().isEmpty()) {
                    throw refusal.get();
                }
                return finishing;
            }
        }
        for (int leases = held.leases(); leases < count && leaseOne(who.id(), campaign, rule); leases++) {}
        var assignments = views.held(who.id(), campaign, count);
        return new Claim(assignments, assignments.isEmpty() ? emptyQueue.reason(who.id(), campaign) : null);
    }

    /** What they hold they may finish, also after a reload; nothing new is added to it. */
    private Claim finishing(SignedIn who, UUID campaign, int count) {
        var assignments = views.held(who.id(), campaign, count);
        return new Claim(assignments, assignments.isEmpty() ? Empty.YOU_ARE_PAUSED : null);
    }

    /**
     * Waits until nothing else of the annotator is under way in the campaign: what the caller's transaction says of them holds
     * for every claim after it.
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void awaitTurn(UUID annotator, UUID campaign) {
        turns.await(annotator, campaign);
    }

    /**
     * Requires a number of pairs that somebody may hold.
     *
     * @param field what the request calls it
     */
    public static void requireCount(String field, int count) {
        if (count < 1 || count > MOST_HELD) {
            throw Problem.invalid("invalid_count", field, "Claim 1 to " + MOST_HELD + " pairs at a time.");
        }
    }

    private AssignmentTable.Held entered(SignedIn who, UUID campaign, AssignmentRules.Rules rule) {
        return table.extendHeld(who, campaign, rule.leaseSeconds()).orElseGet(() -> {
            access.requireMember(who, campaign);
            // they became a member this moment
            return entered(who, campaign, rule);
        });
    }

    private boolean leaseOne(UUID annotator, UUID campaign, AssignmentRules.Rules rule) {
        if (random.nextDouble() < rule.goldRate() && leaseGold(annotator, campaign, rule)) {
            return true;
        }
        var half = random.nextDouble() < rule.uniformClaims() ? SlotQueue.Half.UNIFORM : SlotQueue.Half.ACQUIRED;
        return leaseOne(annotator, campaign, half, rule)
                // what others let run out is taken when there is nothing else, so nobody loses a lease without need
                || (queue.reclaimExpired(campaign) > 0 && leaseOne(annotator, campaign, half, rule));
    }

    private boolean leaseOne(UUID annotator, UUID campaign, SlotQueue.Half half, AssignmentRules.Rules rule) {
        double from = random.nextDouble();
        boolean swapped = random.nextBoolean();
        return queue.leaseNext(annotator, campaign, half, from, swapped, rule.leaseSeconds())
                || queue.leaseNext(annotator, campaign, half.other(), from, swapped, rule.leaseSeconds());
    }

    /** Gold comes with work, never in its place: an annotator for whom nothing is left gets none. */
    private boolean leaseGold(UUID annotator, UUID campaign, AssignmentRules.Rules rule) {
        return queue.hasOpenWork(annotator, campaign)
                && queue.leaseGold(annotator, campaign, random.nextBoolean(), rule.leaseSeconds());
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
            throw Lease.leaseLost();
        }
        if (lease.campaignState() == CampaignState.CLOSED) {
            return lease.expiresAt();
        }
        return extendHeld(lease, who);
    }

    /** The end of what the annotator holds, after it was put off. */
    private Instant extendHeld(Lease lease, SignedIn who) {
        int seconds = rules.of(lease.campaign()).leaseSeconds();
        table.extendHeld(who, lease.campaign(), seconds);
        if (lease.state() == Lease.State.EXTRA) {
            table.extendExtra(lease.id(), seconds);
        }
        return table.expiry(lease.id());
    }

    /**
     * Gives the pair of a lost lease back to its annotator with a new token, or, where the campaign keeps late answers,
     * lets the answer be kept as an extra label.
     *
     * @throws Problem {@code campaign_paused} or {@code campaign_closed}: nothing is handed out; {@code pair_taken_out}: a
     *     lead wants no judgement of it; {@code pair_complete}: the campaign keeps no late answers; {@code you_are_paused} and
     *     {@code not_qualified}: who gets nothing new gets nothing back either that they hold no more
     */
    public AssignmentView renew(SignedIn who, UUID assignment) {
        var lease = lock(who, assignment);
        // a membership that ended while the turn was waited for has left a skip as it was
        access.requireStill(who, lease.campaign());
        if (lease.state() == Lease.State.LABELLED) {
            throw Problem.conflict("already_labelled", "You have already answered this pair.");
        }
        switch (lease.campaignState()) {
            case OPEN -> {}
            case PAUSED ->
                throw Problem.conflict(
                        "campaign_paused",
                        "The campaign is paused: nothing is handed out until its lead opens it again. Your draft is"
                                + " kept.");
            case CLOSED -> throw Lease.closed();
        }
        var rule = rules.of(lease.campaign());
        if (lease.state() == Lease.State.LEASED || lease.state() == Lease.State.EXTRA) {
            extendHeld(lease, who);
            return views.of(List.of(assignment)).getFirst();
        }
        requireNewPairs(who, lease.campaign(), rule);
        if (table.isTakenOut(lease.pair())) {
            throw Problem.conflict(
                    "pair_taken_out",
                    "The project lead has taken this pair out: it needs no judgement now. Your draft is kept.");
        } else if (lease.gold()) {
            table.leaseGoldAgain(assignment, rule.leaseSeconds());
        } else if (!table.leaseAgain(assignment, rule.leaseSeconds())) {
            if (!rule.keepLate()) {
                throw Problem.conflict("pair_complete", "This pair has all its judgements now.");
            }
            table.keepAsExtra(assignment, rule.leaseSeconds());
        }
        return views.of(List.of(assignment)).getFirst();
    }

    private void requireNewPairs(SignedIn who, UUID campaign, AssignmentRules.Rules rule) {
        if (table.isPaused(who.id(), campaign)) {
            throw Problem.conflict(
                    "you_are_paused",
                    "You are paused in this campaign: what you do not hold any more you do not get again. Your draft is"
                            + " kept, and your own figures say why.");
        }
        if (rule.qualifies()) {
            standings.refusal(who, campaign).ifPresent(refusal -> {
                throw refusal;
            });
        }
    }

    /**
     * The annotator's assignment, theirs alone until the transaction ends.
     *
     * @throws Problem {@code unknown_assignment}; {@code not_a_member} when they are no member of the campaign any more
     */
    public Lease lock(SignedIn who, UUID assignment) {
        return ofMember(who, table.lock(assignment, who.id()));
    }

    private Lease ofMember(SignedIn who, Optional<Lease> locked) {
        var lease = locked.orElseThrow(AssignmentService::unknown);
        // the membership was read before the wait for the turn, and what ends it takes the leases along
        if (!lease.member() || lease.state() == Lease.State.LOST) {
            access.requireStill(who, lease.campaign());
        }
        return lease;
    }

    private static Problem unknown() {
        return Problem.notFound("unknown_assignment", "You have no such assignment.");
    }

    /**
     * Locks all that the annotator holds until the transaction ends, for a label and a claim that follow in it: the label
     * would lock its slot alone, and the claim wait for the others out of order.
     *
     * @return the assignment; where it is not leased, its label may wait for slots, and needs a transaction of its own
     * @throws Problem as {@link #lock} does
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public Lease lockHeld(SignedIn who, UUID assignment) {
        return ofMember(who, table.lockHeld(assignment, who.id()));
    }

    /** Assignments as their annotators see them, by id. */
    @Transactional(readOnly = true)
    public Map<UUID, AssignmentView> views(Collection<UUID> assignments) {
        return views.of(assignments).stream().collect(Collectors.toMap(AssignmentView::id, Function.identity()));
    }

    /**
     * What becomes of an answer or a skip, see {@link Lease#fate}. Nothing is written yet but that a lost lease holds its
     * slot again, where nobody took it.
     *
     * @param corrected the answer that it takes the place of, or null
     */
    public Fate fate(Lease lease, long token, Lease.@Nullable Answered corrected, boolean skip) {
        var fate = lease.fate(token, corrected, skip);
        if (!(fate instanceof Fate.TakesUp)) {
            return fate;
        }
        return table.takeUp(lease)
                .<Fate>map(Fate.Fills::new)
                .orElseGet(() -> lease.state() == Lease.State.EXTRA ? new Fate.Extra() : Lease.lost());
    }

    /** Writes what became of the lease under which the label came. */
    public void settle(Lease lease, Fate fate, UUID label) {
        switch (fate) {
            case Fate.Fills fills -> table.fill(lease, fills.slot(), label);
            case Fate.Corrects corrects -> table.refill(lease, corrects.former(), label);
            case Fate.Checks _, Fate.Extra _ -> table.release(lease, Lease.State.LABELLED);
            case Fate.Skips _ -> table.release(lease, Lease.State.SKIPPED);
            case Fate.TakesUp _, Fate.Refused _ -> throw new IllegalStateException("no label comes of " + fate);
        }
    }

    /** What somebody holds goes back to the queue when they leave the campaign. */
    @EventListener
    void giveBack(MemberRemoved gone) {
        turns.await(gone.account(), gone.campaign());
        table.giveBack(gone.account(), gone.campaign());
    }

    /** Why a claim came back with nothing. */
    public enum Empty {
        /** Every open pair has the labels it needs, or has this annotator's. */
        ALL_LABELLED,
        /** What is left is with somebody else at the moment. */
        HELD_BY_OTHERS,
        /** What is left are pairs that this annotator skipped: they wait for somebody else. */
        SKIPPED_BY_YOU,
        /** This annotator is paused: their own page says why. */
        YOU_ARE_PAUSED,
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
