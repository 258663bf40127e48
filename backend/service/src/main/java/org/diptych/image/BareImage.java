package org.diptych.image;

import org.jspecify.annotations.Nullable;

/**
 * A picture file reduced to what a decoder needs to show it: pixels, palette and colour profile. Every other part
 * (EXIF, XMP, IPTC, comments, embedded thumbnails, bytes after the end) is left behind; the pixels' coding is untouched.
 *
 * @param bytes the reduced file
 * @param exif the EXIF block (a TIFF structure) that was left behind, if there was one: the orientation is in it
 */
record BareImage(byte[] bytes, byte @Nullable [] exif) {
    static BareImage of(ImageFormat format, byte[] file) throws InvalidImageException {
        return switch (format) {
            case JPEG -> new JpegReduction(file).reduce();
            case PNG -> new PngReduction(file).reduce();
            case WEBP -> new WebpReduction(file).reduce();
        };
    }

    static InvalidImageException truncated() {
        return new InvalidImageException("the file is truncated: it ends before the picture does");
    }

    static InvalidImageException animated() {
        return new InvalidImageException("it is an animation; give a still picture");
    }
}
