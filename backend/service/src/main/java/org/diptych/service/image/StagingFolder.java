package org.diptych.service.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import org.springframework.util.FileSystemUtils;

/** Room for files that are not wanted for long, on the same disk as the data. */
@Component
public class StagingFolder {
    /** Nothing takes that long: what is older was left by a process that died. */
    private static final Duration LONGEST_USE = Duration.ofDays(2);

    private final Path folder;
    private final Path keptFolder;

    StagingFolder(@Value("${diptych.data-dir:data}") Path dataFolder, Clock clock) throws IOException {
        folder = Files.createDirectories(dataFolder.resolve("staging"));
        keptFolder = dataFolder.resolve("drafts");
        var limit = clock.instant().minus(LONGEST_USE);
        try (var leftovers = Files.newDirectoryStream(folder)) {
            for (var leftover : leftovers) {
                if (Files.getLastModifiedTime(leftover).toInstant().isBefore(limit)) {
                    FileSystemUtils.deleteRecursively(leftover);
                }
            }
        }
    }

    /** A path at which nothing is yet; who uses it deletes it. */
    public Path newPath() {
        return folder.resolve(UUID.randomUUID().toString());
    }

    /** Where a file lies that is wanted for days: a start of the server leaves it alone. */
    public Path kept(UUID name) throws IOException {
        return Files.createDirectories(keptFolder).resolve(name.toString());
    }

    /** Deletes kept files that were written before. */
    public void forgetKept(Instant before) throws IOException {
        try (var files = Files.newDirectoryStream(Files.createDirectories(keptFolder))) {
            for (var file : files) {
                if (Files.getLastModifiedTime(file).toInstant().isBefore(before)) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }
}
