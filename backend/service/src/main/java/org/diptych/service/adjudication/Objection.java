package org.diptych.service.adjudication;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.diptych.service.assignment.AssignmentView.Picture;
import org.jspecify.annotations.Nullable;

/**
 * What an annotator said against a verdict. Answers are in stored order, the first edit is A; the annotator has no name here.
 *
 * @param decided what was decided
 * @param own what the annotator had answered
 * @param holds whether the verdict stands
 */
public record Objection(
        UUID id,
        UUID pair,
        String instruction,
        Picture source,
        Picture first,
        Picture second,
        Map<String, Object> decided,
        Map<String, Object> own,
        @Nullable String reason,
        String words,
        Instant at,
        String protocolSha256,
        boolean holds) {}
