package org.diptych.command;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.diptych.embedded.Database;
import org.diptych.service.backup.BackupContents;
import org.diptych.service.backup.BackupProblem;
import org.diptych.service.backup.DamagedBackupException;
import org.diptych.service.backup.Restore;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code diptych restore}: an empty installation filled from a backup. */
@Command(
        name = "restore",
        description = {
            "Fills an empty installation from a backup, also one of an earlier version. The whole file is checked before"
                    + " anything is written, and what was written is compared with it.",
            "The data folder must be empty or new; so must the database with --database-url. With a backup that only names"
                    + " its pictures, the folder objects of the original must be in the data folder already."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
@SuppressWarnings("NullAway.Init")
public final class RestoreCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private DataOptions data;

    @Parameters(paramLabel = "FILE", description = "The backup.")
    private Path file;

    @Override
    public Integer call() throws IOException {
        try {
            Restore restore = Restore.of(file, step -> Output.say(spec, step));
            @Nullable String url = data.databaseUrl(spec);
            try (RestoreTarget target = RestoreTarget.prepare(data.dataDirectory(), url, restore.header())) {
                restore.into(target.database().asOwner(), target.objects(), target.staging());
                target.keep();
                Output.result(spec, report(restore, target.database()));
            }
            Output.say(
                    spec,
                    "Restored into " + (url == null ? data.dataDirectory() : Database.shown(url))
                            + ". Start the server on it.");
            return 0;
        } catch (DamagedBackupException damaged) {
            throw CommandFailure.badInput(
                    file + " is " + damaged.getMessage() + ". Nothing was restored; use another backup.");
        } catch (BackupProblem problem) {
            throw CommandFailure.badInput(problem.getMessage());
        } catch (SQLException | FlywayException failure) {
            throw CommandFailure.failed(
                    "The database did not take the backup: " + failure.getMessage() + ". The target is empty again.");
        }
    }

    private Map<String, Object> report(Restore restore, Database database) {
        BackupContents contents = restore.contents();
        Map<String, Long> rows = new LinkedHashMap<>();
        contents.tables().forEach((table, content) -> rows.put(table, content.rows()));
        rows.keySet().removeAll(restore.foreign());
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("file", file.toString());
        report.put("takenAt", restore.header().takenAt());
        report.put("product", restore.header().product());
        report.put("schema", restore.header().schema());
        report.put("dataDir", data.dataDirectory().toString());
        report.put("database", Database.shown(database.url()));
        report.put("labels", rows.getOrDefault("label", 0L));
        report.put("tables", rows);
        report.put("pictures", BackupCommand.pictures(restore.header().pictures(), contents));
        return report;
    }
}
