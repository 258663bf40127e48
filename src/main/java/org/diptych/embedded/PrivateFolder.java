package org.diptych.embedded;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Folders that nobody but the server's user may open, where the file system knows users. */
public final class PrivateFolder {
    private static final boolean KNOWS_USERS =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

    private PrivateFolder() {}

    /** Makes a folder that is not there yet, and those above it. One that is there stays as its owner has it. */
    public static void create(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        if (KNOWS_USERS) {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } else {
            Files.createDirectories(folder);
        }
    }

    /** Closes a folder of the server's own to everybody else. */
    static void close(Path folder) throws IOException {
        if (KNOWS_USERS) {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        }
    }
}
