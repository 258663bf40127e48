package org.diptych.curation;

import java.awt.image.BufferedImage;

/** A picture at 64 x 64 pixels, each the mean of what it covers, as brightness and two differences of colour (BT.601). */
public final class Miniature {
    static final int SIDE = 64;

    /** Brightness, 0 to 255, row by row. */
    final float[] brightness = new float[SIDE * SIDE];
    /** Blue against brightness, -128 to 127. */
    final float[] blue = new float[SIDE * SIDE];
    /** Red against brightness, -128 to 127. */
    final float[] red = new float[SIDE * SIDE];

    private Miniature() {}

    /** The miniature of a picture of any size; what is transparent is white. */
    public static Miniature of(BufferedImage picture) {
        var miniature = new Miniature();
        int width = picture.getWidth();
        int height = picture.getHeight();
        int[] row = new int[width];
        for (int y = 0; y < SIDE; y++) {
            int top = start(y, height);
            int bottom = end(y, height);
            long[] sums = new long[3 * SIDE];
            for (int line = top; line < bottom; line++) {
                picture.getRGB(0, line, width, 1, row, 0, width);
                add(row, sums);
            }
            for (int x = 0; x < SIDE; x++) {
                long pixels = (long) (bottom - top) * (end(x, width) - start(x, width));
                miniature.set(y * SIDE + x, sums, 3 * x, pixels);
            }
        }
        return miniature;
    }

    private void set(int index, long[] sums, int from, long pixels) {
        float r = (float) sums[from] / pixels;
        float g = (float) sums[from + 1] / pixels;
        float b = (float) sums[from + 2] / pixels;
        float y = 0.299f * r + 0.587f * g + 0.114f * b;
        brightness[index] = y;
        blue[index] = 0.564f * (b - y);
        red[index] = 0.713f * (r - y);
    }

    private static void add(int[] row, long[] sums) {
        for (int x = 0; x < SIDE; x++) {
            for (int column = start(x, row.length); column < end(x, row.length); column++) {
                int pixel = row[column];
                int alpha = pixel >>> 24;
                sums[3 * x] += onWhite(pixel >> 16 & 255, alpha);
                sums[3 * x + 1] += onWhite(pixel >> 8 & 255, alpha);
                sums[3 * x + 2] += onWhite(pixel & 255, alpha);
            }
        }
    }

    private static int onWhite(int sample, int alpha) {
        return alpha == 255 ? sample : (sample * alpha + 255 * (255 - alpha)) / 255;
    }

    private static int start(int cell, int length) {
        return (int) ((long) cell * length / SIDE);
    }

    private static int end(int cell, int length) {
        return Math.max(start(cell, length) + 1, start(cell + 1, length));
    }
}
