package org.diptych.command;

import java.nio.file.Path;

/** An input file that cannot be read as what it should be. The message names file and line and says what to do. */
final class MalformedFileException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MalformedFileException(Path file, long line, String problem) {
        super("%s:%d: %s".formatted(file, line, problem));
    }
}
