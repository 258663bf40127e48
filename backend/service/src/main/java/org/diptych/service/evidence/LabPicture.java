package org.diptych.service.evidence;

import java.awt.AlphaComposite;
import java.awt.image.BufferedImage;
import java.util.function.DoubleUnaryOperator;
import org.diptych.service.image.SrgbPixels;
import org.diptych.service.image.TriangleFilter;

/**
 * A picture as smoothed CIELAB planes (D65) in row order. Transparent pixels are seen on white, as the labelling screen's
 * neighbours see them, and their opacity is kept beside the colour.
 *
 * @param width in pixels
 * @param height in pixels
 * @param lightness L*, 0..100
 * @param greenRed a*
 * @param blueYellow b*
 * @param opacity 0..1
 */
record LabPicture(int width, int height, float[] lightness, float[] greenRed, float[] blueYellow, float[] opacity) {
    private static final int LEVELS = 1 << 14;
    private static final float WHITE = 255;

    /** sRGB, 0..1 in {@link #LEVELS} steps, to linear light. */
    private static final float[] LINEAR =
            table(value -> value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4));

    /** CIELAB's compression of a tristimulus value relative to white. */
    private static final float[] COMPRESSED =
            table(value -> value > 216.0 / 24389 ? Math.cbrt(value) : (24389.0 / 27 * value + 16) / 116);

    /** Standard deviation of the smoothing, in pixels: coding noise and resampling average out, objects stay. */
    private static final double SMOOTHING = 1.5;

    /** Scales a picture to the given size with antialiasing, turns it into CIELAB and smooths it. */
    static LabPicture of(BufferedImage image, int width, int height) {
        float[][] planes = scaled(image, width, height);
        int pixels = width * height;
        float[] lightness = new float[pixels];
        float[] greenRed = new float[pixels];
        float[] blueYellow = new float[pixels];
        for (int i = 0; i < pixels; i++) {
            float r = look(LINEAR, planes[0][i] / WHITE);
            float g = look(LINEAR, planes[1][i] / WHITE);
            float b = look(LINEAR, planes[2][i] / WHITE);
            float x = look(COMPRESSED, (0.4124564f * r + 0.3575761f * g + 0.1804375f * b) / 0.95047f);
            float y = look(COMPRESSED, 0.2126729f * r + 0.7151522f * g + 0.0721750f * b);
            float z = look(COMPRESSED, (0.0193339f * r + 0.1191920f * g + 0.9503041f * b) / 1.08883f);
            lightness[i] = 116 * y - 16;
            greenRed[i] = 500 * (x - y);
            blueYellow[i] = 200 * (y - z);
        }
        var smoothing = new Smoothing(SMOOTHING);
        return new LabPicture(
                width,
                height,
                smoothing.apply(lightness, width, height),
                smoothing.apply(greenRed, width, height),
                smoothing.apply(blueYellow, width, height),
                planes[3]);
    }

    /** A rectangle of the picture. */
    LabPicture part(ContentBox box) {
        return box.width() == width && box.height() == height
                ? this
                : new LabPicture(
                        box.width(),
                        box.height(),
                        part(lightness, box),
                        part(greenRed, box),
                        part(blueYellow, box),
                        part(opacity, box));
    }

    private float[] part(float[] plane, ContentBox box) {
        float[] part = new float[box.width() * box.height()];
        for (int y = 0; y < box.height(); y++) {
            System.arraycopy(plane, (box.y() + y) * width + box.x(), part, y * box.width(), box.width());
        }
        return part;
    }

    /** Red, green, blue on white (0..255) and opacity (0..1); rows are narrowed one by one, so that memory stays small. */
    private static float[][] scaled(BufferedImage image, int width, int height) {
        int rows = image.getHeight();
        int columns = image.getWidth();
        var plain = plain(image);
        var across = TriangleFilter.of(columns, width);
        float[][] narrow = new float[4][rows * width];
        float[][] line = new float[4][columns];
        int[] packed = new int[columns];
        for (int y = 0; y < rows; y++) {
            plain.getRaster().getDataElements(0, y, columns, 1, packed);
            for (int x = 0; x < columns; x++) {
                int pixel = packed[x];
                float alpha = (pixel >>> 24) / WHITE;
                float background = WHITE * (1 - alpha);
                line[0][x] = alpha * (pixel >> 16 & 0xff) + background;
                line[1][x] = alpha * (pixel >> 8 & 0xff) + background;
                line[2][x] = alpha * (pixel & 0xff) + background;
                line[3][x] = alpha;
            }
            for (int plane = 0; plane < 4; plane++) {
                System.arraycopy(across.horizontal(line[plane], 1), 0, narrow[plane], y * width, width);
            }
        }
        var down = TriangleFilter.of(rows, height);
        for (int plane = 0; plane < 4; plane++) {
            narrow[plane] = down.vertical(narrow[plane], width);
        }
        return narrow;
    }

    /** The picture in sRGB with eight bits a channel, packed. */
    private static BufferedImage plain(BufferedImage picture) {
        var image = SrgbPixels.of(picture);
        if (image.getType() == BufferedImage.TYPE_INT_ARGB) {
            return image;
        }
        var plain = new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_ARGB);
        var graphics = plain.createGraphics();
        graphics.setComposite(AlphaComposite.Src);
        graphics.drawImage(image, 0, 0, null);
        graphics.dispose();
        return plain;
    }

    private static float look(float[] table, float value) {
        return table[Math.clamp(Math.round(value * (LEVELS - 1)), 0, LEVELS - 1)];
    }

    private static float[] table(DoubleUnaryOperator function) {
        float[] table = new float[LEVELS];
        for (int i = 0; i < LEVELS; i++) {
            table[i] = (float) function.applyAsDouble((double) i / (LEVELS - 1));
        }
        return table;
    }
}
