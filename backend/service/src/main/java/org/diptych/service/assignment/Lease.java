package org.diptych.service.assignment;

import java.time.Instant;
import java.util.UUID;
import org.diptych.service.campaign.CampaignState;
import org.diptych.service.campaign.LateLabels;
import org.diptych.service.problem.Problem;
import org.jspecify.annotations.Nullable;

/**
 * An annotator's assignment as its row stands, locked for the rest of the transaction.
 *
 * @param id assignment
 * @param campaign its campaign
 * @param pair the pair to be labelled
 * @param slot which of the pair's slots it holds or held; null for gold, which needs none
 * @param state where it stands
 * @param fencingToken a submit must carry this one
 * @param expiresAt until when nobody else gets the slot
 * @param swapped whether the second candidate is shown at the left
 * @param protocolSha256 the version of the protocol that held when the lease was given
 * @param campaignState how its campaign stands
 * @param lateLabels what its campaign does with answers that come too late
 * @param member whether its annotator is a member of the campaign
 * @param tellsGold whether the campaign tells annotators after their answer what was known
 */
public record Lease(
        UUID id,
        UUID campaign,
        UUID pair,
        @Nullable Short slot,
        State state,
        long fencingToken,
        Instant expiresAt,
        boolean swapped,
        String protocolSha256,
        CampaignState campaignState,
        LateLabels lateLabels,
        boolean member,
        boolean tellsGold) {
    /** Whether its answer is known: it checks the annotator, and nobody else waits for it. */
    public boolean gold() {
        return slot == null;
    }

    /**
     * What becomes of an answer or a skip. A lease that ran out counts as long as nobody took its place. In a closed
     * campaign, what was held is kept beside the labels where the campaign keeps late answers.
     *
     * @param token the fencing token that it carries
     * @param corrected the answer that it takes the place of; null for a first one, and for what follows a skip: that needs
     *     its slot back first, exactly as a late answer does
     * @param skip whether the pair is left unanswered
     */
    Fate fate(long token, @Nullable Answered corrected, boolean skip) {
        if (corrected != null) {
            return correction(token, corrected, skip);
        }
        if (fencingToken != token) {
            return lost();
        }
        return switch (state) {
            case LABELLED -> new Fate.Refused(answered());
            case SKIPPED -> lost();
            case LEASED, EXTRA, LOST -> {
                if (campaignState == CampaignState.CLOSED) {
                    yield lateLabels == LateLabels.EXTRA ? aside(skip) : new Fate.Refused(closed());
                }
                yield open(skip);
            }
        };
    }

    private Fate correction(long token, Answered corrected, boolean skip) {
        if (fencingToken != token) {
            return new Fate.Refused(
                    Problem.conflict("lease_lost", "This answer belongs to another lease of the pair."));
        }
        if (campaignState == CampaignState.CLOSED) {
            return new Fate.Refused(closed());
        }
        return skip ? new Fate.Skips() : new Fate.Corrects(corrected.label(), corrected.slot());
    }

    private Fate open(boolean skip) {
        if (slot == null) {
            return skip ? new Fate.Skips() : new Fate.Checks();
        }
        return switch (state) {
            // its slot is back in the queue, where a skip leaves it; what was complete may want an answer again
            case LOST, EXTRA -> skip ? new Fate.Skips() : new Fate.TakesUp();
            default -> skip ? new Fate.Skips() : new Fate.Fills(slot);
        };
    }

    private static Fate aside(boolean skip) {
        return skip ? new Fate.Skips() : new Fate.Extra();
    }

    /** The lease is somebody else's by now. */
    static Fate.Refused lost() {
        return new Fate.Refused(leaseLost());
    }

    /** Another tab of the same annotator was quicker, with another answer. */
    private static Problem answered() {
        return Problem.conflict(
                "lease_lost",
                "You have answered this pair already, in another tab or window: that answer counts, and can be"
                        + " corrected there or in your work. This one is kept here and is not counted.");
    }

    static Problem leaseLost() {
        return Problem.conflict(
                "lease_lost",
                "This pair went back to the queue. Your draft is kept and is not counted; ask for the pair again.");
    }

    static Problem closed() {
        return Problem.conflict(
                "campaign_closed",
                "The campaign is closed and takes no more judgements. Yours is kept here and is not counted; its lead"
                        + " can open it again.");
    }

    /**
     * An answer that was accepted under the lease.
     *
     * @param label its label
     * @param slot the slot that it fills; null when it fills none
     */
    public record Answered(UUID label, @Nullable Short slot) {}

    /** Where an assignment stands. */
    public enum State {
        /** Holds its slot. */
        LEASED,
        /** Its label fills the slot, or was kept as an extra one. */
        LABELLED,
        /** The annotator left the pair unanswered; the slot is open to others. */
        SKIPPED,
        /** The lease ran out, or its annotator is no member any more, and the slot went back to the queue. */
        LOST,
        /** Renewed after the pair had all its labels, or held when the campaign closed: its answer fills no slot. */
        EXTRA
    }
}
