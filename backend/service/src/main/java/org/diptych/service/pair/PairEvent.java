package org.diptych.service.pair;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened to a pair beside its answers.
 *
 * @param what {@code imported}, {@code chosen}, {@code withdrawn}, {@code taken_out}, {@code put_back}, {@code revealed}, {@code adjudicated} or
 *     {@code requested} for one more opinion
 * @param by the policy that chose, the reason of a withdrawal, or the lead's name
 * @param model number of the model that was used
 * @param probability with which it was chosen
 */
public record PairEvent(
        Instant at,
        String what,
        @Nullable String by,
        @Nullable Integer model,
        @Nullable Double probability) {}
