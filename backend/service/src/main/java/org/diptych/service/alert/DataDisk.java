package org.diptych.service.alert;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** The disk under the data folder, where pictures, models and the database fill it. */
@Component
class DataDisk {
    private static final Logger log = LoggerFactory.getLogger(DataDisk.class);
    private static final double LEAST_FREE = 0.1;
    /** On a large disk a tenth is plenty. */
    private static final long PLENTY = 20L << 30;

    private static final double GIGABYTE = 1e9;

    private final Path folder;

    DataDisk(@Value("${diptych.data-dir:data}") Path folder) {
        this.folder = folder;
    }

    List<Finding> findings() {
        try {
            Files.createDirectories(folder);
            var disk = Files.getFileStore(folder);
            return findings(disk.getUsableSpace(), disk.getTotalSpace());
        } catch (IOException e) {
            log.warn("the free space of {} is unknown: {}", folder, e.toString());
            return List.of();
        }
    }

    static List<Finding> findings(long free, long total) {
        if (free >= Math.min(PLENTY, total * LEAST_FREE)) {
            return List.of();
        }
        return List.of(new Finding(
                AlertKind.DISK_FULL,
                "",
                Detectors.figures("freeGigabytes", tenths(free), "totalGigabytes", tenths(total))));
    }

    /** A figure that does not change with every file. */
    private static double tenths(long bytes) {
        return Math.round(bytes / GIGABYTE * 10) / 10.0;
    }
}
