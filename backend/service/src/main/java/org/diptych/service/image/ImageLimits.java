package org.diptych.service.image;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What a picture may cost.
 *
 * @param maximumBytes of the file
 * @param maximumPixels width times height, checked from the header before anything is decoded. At most this many pixels
 *     are decoded at a time, by however many threads; a progressive JPEG takes up to 6 bytes a pixel outside the heap
 */
@ConfigurationProperties("diptych.images")
public record ImageLimits(
        @DefaultValue("50000000") int maximumBytes,
        @DefaultValue("64000000") int maximumPixels) {
    /** A decoded pixel takes up to 4 bytes, and turning or scaling a picture needs it twice. */
    private static final int BYTES_PER_PIXEL = 8;

    public ImageLimits {
        // never more than half of the heap, or one large picture could bring the server down
        var affordable = Runtime.getRuntime().maxMemory() / 2 / BYTES_PER_PIXEL;
        maximumPixels = (int) Math.min(maximumPixels, affordable);
    }
}
