package org.diptych.service.dataset;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An export that a worker makes and that is kept for a while.
 *
 * @param id which
 * @param number what people call it
 * @param wish what was asked for
 * @param state what has become of it
 * @param requestedBy the name of the account that asked
 * @param createdAt when somebody asked
 * @param startedAt when a worker began, or null
 * @param finishedAt when it ended, however it did, or null
 * @param expiresAt until when its file is kept; null while there is none
 * @param rowsRead rows of the database that were read so far
 * @param rowsExpected about how many there are to read, or null where nobody knows
 * @param rows lines, records or rows of the first table, or null
 * @param leftOut labelled tasks that the format has none for, or null
 * @param fileName the name of the file
 * @param bytes its length, or null
 * @param sha256 its digest, or null
 * @param failureCode what went wrong, as the code of a problem, or null
 * @param failure the same in words and what can be done, or null
 * @param cancelRequested whether somebody has asked it to stop
 */
public record DatasetExport(
        UUID id,
        long number,
        ExportWish wish,
        State state,
        String requestedBy,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        @Nullable Instant expiresAt,
        long rowsRead,
        @Nullable Long rowsExpected,
        @Nullable Long rows,
        @Nullable Long leftOut,
        String fileName,
        @Nullable Long bytes,
        @Nullable String sha256,
        @Nullable String failureCode,
        @Nullable String failure,
        boolean cancelRequested) {
    /** What has become of an export. */
    public enum State {
        /** It waits for a worker. */
        QUEUED,
        /** A worker writes it. */
        RUNNING,
        /** Its file can be downloaded. */
        FINISHED,
        /** It could not be made; {@code failure} says why. */
        FAILED,
        /** Somebody stopped it. */
        CANCELLED,
        /** Its file was deleted because its time was over or newer ones took its place. */
        EXPIRED;

        /** Whether nothing becomes of it any more by itself. */
        public boolean ended() {
            return this != QUEUED && this != RUNNING;
        }
    }

    /** How much of it is done, from 0 to 1; null where nobody knows. */
    @JsonProperty
    public @Nullable Double progress() {
        if (state == State.FINISHED) {
            return 1.0;
        }
        return rowsExpected == null || rowsExpected == 0 ? null : Math.min(0.99, (double) rowsRead / rowsExpected);
    }
}
