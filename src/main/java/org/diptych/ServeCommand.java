package org.diptych;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options of the server. Nothing here loads Spring, so that the other commands stay quick. */
@Command(
        name = "serve",
        description = {
            "Starts the server (the default command).",
            "The first start creates the user admin with the password in DIPTYCH_ADMIN_PASSWORD, else with a random one"
                    + " that is printed once."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class ServeCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(
            names = "--role",
            paramLabel = "all|web|worker",
            description = "What this process does: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private Role role = Role.ALL;

    @Option(
            names = "--data-dir",
            paramLabel = "FOLDER",
            description = "Where the database, images and models are kept. Default: ${DEFAULT-VALUE}.")
    private Path dataDirectory = Path.of("data");

    @Option(names = "--port", paramLabel = "PORT", description = "The port to listen on. Default: ${DEFAULT-VALUE}.")
    private int port = 8080;

    @Option(
            names = "--database-url",
            paramLabel = "URL",
            description = {
                "An own PostgreSQL instead of the embedded one, as jdbc:postgresql://host/database. User and password"
                        + " come from DIPTYCH_DATABASE_USER and DIPTYCH_DATABASE_PASSWORD.",
                "Required for the roles web and worker."
            })
    private @Nullable String databaseUrl;

    @Option(
            names = "--encoder",
            paramLabel = "FILE",
            description = {
                "A JSON file that says which network turns edits into features: an exported ONNX or TorchScript backbone,"
                        + " or a model server. Default: the embedded encoder, which needs neither a GPU nor a network.",
                "Give every process of an installation the same file. After a change, models that read features of the"
                        + " encoder before it are refused until the next training run has made a new version."
            })
    private @Nullable Path encoder;

    @Option(
            names = "--demo",
            description = "Also creates demo campaigns and the accounts annotator and lead to try them with.")
    private boolean demo;

    @Override
    public Integer call() throws InterruptedException {
        requireSensibleOptions();
        return new Server(role, dataDirectory.toAbsolutePath().normalize(), port, databaseUrl, encoderFile(), demo)
                .run();
    }

    private @Nullable Path encoderFile() {
        return encoder == null ? null : encoder.toAbsolutePath().normalize();
    }

    private void requireSensibleOptions() {
        if (role != Role.ALL && databaseUrl == null) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--role " + role.property() + " needs --database-url: the embedded database serves one process"
                            + " only.");
        }
        if (databaseUrl != null && !databaseUrl.startsWith("jdbc:postgresql:")) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--database-url must begin with jdbc:postgresql: (for example jdbc:postgresql://localhost/diptych).");
        }
        if (encoder != null && !Files.isReadable(encoder)) {
            throw new ParameterException(
                    spec.commandLine(), "--encoder " + encoder + " cannot be read. Is the path right?");
        }
        if (port < 1 || port > 65_535) {
            throw new ParameterException(spec.commandLine(), "--port must lie between 1 and 65535.");
        }
    }
}
