package org.diptych.command;

import java.io.Console;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** Exchanges a name and a password for an API token. */
@Command(
        name = "token",
        description = {
            "Prints a new API token for a user.",
            "The password comes from --password-file, else from DIPTYCH_PASSWORD, else it is asked for."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
@SuppressWarnings("NullAway.Init")
public final class TokenCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--server",
            required = true,
            paramLabel = "URL",
            description = "Address of the server, for example http://localhost:8080.")
    private URI server;

    @Option(names = "--user", required = true, paramLabel = "NAME", description = "The user's name.")
    private String user;

    @Option(names = "--password-file", paramLabel = "FILE", description = "A file whose first line is the password.")
    private @Nullable Path passwordFile;

    @Option(
            names = "--title",
            defaultValue = "command line",
            paramLabel = "TEXT",
            description = "What the token is for, as the account page shows it. Default: ${DEFAULT-VALUE}.")
    private String title;

    @Override
    public Integer call() {
        ServerClient client = ServerClient.withPassword(CampaignOptions.requireHttp(spec, server), user, password());
        JsonNode created = client.post("/api/v1/tokens", Map.of("title", title));
        Output.result(spec, created);
        return 0;
    }

    private String password() {
        if (passwordFile != null) {
            return firstLine(passwordFile);
        }
        String environment = System.getenv("DIPTYCH_PASSWORD");
        if (environment != null) {
            return environment;
        }
        Console console = System.console();
        char[] typed = console == null || !console.isTerminal() ? null : console.readPassword("Password of %s: ", user);
        if (typed == null) {
            throw new ParameterException(
                    spec.commandLine(), "No password: give --password-file, or set DIPTYCH_PASSWORD.");
        }
        return new String(typed);
    }

    private static String firstLine(Path file) {
        try (var lines = Files.lines(file)) {
            return lines.findFirst()
                    .filter(line -> !line.isEmpty())
                    .orElseThrow(() -> CommandFailure.badInput(file + ":1: the password file is empty."));
        } catch (IOException exception) {
            throw CommandFailure.badInput(file + ": the password file cannot be read.");
        }
    }
}
