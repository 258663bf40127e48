package org.diptych.command;

import java.io.Console;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.diptych.service.request.OneLine;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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

    @Mixin
    private ServerOption server;

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

    @Option(names = "--days", paramLabel = "N", description = "How long it works, at most 366. Default: 90.")
    private @Nullable Integer days;

    @Option(names = "--plain", description = "Print the token alone, for scripts: TOKEN=$$(diptych token --plain …).")
    private boolean plain;

    @Override
    public Integer call() {
        ServerClient client = ServerClient.withPassword(server.address(spec), userName(), password());
        Map<String, Object> wanted = days == null ? Map.of("title", title) : Map.of("title", title, "days", days);
        JsonNode created = client.post("/api/v1/tokens", wanted);
        if (plain) {
            Output.line(spec, created.path("token").asString());
        } else {
            Output.result(spec, created);
        }
        return 0;
    }

    private String userName() {
        String name = OneLine.trimmed(user);
        if (name.isEmpty() || name.contains(":")) {
            throw new ParameterException(spec.commandLine(), "--user must be a user name; it is empty or has a colon.");
        }
        return name;
    }

    private String password() {
        if (passwordFile != null) {
            return PasswordFile.read(passwordFile);
        }
        String environment = System.getenv("DIPTYCH_PASSWORD");
        if (environment != null) {
            if (environment.indexOf(CommandArguments.UNREADABLE) >= 0) {
                throw new ParameterException(
                        spec.commandLine(),
                        "DIPTYCH_PASSWORD cannot be read in this terminal's character set; set LC_ALL=C.UTF-8, or give"
                                + " --password-file.");
            }
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
}
