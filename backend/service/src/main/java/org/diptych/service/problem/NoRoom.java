package org.diptych.service.problem;

import java.io.IOException;
import java.sql.SQLException;
import java.util.Locale;

/** Whether a failure means that a disk, or the share of it that this user may fill, is full. */
final class NoRoom {
    private static final String DATABASE_IS_FULL = "53100";

    private NoRoom() {}

    /** Whether a failure, or anything that caused it, is that there is no room. */
    static boolean isBehind(Throwable failure) {
        return Outage.causes(failure).anyMatch(NoRoom::is);
    }

    /** The system's own words are all that Java passes on. */
    private static boolean is(Throwable cause) {
        if (cause instanceof SQLException database) {
            return DATABASE_IS_FULL.equals(database.getSQLState());
        }
        if (!(cause instanceof IOException)) {
            return false;
        }
        var words = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
        return words.contains("no space left on device")
                || words.contains("disk quota exceeded")
                || words.contains("not enough space on the disk");
    }
}
