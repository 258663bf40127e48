package org.diptych.service.image;

/**
 * A picture that may be taken in.
 *
 * @param image as it is, or will be, stored
 * @param uploadSha256 digest of the bytes that came in, before they were reduced
 * @param pixelsSha256 digest of the pixels: equal for pictures that look the same
 */
public record PreparedImage(StoredImage image, String uploadSha256, String pixelsSha256) {}
