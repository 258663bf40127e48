package org.diptych.command;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;

/** A file whose first line is a password: it may begin and end with blanks, but not with what an editor adds. */
final class PasswordFile {
    private PasswordFile() {}

    /**
     * The password.
     *
     * @throws CommandFailure when there is none
     */
    static String read(Path file) {
        try (BufferedReader lines = TextFile.open(file)) {
            String line = lines.readLine();
            if (line == null || line.isEmpty()) {
                throw CommandFailure.badInput(file + ":1: the password file is empty; its first line is the password.");
            }
            return line;
        } catch (MalformedFileException malformed) {
            throw CommandFailure.badInput(String.valueOf(malformed.getMessage()) + ".");
        } catch (CharacterCodingException notUtf8) {
            throw CommandFailure.badInput(file + ":1: the password file is not UTF-8; save it as UTF-8.");
        } catch (IOException exception) {
            throw CommandFailure.badInput(file + ": the password file cannot be read.");
        }
    }
}
