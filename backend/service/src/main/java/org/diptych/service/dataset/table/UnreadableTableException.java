package org.diptych.service.dataset.table;

import java.io.IOException;

/** A file that cannot be read as a Parquet table; the message says why, without the file's name. */
public final class UnreadableTableException extends IOException {
    private static final long serialVersionUID = 1L;

    UnreadableTableException(String reason) {
        super(reason);
    }

    UnreadableTableException(String reason, Throwable cause) {
        super(reason, cause);
    }

    /** What is wrong and what to do; no sentence yet. */
    public String reason() {
        return String.valueOf(getMessage());
    }
}
