package org.diptych.service.conduct;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A warning or a pause.
 *
 * @param cause which rule, or a lead
 * @param reason what the lead wrote; null of a rule
 * @param figures what the rule says and what it found
 * @param by the lead; null of a rule, and for the annotator
 * @param endedAt when the pause ended; null while it lasts, and of a warning
 * @param endedBy the lead who ended it; null for the annotator
 * @param appeal what the annotator said to it, or null
 */
public record Notice(
        UUID id,
        RuleAction action,
        Cause cause,
        @Nullable String reason,
        Map<String, Object> figures,
        Instant at,
        @Nullable String by,
        @Nullable Instant endedAt,
        @Nullable String endedBy,
        @Nullable String endReason,
        @Nullable Appeal appeal) {
    /**
     * What an annotator says to a pause, and the answer.
     *
     * @param lifted whether the pause was ended by it; null while nobody has answered
     * @param answeredBy the lead; null for the annotator
     */
    public record Appeal(
            String words,
            Instant at,
            @Nullable Boolean lifted,
            @Nullable String answer,
            @Nullable String answeredBy,
            @Nullable Instant answeredAt) {
        /** Whether a lead has to answer. */
        public boolean waiting() {
            return lifted == null;
        }
    }

    /** Whether it is a pause that lasts. */
    public boolean holds() {
        return action == RuleAction.PAUSE && endedAt == null;
    }

    /** The same for the annotator, who learns nobody's name. */
    Notice nameless() {
        return new Notice(
                id,
                action,
                cause,
                reason,
                figures,
                at,
                null,
                endedAt,
                null,
                endReason,
                appeal == null
                        ? null
                        : new Appeal(
                                appeal.words(),
                                appeal.at(),
                                appeal.lifted(),
                                appeal.answer(),
                                null,
                                appeal.answeredAt()));
    }
}
