package org.diptych.service.backup;

import org.jspecify.annotations.Nullable;

/** A backup is not what was written. The message names the member and the place in the file. */
public final class DamagedBackupException extends RuntimeException {
    DamagedBackupException(String member, long place, String what, @Nullable Throwable cause) {
        super("damaged in %s at byte %d: %s".formatted(member, place, what), cause);
    }

    DamagedBackupException(String what) {
        super("damaged: " + what);
    }
}
