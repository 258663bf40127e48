package org.diptych.service.evidence;

import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.diptych.service.campaign.CampaignImport;
import org.diptych.service.image.ImageLibrary;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/**
 * Measures candidates that wait for it, one after the other: memory holds one source and one edit at a time, and no
 * transaction is open while pictures are decoded. A candidate whose pictures cannot be read, for whatever reason, is tried
 * again later and then left without a number; it never stops the others.
 */
@Service
public class EvidenceService {
    private static final Logger log = LoggerFactory.getLogger(EvidenceService.class);
    private static final int ROUND = 64;
    private static final int MOST_ATTEMPTS = 3;
    /** While this process imports, the work rests this many times as long as it takes. */
    private static final int IMPORTS_FIRST = 3;

    private final EvidenceRows rows;
    private final EvidenceMaps maps;
    private final ImageLibrary pictures;
    private final CampaignImport imports;

    EvidenceService(EvidenceRows rows, EvidenceMaps maps, ImageLibrary pictures, CampaignImport imports) {
        this.rows = rows;
        this.maps = maps;
        this.pictures = pictures;
        this.imports = imports;
    }

    /**
     * Measures all candidates that wait now.
     *
     * @param stopping asked between candidates
     * @return how many were looked at
     */
    public int measurePending(BooleanSupplier stopping) {
        int looked = 0;
        // candidates of one item follow each other, so their source is decoded once
        var source = new Source(null, null);
        UUID last = new UUID(0, 0);
        for (var round = rows.pending(last, ROUND); !round.isEmpty(); round = rows.pending(last, ROUND)) {
            for (var next : round) {
                if (stopping.getAsBoolean() || Thread.currentThread().isInterrupted()) {
                    return looked;
                }
                long begun = System.nanoTime();
                source = measure(next, source);
                if (imports.isUnderWay()) {
                    rest(Duration.ofNanos(IMPORTS_FIRST * (System.nanoTime() - begun)));
                }
                last = next.candidate();
                looked++;
            }
        }
        return looked;
    }

    private static void rest(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            // the scheduler goes down and asks to stop
            Thread.currentThread().interrupt();
        }
    }

    private Source measure(EvidenceRows.Waiting next, Source known) {
        // counted before, so that a picture that brings the process down is not met for ever
        int attempt = rows.attempt(next.candidate());
        if (attempt > MOST_ATTEMPTS) {
            rows.unreadable(next.candidate());
            return known;
        }
        try {
            var source = known.of(next.source(), pictures);
            var leak = EditLeak.of(source.picture(), pictures.readForScreen(next.image()));
            var measure = leak.measure();
            rows.measured(next.candidate(), leak, measure == null ? null : maps.store(measure.overlay()));
            return source;
        } catch (IOException | RuntimeException e) {
            // decoders meet damaged files with exceptions of many kinds
            log.warn(
                    "candidate {} cannot be compared with its source (attempt {}): {}",
                    next.candidate(),
                    attempt,
                    e.toString());
            if (attempt == MOST_ATTEMPTS) {
                rows.unreadable(next.candidate());
            }
            return known;
        }
    }

    /** The source that was compared with last. */
    private record Source(@Nullable String sha256, @Nullable LabPicture known) {
        Source of(String wanted, ImageLibrary pictures) throws IOException {
            return wanted.equals(sha256) ? this : new Source(wanted, EditLeak.frame(pictures.readForScreen(wanted)));
        }

        LabPicture picture() {
            return Objects.requireNonNull(known);
        }
    }
}
