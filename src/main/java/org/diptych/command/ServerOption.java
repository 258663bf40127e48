package org.diptych.command;

import java.net.URI;
import java.net.URISyntaxException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The server that a command speaks to. */
@SuppressWarnings("NullAway.Init")
final class ServerOption {
    private static final int HIGHEST_PORT = 65_535;

    @Option(
            names = "--server",
            required = true,
            paramLabel = "URL",
            // a line of its own: a line break inside an address would break it
            description = {"Address of the server, for example", "http://localhost:8080"})
    private String server;

    /**
     * The address, with the path under which the server is reached where there is one, and without a slash at its end.
     *
     * @param command whose option it is
     * @throws ParameterException if an HTTP client cannot use it
     */
    URI address(CommandSpec command) {
        return address(command, server);
    }

    /** The same for an address that a command takes by itself. */
    static URI address(CommandSpec command, String given) {
        String text = Blanks.strip(given);
        try {
            URI address = new URI(text.replaceAll("/+$", ""));
            boolean http =
                    "http".equalsIgnoreCase(address.getScheme()) || "https".equalsIgnoreCase(address.getScheme());
            boolean plain =
                    address.getUserInfo() == null && address.getQuery() == null && address.getFragment() == null;
            boolean port = address.getPort() != 0 && address.getPort() <= HIGHEST_PORT;
            if (http && plain && port && address.getHost() != null) {
                return address;
            }
        } catch (URISyntaxException notAnAddress) {
            // said below, in words
        }
        throw new ParameterException(
                command.commandLine(),
                "--server must look like http://localhost:8080 or https://example.org/diptych, "
                        // what is before an @ may be a password
                        + (text.contains("@") ? "with no user or password in the address." : "not " + text + "."));
    }
}
