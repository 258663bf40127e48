package org.diptych.command;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import org.diptych.service.history.ObjectVerification;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code diptych objects}: the files of an installation. */
@Command(
        name = "objects",
        description = "Looks after the stored pictures and models of an installation.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "verify")
@SuppressWarnings("NullAway.Init")
public final class ObjectsCommand {
    @Spec
    private CommandSpec spec;

    /** {@code diptych objects verify}: whether each file is there and is what its name says. */
    @Command(
            name = "verify",
            description = {
                "Reads every stored picture, evidence map and model that the database speaks of, names what is missing or not"
                        + " what its digest says, and counts files that nothing refers to.",
                "The exit status is 1 when anything is missing or altered. diptych verify does the same and checks labels,"
                        + " protocols and counts besides."
            },
            mixinStandardHelpOptions = true,
            sortOptions = false)
    int verify(@Mixin DataOptions data) throws IOException, SQLException {
        CommandSpec command =
                Objects.requireNonNull(spec.subcommands().get("verify")).getCommandSpec();
        try (Installation installation = Installation.open(data.dataDirectory(), data.databaseUrl(command));
                Connection connection = installation.database().asOwner().getConnection()) {
            ObjectVerification.Report report = new ObjectVerification(
                            installation.objects(), step -> Output.say(command, step))
                    .verify(connection);
            Output.result(command, report);
            report.files().first().forEach(file -> Output.say(command, file + "."));
            if (report.intact()) {
                Output.say(command, "Every file is there and is what it was.");
            }
            return report.intact() ? 0 : 1;
        } catch (SQLException failure) {
            throw VerifyCommand.unreadable(failure);
        }
    }
}
