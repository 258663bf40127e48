package org.diptych.service.image;

import org.jspecify.annotations.Nullable;

/**
 * A picture file reduced to what a decoder needs to show it: pixels, palette and colour profile. Every other part
 * (EXIF, XMP, IPTC, comments, embedded thumbnails, bytes after the end) is left behind; the pixels' coding is untouched.
 * What a PNG file says by approximations (gAMA, cHRM) is left behind, too: browsers differ over it.
 *
 * @param bytes the reduced file
 * @param exif the EXIF block (a TIFF structure) that was left behind, if there was one: the orientation is in it
 * @param colours what the file says, or said, that its numbers mean
 */
record BareImage(byte[] bytes, byte @Nullable [] exif, StatedColours colours) {
    static BareImage of(ImageFormat format, byte[] file) throws InvalidImageException {
        return switch (format) {
            case JPEG -> new JpegReduction(file, true).reduce();
            case PNG -> new PngReduction(file, true).reduce();
            case WEBP -> new WebpReduction(file, true).reduce();
        };
    }

    /** The file for a decoder that shall give the numbers as they are, whatever it would make of a profile. */
    byte[] unprofiled(ImageFormat format) throws InvalidImageException {
        return switch (format) {
            case JPEG -> new JpegReduction(bytes, false).reduce().bytes();
            case PNG -> new PngReduction(bytes, false).reduce().bytes();
            case WEBP -> new WebpReduction(bytes, false).reduce().bytes();
        };
    }

    static InvalidImageException truncated() {
        return new InvalidImageException("the file is truncated: it ends before the picture does");
    }

    static InvalidImageException animated() {
        return new InvalidImageException("it is an animation; give a still picture");
    }
}
