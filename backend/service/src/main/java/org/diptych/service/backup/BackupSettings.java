package org.diptych.service.backup;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When the server makes backups by itself.
 *
 * @param folder where to, a folder that all workers share; none: no backups are made
 * @param every time from one to the next
 * @param keep how many stay; the oldest go once a new one is there
 * @param pictures whether they hold pictures and models
 */
@ConfigurationProperties("diptych.backup")
record BackupSettings(
        @Nullable Path folder,
        @DefaultValue("24h") Duration every,
        @DefaultValue("7") int keep,
        @DefaultValue("included") Pictures pictures) {
    BackupSettings {
        if (folder != null && folder.toString().isBlank()) {
            folder = null;
        }
        if (every.compareTo(Duration.ofMinutes(1)) < 0) {
            throw new IllegalArgumentException("diptych.backup.every must be at least one minute, for example 24h");
        }
        if (keep < 1) {
            throw new IllegalArgumentException("diptych.backup.keep must be at least 1");
        }
    }
}
