package org.diptych.service.image;

import java.awt.image.BufferedImage;
import java.io.IOException;

/** A picture as an import takes it in. */
public final class TakenIn {
    private TakenIn() {}

    /** The file that is stored and served for an uploaded one. */
    public static byte[] served(byte[] file) throws InvalidImageException, InterruptedException {
        var format = ImageFormat.ofContent(file).orElseThrow();
        var bare = BareImage.of(format, file);
        var decoder = new ImageDecoder(new ImageLimits(50_000_000, 4_000_000));
        return decoder.decodeFile(format, bare, decoded -> ImageIntake.encode(format, bare, decoded))
                .files()
                .getOrDefault("", new byte[0]);
    }

    /** The pixels that evidence and encoders get of a stored file. */
    public static BufferedImage measured(byte[] stored) throws IOException {
        return ImageDecoder.decodeStored(stored);
    }
}
