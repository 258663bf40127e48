package org.diptych.service.dataset;

/** An export is not to be written on. */
final class ExportStopped extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Why why;

    /** Why not. */
    enum Why {
        /** Nobody wants it any more. */
        CANCELLED,
        /** The process goes down. */
        SERVER_STOPS,
        /** Another worker has it. */
        LOST
    }

    ExportStopped(Why why) {
        super(why.name(), null, false, false);
        this.why = why;
    }

    Why why() {
        return why;
    }
}
