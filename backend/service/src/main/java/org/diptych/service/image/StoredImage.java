package org.diptych.service.image;

/**
 * A picture as it is stored: upright, without metadata.
 *
 * @param sha256 digest of the stored bytes, lower-case hexadecimal: the picture's identity
 * @param mediaType of the stored bytes
 * @param width pixels
 * @param height pixels
 * @param bytes length of the stored bytes
 * @param remadeBy version of the {@link ImagePipeline} that changed its pixels after it had come in; 0 for none
 */
public record StoredImage(String sha256, String mediaType, int width, int height, long bytes, int remadeBy) {
    /** A picture whose pixels are what they were when it came in. */
    public StoredImage(String sha256, String mediaType, int width, int height, long bytes) {
        this(sha256, mediaType, width, height, bytes, 0);
    }

    int longestSide() {
        return Math.max(width, height);
    }
}
