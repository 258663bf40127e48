package org.diptych.service.assignment;

import java.time.Instant;
import java.util.UUID;
import org.diptych.service.campaign.CampaignState;
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
        boolean member,
        boolean tellsGold) {
    /** Whether its answer is known: it checks the annotator, and nobody else waits for it. */
    public boolean gold() {
        return slot == null;
    }

    /** The same lease, standing elsewhere. */
    Lease standing(State other, @Nullable Short otherSlot) {
        return new Lease(
                id,
                campaign,
                pair,
                otherSlot,
                other,
                fencingToken,
                expiresAt,
                swapped,
                protocolSha256,
                campaignState,
                member,
                tellsGold);
    }

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
