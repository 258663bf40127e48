package org.diptych.command;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options of every command that speaks to a server about one of its campaigns. */
@SuppressWarnings("NullAway.Init")
final class CampaignOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--server",
            required = true,
            paramLabel = "URL",
            description = "Address of the server, for example http://localhost:8080.")
    private URI server;

    @Option(
            names = "--token",
            paramLabel = "TOKEN",
            description = "API token (made by diptych token). Default: the environment variable DIPTYCH_TOKEN.")
    private @Nullable String token;

    @Option(names = "--campaign", required = true, paramLabel = "NAME", description = "The campaign.")
    private String campaign;

    /** The campaign's name as given. */
    String campaign() {
        return campaign;
    }

    /** A client for the server, with the token of the call or of the environment. */
    ServerClient client() {
        String secret = token == null ? System.getenv("DIPTYCH_TOKEN") : token;
        if (secret == null || secret.isBlank()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "Give the API token with --token or in DIPTYCH_TOKEN (diptych token makes one).");
        }
        return ServerClient.withToken(requireHttp(spec, server), secret.strip());
    }

    /** An address that an HTTP client can use. */
    static URI requireHttp(CommandSpec spec, URI server) {
        if (!("http".equals(server.getScheme()) || "https".equals(server.getScheme())) || server.getHost() == null) {
            throw new ParameterException(
                    spec.commandLine(), "--server must look like http://localhost:8080, not " + server + ".");
        }
        return server;
    }
}
