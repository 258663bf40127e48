package org.diptych.curation;

import org.jspecify.annotations.Nullable;

/**
 * A scored edit as far as choosing looks at it.
 *
 * @param ordinal place among all candidates, from 0, in the order of the input
 * @param id breaks ties
 * @param item equal for candidates of one instruction on one source picture
 * @param instruction equal for candidates of one instruction, whatever the picture
 * @param category of the edit
 * @param pictures equal for candidates of one instruction whose source and edit have the same bytes
 * @param mu overall score
 * @param doubt standard deviation of the overall score as far as the model does not know it
 * @param fingerprint what source and edit look like
 */
public record Candidate(
        int ordinal,
        String id,
        String item,
        String instruction,
        @Nullable String category,
        String pictures,
        double mu,
        double doubt,
        Fingerprint fingerprint) {}
