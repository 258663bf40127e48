package org.diptych.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The embedded database of a server that runs, for a command beside it. */
public final class RunningDatabase {
    private static final int PORT_LINE = 3;

    private RunningDatabase() {}

    /**
     * The database of a data folder.
     *
     * @return empty when no server uses the folder
     * @throws StartFailure when one does and its database takes no connections (yet)
     */
    public static Optional<Database> find(Path dataDirectory) {
        if (!InstanceLock.isHeld(dataDirectory)) {
            return Optional.empty();
        }
        try {
            List<String> lines = Files.readAllLines(dataDirectory.resolve("postgres/postmaster.pid"));
            String password = DatabasePassword.readOrCreate(dataDirectory.resolve("database.password"));
            return Optional.of(
                    EmbeddedDatabase.at(Integer.parseInt(lines.get(PORT_LINE).strip()), password));
        } catch (IOException | IndexOutOfBoundsException | NumberFormatException notYet) {
            throw new StartFailure(
                    "A server is using the data folder " + dataDirectory
                            + ", but its database is not ready. Try again when it has started or stopped.",
                    notYet);
        }
    }
}
