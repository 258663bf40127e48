package org.diptych;

import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
            names = "--address",
            paramLabel = "ADDRESS",
            description = {
                "The address of this machine to listen on; 0.0.0.0 for all. Default: this machine alone can reach it.",
                "What goes over a network is to be encrypted: put a TLS proxy in front."
            })
    private InetAddress address = InetAddress.getLoopbackAddress();

    @Option(
            names = "--public-url",
            paramLabel = "URL",
            description = {
                // a line of its own: a line break inside an address would break it
                "What people type to reach the server, for example",
                "https://label.example.org.",
                "Requests for another name are refused then. Default: every name will do."
            })
    private @Nullable URI publicUrl;

    @Option(
            names = "--trusted-proxy",
            paramLabel = "NETWORK",
            split = ",",
            description = {
                "A proxy, or its network, as 10.1.2.3 or 10.1.0.0/16, whose X-Forwarded-For and X-Forwarded-Proto are"
                        + " believed. Default: those on this machine."
            })
    private List<String> proxies = Endpoint.OWN_MACHINE;

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
        Endpoint endpoint = new Endpoint(address, port, publicUrl, networks());
        return new Server(role, dataDirectory.toAbsolutePath().normalize(), endpoint, databaseUrl, encoderFile(), demo)
                .run();
    }

    /** A single address is the smallest network. */
    private List<String> networks() {
        return proxies.stream()
                .map(String::strip)
                .map(each -> each.contains("/") ? each : each + (each.contains(":") ? "/128" : "/32"))
                .map(this::requireNetwork)
                .toList();
    }

    private String requireNetwork(String network) {
        String[] parts = network.split("/", -1);
        try {
            int most = InetAddress.ofLiteral(parts[0]).getAddress().length * Byte.SIZE;
            int bits = Integer.parseInt(parts[1]);
            if (parts.length == 2 && bits >= 0 && bits <= most) {
                return network;
            }
        } catch (IllegalArgumentException noNetwork) {
            // said below, in words
        }
        throw new ParameterException(
                spec.commandLine(),
                "--trusted-proxy must be an address or a network, as 10.1.0.0/16, not " + network + ".");
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
        if (publicUrl != null && !isPageAddress(publicUrl)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--public-url must look like https://label.example.org or https://example.org/label, not "
                            + publicUrl + ".");
        }
        if (port < 1 || port > 65_535) {
            throw new ParameterException(spec.commandLine(), "--port must lie between 1 and 65535.");
        }
    }

    private static boolean isPageAddress(URI url) {
        return ("https".equalsIgnoreCase(url.getScheme()) || "http".equalsIgnoreCase(url.getScheme()))
                && url.getHost() != null
                && url.getUserInfo() == null
                && url.getQuery() == null
                && url.getFragment() == null;
    }
}
