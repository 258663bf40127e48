package org.diptych.reward;

import java.awt.AlphaComposite;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.util.function.Consumer;

/** Pixel work for scripted edits. Every method returns a new picture of the same size. */
final class Canvas {

    private Canvas() {}

    /** Maps a colour, given and returned as three numbers 0..255, at a relative place 0..1. */
    interface Tone {
        void apply(double[] rgb, double x, double y);
    }

    static BufferedImage copy(BufferedImage image) {
        var result = new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_RGB);
        var graphics = result.createGraphics();
        graphics.drawImage(image, 0, 0, null);
        graphics.dispose();
        return result;
    }

    static int[] pixels(BufferedImage image) {
        return ((DataBufferInt) image.getRaster().getDataBuffer()).getData();
    }

    static double luma(double[] rgb) {
        return 0.299 * rgb[0] + 0.587 * rgb[1] + 0.114 * rgb[2];
    }

    static double mix(double a, double b, double share) {
        return a + (b - a) * Math.min(1, share);
    }

    static BufferedImage map(BufferedImage image, Tone tone) {
        var result = copy(image);
        int[] pixels = pixels(result);
        int width = image.getWidth();
        double[] rgb = new double[3];
        for (int i = 0; i < pixels.length; i++) {
            rgb[0] = pixels[i] >> 16 & 255;
            rgb[1] = pixels[i] >> 8 & 255;
            rgb[2] = pixels[i] & 255;
            int row = i / width;
            tone.apply(rgb, (i % width + 0.5) / width, (row + 0.5) / image.getHeight());
            pixels[i] = level(rgb[0]) << 16 | level(rgb[1]) << 8 | level(rgb[2]);
        }
        return result;
    }

    private static int level(double value) {
        return (int) Math.clamp(Math.round(value), 0L, 255L);
    }

    /** Mixes two pictures by a share that depends on the place. */
    static BufferedImage blend(
            BufferedImage below, BufferedImage above, java.util.function.DoubleBinaryOperator share) {
        var result = copy(below);
        int[] a = pixels(result);
        int[] b = pixels(copy(above));
        int width = below.getWidth();
        for (int i = 0; i < a.length; i++) {
            int row = i / width;
            double s =
                    Math.clamp(share.applyAsDouble((i % width + 0.5) / width, (row + 0.5) / below.getHeight()), 0, 1);
            int value = 0;
            for (int shift = 16; shift >= 0; shift -= 8) {
                value |= level(mix(a[i] >> shift & 255, b[i] >> shift & 255, s)) << shift;
            }
            a[i] = value;
        }
        return result;
    }

    static BufferedImage blend(BufferedImage below, BufferedImage above, double share) {
        return blend(below, above, (x, y) -> share);
    }

    static BufferedImage draw(BufferedImage image, Consumer<Graphics2D> drawing) {
        var result = copy(image);
        var graphics = result.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        drawing.accept(graphics);
        graphics.dispose();
        return result;
    }

    static BufferedImage fill(BufferedImage image, Shape shape, Color color, double opacity) {
        return draw(image, g -> {
            g.setComposite(AlphaComposite.getInstance(AlphaComposite.SRC_OVER, (float) opacity));
            g.setColor(color);
            g.fill(shape);
        });
    }

    /** Two passes of a box filter, which is close to a Gaussian. */
    static BufferedImage blur(BufferedImage image, int radius) {
        var result = copy(image);
        for (int pass = 0; pass < 2; pass++) {
            result = box(result, radius, 0);
            result = box(result, 0, radius);
        }
        return result;
    }

    static BufferedImage box(BufferedImage image, int rx, int ry) {
        var result = copy(image);
        int[] from = pixels(copy(image));
        int[] to = pixels(result);
        int width = image.getWidth();
        int height = image.getHeight();
        int n = 2 * Math.max(rx, ry) + 1;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int red = 0;
                int green = 0;
                int blue = 0;
                for (int k = -Math.max(rx, ry); k <= Math.max(rx, ry); k++) {
                    int px = Math.clamp(rx > 0 ? x + k : x, 0, width - 1);
                    int py = Math.clamp(ry > 0 ? y + k : y, 0, height - 1);
                    int p = from[py * width + px];
                    red += p >> 16 & 255;
                    green += p >> 8 & 255;
                    blue += p & 255;
                }
                to[y * width + x] = ((red / n) << 16) | ((green / n) << 8) | (blue / n);
            }
        }
        return result;
    }

    static BufferedImage sharpen(BufferedImage image, double amount) {
        int[] soft = pixels(blur(image, 1));
        var result = copy(image);
        int[] to = pixels(result);
        for (int i = 0; i < to.length; i++) {
            int value = 0;
            for (int shift = 16; shift >= 0; shift -= 8) {
                int c = to[i] >> shift & 255;
                value |= level(c + amount * (c - (soft[i] >> shift & 255))) << shift;
            }
            to[i] = value;
        }
        return result;
    }

    /** Shows the picture through an affine map in relative coordinates about the centre; the rest takes a colour. */
    static BufferedImage transform(BufferedImage image, AffineTransform aboutCentre, Color rest) {
        return draw(image, g -> {
            g.setColor(rest);
            g.fillRect(0, 0, image.getWidth(), image.getHeight());
            var t = AffineTransform.getTranslateInstance(image.getWidth() / 2.0, image.getHeight() / 2.0);
            t.concatenate(aboutCentre);
            t.translate(-image.getWidth() / 2.0, -image.getHeight() / 2.0);
            g.drawImage(image, t, null);
        });
    }

    /** A quarter turn changes the picture's shape: width and height are exchanged. */
    static BufferedImage quarterTurn(BufferedImage image, boolean clockwise) {
        int width = image.getWidth();
        int height = image.getHeight();
        var result = new BufferedImage(height, width, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                result.setRGB(clockwise ? height - 1 - y : y, clockwise ? x : width - 1 - x, image.getRGB(x, y));
            }
        }
        return result;
    }

    /** Shows a part of the picture, a share of its width and height, at a relative place 0..1. */
    static BufferedImage zoom(BufferedImage image, double share, double x, double y) {
        int w = Math.max(2, (int) (image.getWidth() * share));
        int h = Math.max(2, (int) (image.getHeight() * share));
        var part = image.getSubimage((int) ((image.getWidth() - w) * x), (int) ((image.getHeight() - h) * y), w, h);
        return draw(image, g -> g.drawImage(part, 0, 0, image.getWidth(), image.getHeight(), null));
    }

    static BufferedImage pixelate(BufferedImage image, int size) {
        var small = new BufferedImage(
                Math.max(1, image.getWidth() / size),
                Math.max(1, image.getHeight() / size),
                BufferedImage.TYPE_INT_RGB);
        var shrink = small.createGraphics();
        shrink.drawImage(
                image.getScaledInstance(small.getWidth(), small.getHeight(), java.awt.Image.SCALE_AREA_AVERAGING),
                0,
                0,
                null);
        shrink.dispose();
        var result = copy(image);
        var graphics = result.createGraphics();
        graphics.drawImage(small, 0, 0, image.getWidth(), image.getHeight(), null);
        graphics.dispose();
        return result;
    }

    static BufferedImage rotateHue(BufferedImage image, double turn) {
        return map(image, (rgb, x, y) -> {
            float[] hsb = Color.RGBtoHSB((int) rgb[0], (int) rgb[1], (int) rgb[2], null);
            int p = Color.HSBtoRGB((float) (hsb[0] + turn), hsb[1], hsb[2]);
            rgb[0] = p >> 16 & 255;
            rgb[1] = p >> 8 & 255;
            rgb[2] = p & 255;
        });
    }

    /** Gradient lengths as a grey picture, dark lines on white. */
    static BufferedImage outlines(BufferedImage image, double strength) {
        int[] from = pixels(blur(image, 1));
        var result = copy(image);
        int[] to = pixels(result);
        int width = image.getWidth();
        for (int i = width + 1; i < to.length - width - 1; i++) {
            double gx = grey(from[i + 1]) - grey(from[i - 1]);
            double gy = grey(from[i + width]) - grey(from[i - width]);
            int ink = level(255 - strength * Math.hypot(gx, gy));
            to[i] = ink << 16 | ink << 8 | ink;
        }
        return result;
    }

    static double grey(int pixel) {
        return 0.299 * (pixel >> 16 & 255) + 0.587 * (pixel >> 8 & 255) + 0.114 * (pixel & 255);
    }
}
