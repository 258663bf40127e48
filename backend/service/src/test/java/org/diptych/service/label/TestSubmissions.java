package org.diptych.service.label;

import java.util.UUID;
import org.diptych.service.assignment.AssignmentView;

/** Submissions for tests of other steps. */
public final class TestSubmissions {
    private TestSubmissions() {}

    /** The same ratings on every dimension, after one second of active time. */
    public static Submission rated(AssignmentView assignment, int left, int right) {
        return timed(ConcurrentLabellingIT.submission(UUID.randomUUID(), assignment, left, right), null);
    }

    /** The same, in place of a former label. */
    public static Submission correction(
            AssignmentView assignment, @org.jspecify.annotations.Nullable UUID former, int left, int right) {
        return timed(ConcurrentLabellingIT.submission(UUID.randomUUID(), assignment, left, right), former);
    }

    /** The pair is left to others, for the first reason that the bundled protocols have. */
    public static Submission skip(AssignmentView assignment, @org.jspecify.annotations.Nullable UUID former) {
        return new Submission(
                UUID.randomUUID(),
                assignment.id(),
                assignment.token(),
                null,
                new Submission.Skip("cannot_judge"),
                null,
                true,
                2_000,
                null,
                null,
                former);
    }

    private static Submission timed(Submission answer, @org.jspecify.annotations.Nullable UUID former) {
        return new Submission(
                answer.id(),
                answer.assignment(),
                answer.token(),
                answer.answers(),
                null,
                null,
                false,
                1_000,
                null,
                null,
                former);
    }
}
