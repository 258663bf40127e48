package org.diptych.service.account;

import java.time.Duration;
import org.diptych.service.problem.Problem;
import org.springframework.security.core.AuthenticationException;

/** Nobody looked whether name and password are right: there were too many wrong tries, or too many try at once. */
public final class TryLater extends AuthenticationException {
    private static final long serialVersionUID = 1L;

    private final Duration pause;

    TryLater(Duration pause) {
        super("too many tries; the next one in " + pause.toSeconds() + " s");
        this.pause = pause;
    }

    /** How long to wait before the next try, in whole seconds, at least one. */
    public Duration pause() {
        return pause;
    }

    /** The same for a program. */
    Problem problem() {
        return Problem.tooMany(
                        "too_many_tries",
                        "There were too many tries to sign in. Wait " + pause.toSeconds() + " seconds, then try again.")
                .after(pause);
    }
}
