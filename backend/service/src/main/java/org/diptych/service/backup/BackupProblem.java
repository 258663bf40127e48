package org.diptych.service.backup;

import java.util.Objects;

/** A backup cannot be made or restored for a reason that a person can remove: the message says which, and what to do. */
public final class BackupProblem extends RuntimeException {
    BackupProblem(String message) {
        super(message);
    }

    BackupProblem(String message, Throwable cause) {
        super(message, cause);
    }

    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }
}
