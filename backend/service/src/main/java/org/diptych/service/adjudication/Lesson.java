package org.diptych.service.adjudication;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.diptych.service.assignment.AssignmentView.Picture;
import org.jspecify.annotations.Nullable;

/**
 * Where an annotator was overruled, and why. Sides are as they saw them; who decided and what others answered is not in it.
 *
 * @param verdict the verdict
 * @param left the edit at the left (A)
 * @param right the edit at the right (B)
 * @param own what they answered
 * @param decided what was decided
 * @param overruled dimensions on which that is something else
 * @param protocolSha256 the version of both
 * @param holds whether it stands: nobody has decided again, and no objection was accepted
 * @param objection what they said against it; null for nothing
 * @param mayObject whether they may still say something against it
 */
public record Lesson(
        UUID verdict,
        String instruction,
        Picture source,
        Picture left,
        Picture right,
        Map<String, Object> own,
        Map<String, Object> decided,
        List<String> overruled,
        @Nullable String reason,
        Instant at,
        String protocolSha256,
        boolean holds,
        @Nullable Objected objection,
        boolean mayObject) {
    public Lesson {
        overruled = List.copyOf(overruled);
    }

    /**
     * An objection and what became of it.
     *
     * @param accepted null while it waits for a lead
     * @param answer what the lead said
     */
    public record Objected(
            String words,
            Instant at,
            @Nullable Boolean accepted,
            @Nullable String answer) {}
}
