package org.diptych.service.image;

import java.awt.image.BufferedImage;
import java.util.Locale;
import java.util.Optional;

/** Decodes pictures that nobody has checked, where there is no store to keep them in: a program beside the server. */
public final class PictureReader {
    private final ImageLimits limits;
    private final ImageDecoder decoder;

    /** A reader with its own share of memory for decoding. */
    public PictureReader(ImageLimits limits) {
        this.limits = limits;
        this.decoder = new ImageDecoder(limits);
    }

    /** The extension that a file with this content should have, without its dot; empty when it is no picture that is read. */
    public static Optional<String> extension(byte[] file) {
        return ImageFormat.ofContent(file)
                .map(format ->
                        format == ImageFormat.JPEG ? "jpg" : format.name().toLowerCase(Locale.ROOT));
    }

    /**
     * The pixels of a picture, upright, in sRGB with eight bits a channel.
     *
     * @throws InvalidImageException when it is none, too large, damaged or truncated
     */
    public BufferedImage read(byte[] file) throws InvalidImageException, InterruptedException {
        if (file.length > limits.maximumBytes()) {
            throw new InvalidImageException(
                    "the file has " + file.length + " bytes; the limit is " + limits.maximumBytes() + " bytes");
        }
        var format = ImageFormat.ofContent(file)
                .orElseThrow(() -> new InvalidImageException("the content is not a JPEG, PNG or WebP picture"));
        return decoder.decode(format, BareImage.of(format, file), picture -> picture);
    }
}
