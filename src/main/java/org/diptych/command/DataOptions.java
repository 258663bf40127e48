package org.diptych.command;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Whose data a command reads or writes, said as to the server. */
final class DataOptions {
    @Option(
            names = "--data-dir",
            paramLabel = "FOLDER",
            description = "The data folder, as given to the server. Default: ${DEFAULT-VALUE}.")
    private Path dataDirectory = Path.of("data");

    @Option(
            names = "--database-url",
            paramLabel = "URL",
            description = {
                "The installation's own PostgreSQL, as given to the server: jdbc:postgresql://host/database. User and"
                        + " password come from DIPTYCH_DATABASE_USER and DIPTYCH_DATABASE_PASSWORD, the role that owns the"
                        + " schema from DIPTYCH_DATABASE_OWNER and DIPTYCH_DATABASE_OWNER_PASSWORD where it is another.",
                "Without it the embedded database of the data folder is meant."
            })
    private @Nullable String databaseUrl;

    /** The absolute path of the data folder. */
    Path dataDirectory() {
        return dataDirectory.toAbsolutePath().normalize();
    }

    /** The address of the installation's own database, or null for the embedded one. */
    @Nullable
    String databaseUrl(CommandSpec command) {
        if (databaseUrl != null && !databaseUrl.startsWith("jdbc:postgresql:")) {
            throw new ParameterException(
                    command.commandLine(),
                    "--database-url must begin with jdbc:postgresql: (for example jdbc:postgresql://localhost/diptych).");
        }
        return databaseUrl;
    }
}
