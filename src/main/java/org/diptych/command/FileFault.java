package org.diptych.command;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** What the file system refused, in words: its own message is often the name of the file alone. */
public final class FileFault {
    private FileFault() {}

    /** What happened to which file; no sentence yet. */
    public static String of(IOException failure) {
        return switch (failure) {
            case AccessDeniedException denied ->
                denied.getFile() + " may not be read or written; change its permissions";
            case NoSuchFileException missing -> "there is no file or folder " + missing.getFile();
            case FileAlreadyExistsException present -> present.getFile() + " is there already";
            case NotDirectoryException file -> file.getFile() + " is no folder";
            case DirectoryNotEmptyException folder -> "the folder " + folder.getFile() + " is not empty";
            default -> failure.getMessage() == null ? "it broke off" : failure.getMessage();
        };
    }
}
