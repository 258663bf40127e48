package org.diptych.image;

/**
 * A picture that may be taken in.
 *
 * @param image as it is, or will be, stored
 * @param uploadSha256 digest of the bytes that came in, before they were reduced
 */
public record PreparedImage(StoredImage image, String uploadSha256) {}
