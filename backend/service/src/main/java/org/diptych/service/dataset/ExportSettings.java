package org.diptych.service.dataset;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long exports are kept.
 *
 * @param keepFor after this time an export's file is deleted
 * @param keep so many files a campaign has at most; the oldest go
 * @param waiting so many exports of a campaign wait or are written at once
 */
@ConfigurationProperties("diptych.export")
record ExportSettings(
        @DefaultValue("30d") Duration keepFor,
        @DefaultValue("20") int keep,
        @DefaultValue("5") int waiting) {
    ExportSettings {
        if (keepFor.compareTo(Duration.ofMinutes(1)) < 0) {
            throw new IllegalArgumentException("diptych.export.keep-for must be at least one minute, for example 30d");
        }
        if (keep < 1) {
            throw new IllegalArgumentException("diptych.export.keep must be at least 1");
        }
        if (waiting < 1) {
            throw new IllegalArgumentException("diptych.export.waiting must be at least 1");
        }
    }
}
