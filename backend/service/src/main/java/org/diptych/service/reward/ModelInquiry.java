package org.diptych.service.reward;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A question that a worker answers from what is stored, beside all requests. It changes nothing of its campaign.
 *
 * @param kind what is asked
 * @param question JSON
 * @param state where it stands
 * @param answer JSON, when it is there
 * @param message why there is no answer, when it failed
 */
public record ModelInquiry(
        UUID id,
        UUID campaign,
        Kind kind,
        String question,
        State state,
        @Nullable String answer,
        @Nullable String message,
        Instant askedAt,
        @Nullable Instant finishedAt) {
    /** What is asked. */
    public enum Kind {
        /** How two versions compare. */
        COMPARISON,
        /** What a policy would choose now. */
        PREVIEW
    }

    /** Where it stands. */
    public enum State {
        QUEUED,
        RUNNING,
        DONE,
        FAILED,
        CANCELLED;

        /** Whether an answer may still come. */
        public boolean live() {
            return this == QUEUED || this == RUNNING;
        }
    }
}
