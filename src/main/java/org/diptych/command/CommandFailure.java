package org.diptych.command;

/** A command could not do what it was asked. The message is for a person; there is no stack trace to show. */
public final class CommandFailure extends RuntimeException {
    private final int exitCode;
    private final String message;

    private CommandFailure(int exitCode, String message) {
        super(message);
        this.message = message;
        this.exitCode = exitCode;
    }

    /** The input or the call was wrong (exit status 2); the message names file, line and field where there are any. */
    public static CommandFailure badInput(String message) {
        return new CommandFailure(2, message);
    }

    /** The input was right and the work failed nevertheless (exit status 1). */
    public static CommandFailure failed(String message) {
        return new CommandFailure(1, message);
    }

    /** The exit status of the process. */
    public int exitCode() {
        return exitCode;
    }

    /** What went wrong and what to do; never null. */
    @Override
    public String getMessage() {
        return message;
    }
}
