package org.diptych.service.image;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;

/**
 * The numbers of a decoded picture as its file has them. Java takes grey levels for linear light where it may convert them
 * and returns much lighter ones, so they are read channel by channel.
 */
final class SampleReader {
    private final BufferedImage picture;
    private final int channels;
    private final boolean transparent;

    private SampleReader(BufferedImage picture, int channels) {
        this.picture = picture;
        this.channels = channels;
        this.transparent = picture.getColorModel().hasAlpha();
    }

    static SampleReader of(BufferedImage picture) {
        var model = picture.getColorModel();
        if (!(model instanceof ComponentColorModel)
                || model.isAlphaPremultiplied()
                || model.getTransferType() > DataBuffer.TYPE_USHORT) {
            return new SampleReader(picture, 0);
        }
        boolean grey = model.getColorSpace().getType() == ColorSpace.TYPE_GRAY;
        boolean known = grey || model.getColorSpace().isCS_sRGB();
        return new SampleReader(picture, known ? model.getNumColorComponents() : 0);
    }

    /**
     * Some rows.
     *
     * @param most what the largest number of a channel becomes
     */
    Samples rows(int y, int rows, int most) {
        return channels == 0 ? converted(y, rows, most) : direct(y, rows, most);
    }

    private Samples direct(int y, int rows, int most) {
        int width = picture.getWidth();
        int pixels = rows * width;
        var raster = picture.getRaster();
        int[] colours = new int[3 * pixels];
        int[] alpha = new int[pixels];
        int[] band = new int[pixels];
        for (int channel = 0; channel < channels; channel++) {
            raster.getSamples(0, y, width, rows, channel, band);
            int limit = limit(channel);
            for (int i = 0; i < pixels; i++) {
                int value = scaled(band[i], limit, most);
                colours[3 * i + channel] = value;
                if (channels == 1) {
                    colours[3 * i + 1] = value;
                    colours[3 * i + 2] = value;
                }
            }
        }
        if (transparent) {
            raster.getSamples(0, y, width, rows, channels, band);
        }
        int limit = transparent ? limit(channels) : 1;
        for (int i = 0; i < pixels; i++) {
            alpha[i] = transparent ? scaled(band[i], limit, most) : most;
        }
        return new Samples(colours, alpha);
    }

    private Samples converted(int y, int rows, int most) {
        int width = picture.getWidth();
        int[] packed = picture.getRGB(0, y, width, rows, null, 0, width);
        int[] colours = new int[3 * packed.length];
        int[] alpha = new int[packed.length];
        for (int i = 0; i < packed.length; i++) {
            alpha[i] = scaled(packed[i] >>> 24, 255, most);
            for (int channel = 0; channel < 3; channel++) {
                colours[3 * i + channel] = scaled(packed[i] >> (16 - 8 * channel) & 0xff, 255, most);
            }
        }
        return new Samples(colours, alpha);
    }

    private int limit(int channel) {
        return (1 << picture.getSampleModel().getSampleSize(channel)) - 1;
    }

    private static int scaled(int value, int from, int to) {
        return from == to ? value : (int) (((long) value * to + from / 2) / from);
    }

    /** Red, green and blue in turn, and the opacity of each pixel. */
    record Samples(int[] colours, int[] alpha) {}
}
