package org.diptych.service.image;

/**
 * A picture as it is stored: upright, without metadata.
 *
 * @param sha256 digest of the stored bytes, lower-case hexadecimal: the picture's identity
 * @param mediaType of the stored bytes
 * @param width pixels
 * @param height pixels
 * @param bytes length of the stored bytes
 */
public record StoredImage(String sha256, String mediaType, int width, int height, long bytes) {
    int longestSide() {
        return Math.max(width, height);
    }
}
