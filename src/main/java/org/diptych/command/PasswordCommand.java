package org.diptych.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.diptych.service.account.PasswordRecovery;
import org.diptych.service.problem.Problem;
import org.diptych.service.request.OneLine;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.CannotCreateTransactionException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * {@code diptych password}: a new password for an account, from whoever may open the installation's data, or on a server from
 * whoever knows the present one.
 */
@Command(
        name = "password",
        description = {
            "Gives an account a new password: the way back when nobody can sign in. It works on the data itself, whether the"
                    + " server runs or not, signs the account out everywhere and revokes its tokens.",
            "Without --password-file a random password is made and printed.",
            "With --server, somebody who knows the present password chooses another on a running server."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
@SuppressWarnings("NullAway.Init")
public final class PasswordCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--user",
            required = true,
            paramLabel = "NAME",
            description = "The user's name; the first administrator is admin.")
    private String user;

    @Option(
            names = "--password-file",
            paramLabel = "FILE",
            description = {
                "A file whose first line is the new password, 10 to 200 characters.",
                "With --server: the present password."
            })
    private @Nullable Path passwordFile;

    @Option(
            names = "--new-password-file",
            paramLabel = "FILE",
            description = "With --server: a file whose first line is the new password.")
    private @Nullable Path newPasswordFile;

    @Option(
            names = "--server",
            paramLabel = "URL",
            description = "The server on which to choose an own password. Without it the data itself is opened.")
    private @Nullable String server;

    @Mixin
    private DataOptions data;

    @Override
    public Integer call() throws IOException {
        if (server != null || newPasswordFile != null) {
            return chooseOwn();
        }
        @Nullable String chosen = passwordFile == null ? null : PasswordFile.read(passwordFile);
        try (Installation installation = Installation.open(data.dataDirectory(), data.databaseUrl(spec))) {
            PasswordRecovery.Recovered recovered =
                    PasswordRecovery.reset(installation.database().asOwner(), user, chosen);
            Map<String, Object> result = new LinkedHashMap<>();
            result.put("user", recovered.account());
            if (chosen == null) {
                result.put("password", recovered.password());
            }
            Output.result(spec, result);
            if (recovered.disabled()) {
                Output.say(
                        spec,
                        "The account is disabled: an administrator enables it on the page Accounts before it can be used.");
            }
            return 0;
        } catch (Problem problem) {
            throw CommandFailure.badInput(problem.detail());
        } catch (DataAccessException | CannotCreateTransactionException failure) {
            throw CommandFailure.failed("The password could not be written, and nothing was changed: "
                    + failure.getMostSpecificCause().getMessage()
                    + ". Was this release started on the data once, so that the tables are up to date?");
        }
    }

    private int chooseOwn() {
        if (server == null || passwordFile == null || newPasswordFile == null) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--server, --password-file (the present password) and --new-password-file go together.");
        }
        String name = OneLine.trimmed(user);
        ServerClient.withPassword(ServerOption.address(spec, server), name, PasswordFile.read(passwordFile))
                .post("/api/v1/password", Map.of("password", PasswordFile.read(newPasswordFile)));
        Output.result(spec, Map.of("user", name));
        return 0;
    }
}
