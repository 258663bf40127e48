package org.diptych.reward.encoder;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import org.diptych.service.image.SrgbPixels;
import org.diptych.service.image.TriangleFilter;

/**
 * An image as three planes (red, green, blue) of numbers 0..255 in row order.
 *
 * @param width in pixels
 * @param height in pixels
 * @param red, green, blue planes of width x height numbers
 */
record Pixels(int width, int height, float[] red, float[] green, float[] blue) {

    /** Transparent pixels are shown on white, as the labelling screen does. */
    static Pixels of(BufferedImage image) {
        int width = image.getWidth();
        int height = image.getHeight();
        var pixels = new Pixels(
                width, height, new float[width * height], new float[width * height], new float[width * height]);
        if (image.getType() == BufferedImage.TYPE_3BYTE_BGR
                && image.getColorModel().getColorSpace().isCS_sRGB()
                && image.getRaster().getDataBuffer() instanceof DataBufferByte buffer
                && buffer.getSize() == 3 * width * height) {
            pixels.fill(buffer.getData());
        } else {
            pixels.fill(image);
        }
        return pixels;
    }

    /** What decoders give for JPEG and PNG without transparency: bytes in the order blue, green, red. */
    private void fill(byte[] packed) {
        for (int i = 0; i < red.length; i++) {
            blue[i] = packed[3 * i] & 0xff;
            green[i] = packed[3 * i + 1] & 0xff;
            red[i] = packed[3 * i + 2] & 0xff;
        }
    }

    private void fill(BufferedImage image) {
        int[] packed = SrgbPixels.of(image).getRGB(0, 0, width, height, null, 0, width);
        boolean transparent = image.getColorModel().hasAlpha();
        for (int i = 0; i < packed.length; i++) {
            int pixel = packed[i];
            red[i] = pixel >> 16 & 0xff;
            green[i] = pixel >> 8 & 0xff;
            blue[i] = pixel & 0xff;
            if (transparent) {
                float alpha = (pixel >>> 24) / 255f;
                red[i] = alpha * red[i] + (1 - alpha) * 255;
                green[i] = alpha * green[i] + (1 - alpha) * 255;
                blue[i] = alpha * blue[i] + (1 - alpha) * 255;
            }
        }
    }

    /** Stretches to the given size with an antialiased triangle filter and rounds to whole levels. */
    Pixels resize(int newWidth, int newHeight) {
        var columns = TriangleFilter.of(width, newWidth);
        var rows = TriangleFilter.of(height, newHeight);
        return new Pixels(
                newWidth,
                newHeight,
                round(rows.vertical(columns.horizontal(red, height), newWidth)),
                round(rows.vertical(columns.horizontal(green, height), newWidth)),
                round(rows.vertical(columns.horizontal(blue, height), newWidth)));
    }

    /** Luma of BT.601, 0..255. */
    float[] luma() {
        float[] luma = new float[red.length];
        for (int i = 0; i < luma.length; i++) {
            luma[i] = 0.299f * red[i] + 0.587f * green[i] + 0.114f * blue[i];
        }
        return luma;
    }

    /** All planes after one another, divided by 255: the CHW input of a vision network. */
    float[] unitPlanes() {
        int n = red.length;
        float[] planes = new float[3 * n];
        for (int i = 0; i < n; i++) {
            planes[i] = red[i] / 255;
            planes[n + i] = green[i] / 255;
            planes[2 * n + i] = blue[i] / 255;
        }
        return planes;
    }

    private static float[] round(float[] plane) {
        for (int i = 0; i < plane.length; i++) {
            plane[i] = Math.round(Math.clamp(plane[i], 0f, 255f));
        }
        return plane;
    }
}
