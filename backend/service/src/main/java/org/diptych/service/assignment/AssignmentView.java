package org.diptych.service.assignment;

import java.time.Instant;
import java.util.UUID;
import org.diptych.service.problem.ServedAddress;
import org.jspecify.annotations.Nullable;

/**
 * What an annotator's browser gets to see of an assignment: pictures by digest and the instruction. Models, file names,
 * seeds, scores, stratum and other people's answers are not in it, on purpose.
 *
 * @param id assignment
 * @param token fencing token to submit with
 * @param expiresAt end of the lease
 * @param serverTime the server's clock at the answer, so that the browser can count down by its own
 * @param extra true when an answer will be kept beside the pair's labels, because it already has all of them
 * @param left the edit at the left (A)
 * @param right the edit at the right (B)
 * @param protocolSha256 the protocol to answer under
 */
public record AssignmentView(
        UUID id,
        long token,
        Instant expiresAt,
        Instant serverTime,
        boolean extra,
        String instruction,
        @Nullable String category,
        Picture source,
        Picture left,
        Picture right,
        String protocolSha256) {
    /**
     * A picture by its digest. Its addresses carry the prefix that the product is served under.
     *
     * @param sha256 digest of the stored original
     * @param width in pixels
     * @param height in pixels
     */
    public record Picture(String sha256, int width, int height, String original, String display, String thumbnail) {
        /** A picture that is served at its usual addresses. */
        public static Picture of(String sha256, int width, int height) {
            return of(sha256, width, height, 0);
        }

        /**
         * A picture whose pixels may have changed since it came in.
         *
         * @param remadeBy version that changed them, or 0: browsers keep what they have under an address for good
         */
        public static Picture of(String sha256, int width, int height, int remadeBy) {
            var base = ServedAddress.of("/images/" + sha256 + "/");
            var made = "?made=" + remadeBy;
            return new Picture(
                    sha256, width, height, base + "original", base + "display" + made, base + "thumbnail" + made);
        }
    }
}
