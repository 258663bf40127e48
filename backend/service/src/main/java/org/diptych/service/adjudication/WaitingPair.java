package org.diptych.service.adjudication;

import java.util.UUID;
import org.diptych.service.assignment.AssignmentView.Picture;
import org.jspecify.annotations.Nullable;

/**
 * A pair that waits for a verdict.
 *
 * @param value wrong verdicts that a decision is expected to put right, see {@link AdjudicationQueue}
 * @param answers how many annotators answered it
 * @param again whether it had a verdict to which an objection was accepted
 */
public record WaitingPair(
        UUID pair,
        String instruction,
        @Nullable String category,
        Picture source,
        double value,
        int answers,
        boolean again) {}
