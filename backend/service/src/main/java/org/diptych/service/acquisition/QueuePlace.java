package org.diptych.service.acquisition;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Why a pair is where it is in the queue, and what it waits for.
 *
 * @param stratum of the slot that this speaks of: the one that comes next, or else one that an annotator holds or that is out;
 *     of the pair where there is none
 * @param standing what happens to it now
 * @param before answers that are handed out before it in its half of the queue; null where chance alone decides
 * @param beforeAtLeast whether there are more of those than were counted
 * @param chosenBy who put it there; null where nothing waits any more
 * @param batch the choice that did; null for chance
 * @param selectionProbability probability with which it was put there; null where nothing waits any more
 * @param scoreParts JSON: what the policy saw; null where nothing waits any more
 * @param another whether it waits for another opinion, beyond the labels that every pair gets
 * @param veto who let no model choose it; null if none did
 * @param waits for whom and what it waits
 */
public record QueuePlace(
        UUID pair,
        String stratum,
        Standing standing,
        @Nullable Integer before,
        boolean beforeAtLeast,
        @Nullable ChosenBy chosenBy,
        @Nullable Batch batch,
        @Nullable Double selectionProbability,
        @Nullable String scoreParts,
        boolean another,
        @Nullable Veto veto,
        Waits waits) {
    /** Whether a lead may put it in front: it waits, and neither chance nor another person has said when its turn comes. */
    public boolean mayBePinned() {
        return stratum.equals("acquired")
                && chosenBy != ChosenBy.OPINION
                && (standing == Standing.WAITING
                        || standing == Standing.NOBODY_LEFT
                        || standing == Standing.CAMPAIGN_STOPPED);
    }

    /** What happens to a pair. */
    public enum Standing {
        /** It is handed out when its turn comes. */
        WAITING,
        /** It waits, and every annotator who could be given it has had it or is paused. */
        NOBODY_LEFT,
        /** All that is wanted of it is with annotators. */
        HELD,
        /** It has all its labels. */
        COMPLETE,
        /** A lead has taken it out. */
        TAKEN_OUT,
        /** Its answer is known: it is in the campaign to check or to teach annotators. */
        KNOWN,
        /** Its campaign hands nothing out. */
        CAMPAIGN_STOPPED
    }

    /** Who put a pair where it is. */
    public enum ChosenBy {
        /** Nobody: it comes in random order. */
        CHANCE,
        /** A policy, by what a model says. */
        MODEL,
        /** A policy, before there was a model. */
        DESIGN,
        /** A person who wants another answer. */
        OPINION,
        /** A lead, by hand. */
        PIN
    }

    /**
     * A choice.
     *
     * @param policy by which it was made; null when a person made it
     * @param inPlaceOf the campaign's policy, where another one chose for it
     * @param model number of the version that it was made by
     * @param pool pairs it was made from
     * @param size pairs it put in front
     * @param by who made it by hand
     */
    public record Batch(
            @Nullable String policy,
            @Nullable String inPlaceOf,
            @Nullable Integer model,
            int pool,
            int size,
            Instant at,
            @Nullable String by) {}

    /** A veto. */
    public record Veto(String by, Instant at) {}

    /**
     * What a pair waits for.
     *
     * @param filled labels it has
     * @param wanted labels it is to get
     * @param held labels that annotators are about to give
     * @param heldUntil when the first of them goes back to the queue if it is not given
     * @param known use of its known answer, e.g. {@code GOLD}, where it has one: it is also handed out for that
     * @param annotators annotators of the campaign
     * @param had those of them who have had it already: nobody gets a pair twice
     * @param paused those of the others who are paused
     * @param leftOut labels of it by people who are left out of data sets
     */
    public record Waits(
            int filled,
            int wanted,
            int held,
            @Nullable Instant heldUntil,
            @Nullable String known,
            int annotators,
            int had,
            int paused,
            int leftOut) {}
}
