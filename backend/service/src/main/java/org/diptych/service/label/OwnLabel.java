package org.diptych.service.label;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A label as its annotator sees it.
 *
 * @param answers in the sides that were shown; null for a skip
 * @param superseded whether a later label took its place
 */
record OwnLabel(
        UUID id,
        UUID assignment,
        @Nullable Map<String, Object> answers,
        @Nullable String skipReason,
        @Nullable String comment,
        boolean flagged,
        Instant submittedAt,
        boolean superseded) {}
