package org.diptych.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The mark of a data folder that is being filled from a backup. It stays when the restore is killed. */
public final class UnfinishedRestore {
    private static final String MARK = "restore.unfinished";

    private UnfinishedRestore() {}

    /** Whether a restore into the folder was begun and not ended. */
    public static boolean in(Path dataDirectory) {
        return Files.exists(dataDirectory.resolve(MARK));
    }

    /** Whether a file is the mark. */
    public static boolean isMark(Path file) {
        return file.endsWith(MARK);
    }

    /** Sets the mark. */
    public static void begin(Path dataDirectory) throws IOException {
        Files.createFile(dataDirectory.resolve(MARK));
    }

    /** Stops a database that a killed restore left running. The caller holds the folder's lock. */
    public static void stopDatabase(Path dataDirectory) {
        OrphanedServer.stop(dataDirectory.resolve("postgres"));
    }

    /** Takes the mark away. */
    public static void end(Path dataDirectory) throws IOException {
        Files.deleteIfExists(dataDirectory.resolve(MARK));
    }

    /**
     * Requires that no restore is unfinished.
     *
     * @throws StartFailure when one is
     */
    public static void refuse(Path dataDirectory) {
        if (in(dataDirectory)) {
            throw new StartFailure(
                    "A restore into the data folder " + dataDirectory
                            + " did not end, so it holds only a part of the data. Run diptych restore again; it begins anew there.");
        }
    }
}
