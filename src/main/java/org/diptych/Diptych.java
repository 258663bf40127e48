package org.diptych;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.diptych.command.AgreementCommand;
import org.diptych.command.BackupCommand;
import org.diptych.command.CommandArguments;
import org.diptych.command.CommandFailure;
import org.diptych.command.CurateCommand;
import org.diptych.command.EvaluateCommand;
import org.diptych.command.ExportCommand;
import org.diptych.command.FileFault;
import org.diptych.command.ImportCommand;
import org.diptych.command.ObjectsCommand;
import org.diptych.command.PasswordCommand;
import org.diptych.command.RankingCommand;
import org.diptych.command.ReplayCommand;
import org.diptych.command.RestoreCommand;
import org.diptych.command.ScoreCommand;
import org.diptych.command.SimulateCommand;
import org.diptych.command.TokenCommand;
import org.diptych.command.TrainCommand;
import org.diptych.command.VerifyCommand;
import org.diptych.embedded.StartFailure;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Entry point of the product: the server and its command line in one executable. */
@Command(
        name = "diptych",
        description = "Human preference annotation for instruction-guided image editing.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "[serve | COMMAND]",
        footer = {"", "Without a command the server starts. Exit status: 0 done, 1 failed, 2 bad usage or bad input."},
        subcommands = {
            ServeCommand.class,
            TokenCommand.class,
            ImportCommand.class,
            SimulateCommand.class,
            TrainCommand.class,
            ScoreCommand.class,
            EvaluateCommand.class,
            CurateCommand.class,
            ExportCommand.class,
            AgreementCommand.class,
            RankingCommand.class,
            ReplayCommand.class,
            BackupCommand.class,
            RestoreCommand.class,
            VerifyCommand.class,
            ObjectsCommand.class,
            RehearseCommand.class,
            PasswordCommand.class
        })
public final class Diptych {
    private static final Pattern TOKEN = Pattern.compile("dip_[^\\s'\"]+");

    /** Runs one command and ends the process with its exit status. */
    public static void main(String[] arguments) {
        System.exit(commandLine().execute(withDefaultCommand(CommandArguments.asTyped(arguments))));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Diptych())
                // whatever the machine's locale: JSON is UTF-8, and names in messages are as they were given
                .setOut(new PrintWriter(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8))
                .registerConverter(Path.class, Diptych::path)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler((exception, arguments) -> {
                    CommandLine command = exception.getCommandLine();
                    command.getErr().println(masked(message(exception)));
                    command.getErr().println("See " + command.getCommandSpec().qualifiedName() + " --help.");
                    return CommandLine.ExitCode.USAGE;
                })
                .setExecutionExceptionHandler(Diptych::report);
    }

    /** {@code diptych} and {@code diptych --demo} mean {@code diptych serve} and {@code diptych serve --demo}. */
    static String[] withDefaultCommand(String... arguments) {
        boolean aboutTheProgram = arguments.length > 0
                && Stream.of("-h", "--help", "-V", "--version").anyMatch(arguments[0]::equals);
        boolean commandGiven = arguments.length > 0 && !arguments[0].startsWith("-");
        return aboutTheProgram || commandGiven
                ? arguments
                : Stream.concat(Stream.of("serve"), Stream.of(arguments)).toArray(String[]::new);
    }

    /** What was not understood may be the value of a misspelt option, a password perhaps: only names are shown. */
    private static String message(ParameterException exception) {
        if (!(exception instanceof UnmatchedArgumentException unmatched)) {
            return String.valueOf(exception.getMessage());
        }
        String first = unmatched.getUnmatched().getFirst();
        if (exception.getCommandLine().getParent() == null && !first.startsWith("-")) {
            return "There is no command " + first + ".";
        }
        List<String> names = unmatched.getUnmatched().stream()
                .filter(argument -> argument.startsWith("-"))
                .map(argument -> argument.replaceFirst("(?s)=.*", ""))
                .toList();
        return names.isEmpty()
                ? "More is given than the options and files that this command takes."
                : (names.size() == 1 ? "Unknown option: " : "Unknown options: ") + String.join(", ", names) + ".";
    }

    private static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException noPath) {
            throw new TypeConversionException("\"%s\" cannot be the name of a file%s"
                    .formatted(
                            text,
                            text.indexOf('\0') < 0
                                    ? " in this terminal's character set (%s); set LC_ALL=C.UTF-8 and try again"
                                            .formatted(System.getProperty("native.encoding"))
                                    : ""));
        }
    }

    /**
     * Anticipated failures speak for themselves; anything else is a defect and shows where it came from. What the message of
     * a defect holds nobody knows, a password or a token perhaps, so it is not shown.
     */
    private static int report(Exception exception, CommandLine command, ParseResult parsed) {
        PrintWriter err = command.getErr();
        switch (exception) {
            case CommandFailure failure -> {
                err.println(masked(failure.getMessage()));
                return failure.exitCode();
            }
            case StartFailure failure -> err.println(masked(String.valueOf(failure.getMessage())));
            case IOException failure -> err.println(unread(failure));
            case UncheckedIOException failure -> err.println(unread(Objects.requireNonNull(failure.getCause())));
            default -> {
                err.println("This is a defect in diptych; please report it with these lines:");
                for (Throwable cause = exception; cause != null; cause = cause.getCause()) {
                    err.println(cause.getClass().getName());
                    Stream.of(cause.getStackTrace()).forEach(frame -> err.println("    at " + frame));
                }
            }
        }
        return CommandLine.ExitCode.SOFTWARE;
    }

    /** An API token that came in the wrong place is not shown. */
    private static String masked(String message) {
        return TOKEN.matcher(message).replaceAll("dip_\u2026");
    }

    private static String unread(IOException failure) {
        return masked("Reading or writing failed: " + FileFault.of(failure) + ".");
    }
}
