package org.diptych.command;

import java.nio.file.Files;
import java.nio.file.Path;

/** Files that a command needs whole: what cannot be read is said before anything else is done. */
final class InputFile {
    private InputFile() {}

    /**
     * Requires a file that is there and may be read.
     *
     * @param advice what to give instead, a sentence; empty where the fault says enough
     * @throws CommandFailure naming what is there instead
     */
    static void require(Path file, String advice) {
        if (!Files.exists(file)) {
            throw fault(file, "there is no such file.", advice);
        }
        if (Files.isDirectory(file)) {
            throw fault(file, "is a folder, not a file.", advice);
        }
        if (!Files.isRegularFile(file)) {
            throw fault(file, "is a device or a pipe, not a file.", advice);
        }
        if (!Files.isReadable(file)) {
            throw fault(file, "this file may not be read.", "Change its permissions.");
        }
    }

    private static CommandFailure fault(Path file, String fault, String advice) {
        return CommandFailure.badInput((file + ": " + fault + " " + advice).stripTrailing());
    }
}
