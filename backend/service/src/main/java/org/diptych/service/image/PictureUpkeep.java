package org.diptych.service.image;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Looks again at pictures that came in by an earlier {@link ImagePipeline}: their stored form stays, their pixels are measured,
 * and where these differ their variants are made anew. One picture is in memory at a time, and between pictures the work rests
 * longer than it takes, so that whoever annotates beside it does not notice.
 */
@Service
public class PictureUpkeep {
    private static final Logger log = LoggerFactory.getLogger(PictureUpkeep.class);
    private static final int AT_A_TIME = 16;
    private static final int MOST_ATTEMPTS = 3;
    /** Rests so many times as long as a picture took. */
    private static final int REST = 3;

    private final JdbcClient jdbc;
    private final ObjectStore store;
    private final TransactionTemplate transactions;
    private final ApplicationEventPublisher events;

    PictureUpkeep(
            JdbcClient jdbc, ObjectStore store, TransactionTemplate transactions, ApplicationEventPublisher events) {
        this.jdbc = jdbc;
        this.store = store;
        this.transactions = transactions;
        this.events = events;
    }

    /**
     * Looks at a few pictures of earlier versions, if there are any.
     *
     * @param stopping asked between pictures
     * @return how many were looked at
     */
    public int measureEarlier(BooleanSupplier stopping) {
        int looked = 0;
        for (var next : earlier()) {
            if (stopping.getAsBoolean() || Thread.currentThread().isInterrupted()) {
                return looked;
            }
            long begun = System.nanoTime();
            measure(next);
            looked++;
            rest(Duration.ofNanos(REST * (System.nanoTime() - begun)));
        }
        return looked;
    }

    private List<Earlier> earlier() {
        return jdbc.sql("""
                        SELECT sha256, media_type, width, height, bytes, remade_by, pixels_sha256 FROM image
                        WHERE measured_by < ? AND measure_after <= now() ORDER BY measured_by, sha256 LIMIT ?""")
                .params(ImagePipeline.VERSION, AT_A_TIME)
                .query((row, number) -> new Earlier(ImageCatalogue.image(row, number), row.getString("pixels_sha256")))
                .list();
    }

    private void measure(Earlier picture) {
        var sha256 = picture.image().sha256();
        // counted before, so that a picture that brings the process down is not met for ever
        int attempt = jdbc.sql("""
                        UPDATE image SET measure_attempts = measure_attempts + 1,
                            measure_after = now() + (measure_attempts + 1) * interval '1 minute'
                        WHERE sha256 = ? RETURNING measure_attempts""").param(sha256).query(Integer.class).single();
        try {
            if (attempt > MOST_ATTEMPTS) {
                throw new IOException("the process did not survive it");
            }
            var key = ObjectStore.keyOf(sha256);
            var decoded = ImageDecoder.decodeStoredFile(ImageLibrary.content(sha256, store.find(key)));
            var pixels = PixelDigest.of(decoded.pixels());
            boolean changed = picture.pixels() == null
                    ? !decoded.asFiled()
                    : !picture.pixels().equals(pixels);
            if (changed) {
                for (var variant :
                        ImageIntake.variants(decoded.pixels(), picture.image()).entrySet()) {
                    store.put(variant.getKey().reducedKey(key, ImagePipeline.VERSION), variant.getValue());
                }
            }
            record(sha256, pixels, changed);
        } catch (IOException | RuntimeException e) {
            // decoders meet damaged files with exceptions of many kinds
            log.warn("picture {} cannot be looked at again (attempt {}): {}", sha256, attempt, e.toString());
            if (attempt >= MOST_ATTEMPTS) {
                giveUp(sha256);
            }
        }
    }

    private void record(String sha256, String pixels, boolean changed) {
        transactions.executeWithoutResult(_ -> {
            jdbc.sql("""
                            UPDATE image SET measured_by = :version, pixels_sha256 = :pixels, measure_attempts = 0,
                                remade_by = CASE WHEN :changed THEN :version ELSE remade_by END
                            WHERE sha256 = :sha256""")
                    .param("version", ImagePipeline.VERSION)
                    .param("pixels", pixels)
                    .param("changed", changed)
                    .param("sha256", sha256)
                    .update();
            events.publishEvent(new PictureMeasured(sha256, changed));
        });
    }

    private void giveUp(String sha256) {
        jdbc.sql("UPDATE image SET measured_by = ?, measure_attempts = 0 WHERE sha256 = ?")
                .params(ImagePipeline.VERSION, sha256)
                .update();
    }

    private static void rest(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            // the scheduler goes down and asks to stop
            Thread.currentThread().interrupt();
        }
    }

    /** A picture, and the digest of the pixels that it was taken for, if that is known. */
    private record Earlier(StoredImage image, @Nullable String pixels) {}
}
