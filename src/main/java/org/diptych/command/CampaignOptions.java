package org.diptych.command;

import java.net.URI;
import org.diptych.service.request.OneLine;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options of every command that speaks to a server about one of its campaigns. */
@SuppressWarnings("NullAway.Init")
final class CampaignOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Mixin
    private ServerOption server;

    @Option(
            names = "--token",
            paramLabel = "TOKEN",
            description = "API token (made by diptych token). Default: the environment variable DIPTYCH_TOKEN.")
    private @Nullable String token;

    @Option(names = "--campaign", required = true, paramLabel = "NAME", description = "The campaign.")
    private String campaign;

    /** The campaign's name as the server keeps it. */
    String campaign() {
        return OneLine.trimmed(campaign);
    }

    /** A client for the server, with the token of the call or of the environment. */
    ServerClient client() {
        return client(spec, server.address(spec), token);
    }

    /** The same for a command that speaks about no campaign. */
    static ServerClient client(CommandSpec spec, URI server, @Nullable String token) {
        String secret = token == null ? System.getenv("DIPTYCH_TOKEN") : token;
        String stripped = secret == null ? "" : Blanks.strip(secret);
        if (stripped.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "Give the API token with --token or in DIPTYCH_TOKEN (diptych token makes one).");
        }
        return ServerClient.withToken(server, requireToken(spec, stripped));
    }

    /** A secret is never printed, not even a wrong one: only the place of what is wrong with it. */
    private static String requireToken(CommandSpec spec, String secret) {
        for (int place = 0; place < secret.length(); place++) {
            char character = secret.charAt(place);
            if (character <= ' ' || character > '~' || character == '"' || character == '\'') {
                throw new ParameterException(
                        spec.commandLine(),
                        "The API token holds a character that no token has: U+%04X at place %d of %d. Was more copied than the token, or is it JSON? (diptych token --plain prints the token alone.)"
                                .formatted((int) character, place + 1, secret.length()));
            }
        }
        return secret;
    }
}
