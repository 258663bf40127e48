package org.diptych.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The mark of a data folder that is being filled from a backup. It stays when the restore is killed, and says then whether the
 * pictures and models in the folder are the restore's own or were there before.
 */
public final class UnfinishedRestore {
    private static final String MARK = "restore.unfinished";
    private static final String OWN = "own";
    private static final String GIVEN = "given";

    private UnfinishedRestore() {}

    /** Whether a restore into the folder was begun and not ended. */
    public static boolean in(Path dataDirectory) {
        return Files.exists(dataDirectory.resolve(MARK));
    }

    /** Whether a file is the mark. */
    public static boolean isMark(Path file) {
        return file.endsWith(MARK);
    }

    /**
     * Sets the mark.
     *
     * @param ownObjects whether the restore brings pictures and models; otherwise those in the folder are somebody's originals
     */
    public static void begin(Path dataDirectory, boolean ownObjects) throws IOException {
        Files.writeString(dataDirectory.resolve(MARK), ownObjects ? OWN : GIVEN, StandardOpenOption.CREATE_NEW);
    }

    /** Whether pictures and models in the folder came from the unfinished restore. What the mark does not say is not so. */
    public static boolean ownsObjects(Path dataDirectory) throws IOException {
        return Files.readString(dataDirectory.resolve(MARK)).strip().equals(OWN);
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
