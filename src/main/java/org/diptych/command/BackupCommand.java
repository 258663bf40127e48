package org.diptych.command;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.diptych.service.backup.Backup;
import org.diptych.service.backup.BackupContents;
import org.diptych.service.backup.BackupProblem;
import org.diptych.service.backup.Pictures;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code diptych backup}: everything that an installation keeps, as one file, while people label. */
@Command(
        name = "backup",
        description = {
            "Writes everything that an installation keeps into one checked file: the database at one moment, pictures and"
                    + " models. The server may run meanwhile, and people may label.",
            "The exit status is 1, and the file is kept, when pictures or models are missing in the installation itself."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
@SuppressWarnings("NullAway.Init")
public final class BackupCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private DataOptions data;

    @Option(
            names = "--pictures",
            paramLabel = "included|referenced",
            description = {
                "Whether the file holds pictures and models, or names them with their digests alone because they are kept by"
                        + " other means. Default: included."
            })
    private Pictures pictures = Pictures.INCLUDED;

    @Parameters(paramLabel = "FILE", description = "Where to write. Nothing may be there.")
    private Path file;

    @Override
    public Integer call() throws IOException, SQLException {
        try (Installation installation = Installation.open(data.dataDirectory(), data.databaseUrl(spec));
                Connection connection = installation.database().asOwner().getConnection()) {
            Backup backup = new Backup(
                    installation.objects(), pictures, ProductVersion.current(), step -> Output.say(spec, step));
            Backup.Written written = backup.write(connection, file);
            Output.result(spec, report(written));
            return complete(written.contents()) ? 0 : 1;
        } catch (BackupProblem problem) {
            throw CommandFailure.badInput(problem.getMessage());
        } catch (SQLException failure) {
            throw CommandFailure.failed("The database could not be read to its end: " + failure.getMessage()
                    + ". Nothing was written to " + file + ".");
        }
    }

    private boolean complete(BackupContents contents) {
        if (!contents.missing().isEmpty()) {
            Output.say(
                    spec,
                    "The backup is written, but the installation itself has no longer all that its rows speak of: "
                            + contents.missing().size() + " pictures or models are missing or damaged, first "
                            + contents.missing().getFirst() + ". Put them back from an earlier backup.");
        }
        return contents.missing().isEmpty();
    }

    static Map<String, Object> report(Backup.Written written) {
        Map<String, Long> rows = new LinkedHashMap<>();
        written.contents().tables().forEach((table, content) -> rows.put(table, content.rows()));
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("file", written.file().toString());
        report.put("bytes", written.bytes());
        report.put("sha256", written.sha256());
        report.put("takenAt", written.header().takenAt());
        report.put("product", written.header().product());
        report.put("schema", written.header().schema());
        report.put("labels", written.labels());
        report.put("tables", rows);
        report.put("pictures", pictures(written.header().pictures(), written.contents()));
        return report;
    }

    static Map<String, Object> pictures(Pictures how, BackupContents contents) {
        return Map.of(
                "included", how == Pictures.INCLUDED,
                "objects", contents.objects().count(),
                "bytes", contents.objects().bytes(),
                "missing", contents.missing());
    }
}
