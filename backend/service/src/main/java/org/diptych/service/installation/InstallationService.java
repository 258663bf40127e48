package org.diptych.service.installation;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.diptych.service.account.Role;
import org.diptych.service.account.SignedIn;
import org.diptych.service.installation.Installation.Storage;
import org.diptych.service.installation.Installation.Versions;
import org.diptych.service.problem.Problem;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Tells administrators how the installation stands. */
@Service
@Transactional(readOnly = true)
public class InstallationService {
    private static final Logger log = LoggerFactory.getLogger(InstallationService.class);

    private final InstallationReader reader;
    private final Path folder;
    private final String version;

    InstallationService(
            InstallationReader reader,
            @Value("${diptych.data-dir:data}") Path folder,
            @Value("${diptych.version:(development)}") String version) {
        this.reader = reader;
        this.folder = folder;
        this.version = version;
    }

    /**
     * How it stands now.
     *
     * @throws Problem {@code not_an_administrator}
     */
    public Installation read(SignedIn who) {
        if (who.role() != Role.ADMIN) {
            throw Problem.forbidden(
                    "not_an_administrator", "Only an administrator may see how the installation stands.");
        }
        return new Installation(versions(), storage(), reader.jobs(), reader.trainings());
    }

    private Versions versions() {
        return new Versions(
                version,
                Runtime.version().toString(),
                reader.database(),
                reader.schema(),
                Instant.ofEpochMilli(ManagementFactory.getRuntimeMXBean().getStartTime()));
    }

    private Storage storage() {
        var pictures = reader.pictures();
        var disk = disk();
        return new Storage(
                pictures[0],
                pictures[1],
                reader.databaseBytes(),
                reader.tables(),
                folder.toAbsolutePath().normalize().toString(),
                disk == null ? null : disk.free(),
                disk == null ? null : disk.total());
    }

    private record Disk(long free, long total) {}

    private @Nullable Disk disk() {
        try {
            FileStore store = Files.getFileStore(folder);
            return new Disk(store.getUsableSpace(), store.getTotalSpace());
        } catch (IOException e) {
            log.warn("the free space of {} is unknown: {}", folder, e.toString());
            return null;
        }
    }
}
