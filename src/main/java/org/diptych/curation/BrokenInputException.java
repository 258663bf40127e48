package org.diptych.curation;

import java.io.IOException;

/** An input that cannot be read to its end, or is no longer what was scored. The message names file and row. */
public final class BrokenInputException extends IOException {
    private static final long serialVersionUID = 1L;

    BrokenInputException(String message) {
        super(message);
    }

    /** What is wrong, without a full stop. */
    public String reason() {
        return String.valueOf(getMessage());
    }
}
