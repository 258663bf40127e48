package org.diptych.assignment;

import java.time.Instant;
import java.util.UUID;
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
        String protocolSha256) {
    /** Whether its answer is known: it checks the annotator, and nobody else waits for it. */
    public boolean gold() {
        return slot == null;
    }

    /** Where an assignment stands. */
    public enum State {
        /** Holds its slot. */
        LEASED,
        /** Its label fills the slot, or was kept as an extra one. */
        LABELLED,
        /** The annotator left the pair unanswered; the slot is open to others. */
        SKIPPED,
        /** The lease ran out and the slot went back to the queue. */
        LOST,
        /** Renewed after the pair had all its labels: the answer is kept, but fills no slot. */
        EXTRA
    }
}
