package org.diptych.reward;

import java.awt.AlphaComposite;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.image.AffineTransformOp;
import java.awt.image.BufferedImage;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;

/** Edits done by program, each with a strength 0..1 at which the instruction counts as carried out. */
final class ScriptedEdits {

    private ScriptedEdits() {}

    /** An edit: image and strength to image. */
    interface Edit {
        BufferedImage apply(BufferedImage image, double strength, Random random);
    }

    /** Instructions that the procedural set does not have, with their edits. */
    static Map<String, Edit> byInstruction() {
        var edits = new LinkedHashMap<String, Edit>();
        edits.put("Rotate the picture by 180 degrees.", (i, s, r) -> blend(i, turn(i, -1, -1), s < 0.9 ? s : 1));
        edits.put("Turn the image upside down.", (i, s, r) -> blend(i, turn(i, 1, -1), s < 0.9 ? s : 1));
        edits.put(
                "Apply a sepia effect.",
                (i, s, r) -> map(i, (c, l) -> mix(c, l * new double[] {1.1, 0.9, 0.65}[channel], s)));
        edits.put("Pixelate the photo.", (i, s, r) -> pixelate(i, (int) Math.max(2, 16 * s)));
        edits.put("Add a white moon in the upper left corner.", (i, s, r) -> disc(i, 0.16, 0.16, 0.1 * s, Color.WHITE));
        edits.put("Draw a green frame around the photo.", (i, s, r) -> frame(i, s, new Color(30, 160, 50)));
        edits.put("Reduce the contrast.", (i, s, r) -> map(i, (c, l) -> 128 + (c - 128) * (1 - 0.6 * s)));
        edits.put("Increase the contrast strongly.", (i, s, r) -> map(i, (c, l) -> 128 + (c - 128) * (1 + s)));
        edits.put("Make the whole picture blurry.", (i, s, r) -> blur(i, 1 + (int) (4 * s)));
        edits.put("Make the picture much darker.", (i, s, r) -> map(i, (c, l) -> c * (1 - 0.55 * s)));
        edits.put(
                "Put a red balloon on the right side.",
                (i, s, r) -> disc(i, 0.82, 0.4, 0.13 * s, new Color(220, 30, 30)));
        edits.put("Add a black bar at the top with the word 'SALE' in white.", (i, s, r) -> bar(i, s));
        edits.put("Make it rain.", ScriptedEdits::rain);
        edits.put("Cover the scene in fog.", (i, s, r) -> map(i, (c, l) -> mix(c, 215, 0.6 * s)));
        edits.put(
                "Give the picture a green tint.",
                (i, s, r) -> map(i, (c, l) -> c * (channel == 1 ? 1 + 0.25 * s : 1 - 0.3 * s)));
        edits.put("Make the colours paler.", (i, s, r) -> map(i, (c, l) -> mix(c, l, 0.6 * s)));
        edits.put(
                "Add a purple star in the middle.", (i, s, r) -> star(i, 0.5, 0.5, 0.14 * s, new Color(130, 40, 190)));
        edits.put(
                "Reduce the image to a few flat colours.",
                (i, s, r) -> map(i, (c, l) -> mix(c, Math.round(c / 85) * 85, s)));
        edits.put("Lighten the photo.", (i, s, r) -> map(i, (c, l) -> mix(c, 255, 0.45 * s)));
        edits.put("Swap the colours: rotate all hues.", (i, s, r) -> rotateHue(i, 0.33 * s));
        return edits;
    }

    private static int channel;

    private interface Tone {
        double of(double value, double luma);
    }

    static BufferedImage map(BufferedImage image, Tone tone) {
        var result = copy(image);
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                int p = image.getRGB(x, y);
                double luma = 0.299 * (p >> 16 & 255) + 0.587 * (p >> 8 & 255) + 0.114 * (p & 255);
                int value = 0;
                for (channel = 0; channel < 3; channel++) {
                    double mapped = tone.of(p >> (16 - 8 * channel) & 255, luma);
                    value = value << 8 | (int) Math.clamp(Math.round(mapped), 0L, 255L);
                }
                result.setRGB(x, y, value);
            }
        }
        return result;
    }

    static BufferedImage rotateHue(BufferedImage image, double turn) {
        var result = copy(image);
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                var c = new Color(image.getRGB(x, y));
                float[] hsb = Color.RGBtoHSB(c.getRed(), c.getGreen(), c.getBlue(), null);
                result.setRGB(x, y, Color.HSBtoRGB((float) (hsb[0] + turn), hsb[1], hsb[2]));
            }
        }
        return result;
    }

    static BufferedImage blur(BufferedImage image, int radius) {
        var result = copy(image);
        for (int pass = 0; pass < 2; pass++) {
            result = box(box(result, radius, true), radius, false);
        }
        return result;
    }

    private static BufferedImage box(BufferedImage image, int radius, boolean horizontal) {
        var result = copy(image);
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                int[] sum = new int[3];
                for (int k = -radius; k <= radius; k++) {
                    int px = Math.clamp(horizontal ? x + k : x, 0, image.getWidth() - 1);
                    int py = Math.clamp(horizontal ? y : y + k, 0, image.getHeight() - 1);
                    int p = image.getRGB(px, py);
                    sum[0] += p >> 16 & 255;
                    sum[1] += p >> 8 & 255;
                    sum[2] += p & 255;
                }
                int n = 2 * radius + 1;
                result.setRGB(x, y, ((sum[0] / n) << 16) | ((sum[1] / n) << 8) | (sum[2] / n));
            }
        }
        return result;
    }

    static BufferedImage noise(BufferedImage image, double deviation, Random random) {
        return map(image, (c, l) -> c + deviation * random.nextGaussian());
    }

    static BufferedImage scrambled(BufferedImage image, int blocks, Random random) {
        var result = copy(image);
        int size = Math.max(12, image.getWidth() / 10);
        for (int b = 0; b < blocks; b++) {
            int fromX = random.nextInt(image.getWidth() - size);
            int fromY = random.nextInt(image.getHeight() - size);
            int toX = random.nextInt(image.getWidth() - size);
            int toY = random.nextInt(image.getHeight() - size);
            draw(result, g -> g.drawImage(image.getSubimage(fromX, fromY, size, size), toX, toY, null));
        }
        return result;
    }

    static BufferedImage zoom(BufferedImage image, double share, double x, double y) {
        int w = (int) (image.getWidth() * share);
        int h = (int) (image.getHeight() * share);
        var part = image.getSubimage((int) ((image.getWidth() - w) * x), (int) ((image.getHeight() - h) * y), w, h);
        var result = copy(image);
        draw(result, g -> g.drawImage(part, 0, 0, image.getWidth(), image.getHeight(), null));
        return result;
    }

    static BufferedImage disc(BufferedImage image, double x, double y, double radius, Color color) {
        var result = copy(image);
        double r = radius * Math.min(image.getWidth(), image.getHeight());
        draw(result, g -> {
            g.setColor(color);
            g.fill(new Ellipse2D.Double(x * image.getWidth() - r, y * image.getHeight() - r, 2 * r, 2 * r));
        });
        return result;
    }

    static BufferedImage star(BufferedImage image, double x, double y, double radius, Color color) {
        var result = copy(image);
        double r = radius * Math.min(image.getWidth(), image.getHeight());
        var path = new Path2D.Double();
        for (int k = 0; k < 10; k++) {
            double angle = Math.PI * k / 5 - Math.PI / 2;
            double length = k % 2 == 0 ? r : 0.45 * r;
            double px = x * image.getWidth() + length * Math.cos(angle);
            double py = y * image.getHeight() + length * Math.sin(angle);
            if (k == 0) {
                path.moveTo(px, py);
            } else {
                path.lineTo(px, py);
            }
        }
        path.closePath();
        draw(result, g -> {
            g.setColor(color);
            g.fill(path);
        });
        return result;
    }

    static BufferedImage watermark(BufferedImage image) {
        var result = copy(image);
        draw(result, g -> {
            g.setComposite(AlphaComposite.getInstance(AlphaComposite.SRC_OVER, 0.3f));
            g.setColor(Color.WHITE);
            g.setFont(new Font(Font.SANS_SERIF, Font.BOLD, image.getWidth() / 10));
            g.drawString("sample", image.getWidth() / 4, image.getHeight() / 2);
        });
        return result;
    }

    static BufferedImage blend(BufferedImage below, BufferedImage above, double share) {
        var result = copy(below);
        draw(result, g -> {
            g.setComposite(AlphaComposite.getInstance(AlphaComposite.SRC_OVER, (float) Math.min(1, share)));
            g.drawImage(above, 0, 0, null);
        });
        return result;
    }

    static BufferedImage leftPart(BufferedImage below, BufferedImage above, double share) {
        var result = copy(below);
        int w = (int) (below.getWidth() * share);
        draw(result, g -> g.drawImage(above.getSubimage(0, 0, w, above.getHeight()), 0, 0, null));
        return result;
    }

    private static BufferedImage turn(BufferedImage image, int sx, int sy) {
        var transform =
                AffineTransform.getTranslateInstance(sx < 0 ? image.getWidth() : 0, sy < 0 ? image.getHeight() : 0);
        transform.scale(sx, sy);
        return new AffineTransformOp(transform, AffineTransformOp.TYPE_NEAREST_NEIGHBOR).filter(image, copy(image));
    }

    private static BufferedImage pixelate(BufferedImage image, int size) {
        var result = copy(image);
        var small = new BufferedImage(
                Math.max(1, image.getWidth() / size),
                Math.max(1, image.getHeight() / size),
                BufferedImage.TYPE_INT_RGB);
        draw(small, g -> g.drawImage(image, 0, 0, small.getWidth(), small.getHeight(), null));
        var graphics = result.createGraphics();
        graphics.drawImage(small, 0, 0, image.getWidth(), image.getHeight(), null);
        graphics.dispose();
        return result;
    }

    private static BufferedImage frame(BufferedImage image, double strength, Color color) {
        var result = copy(image);
        float width = (float) (0.05 * strength * image.getWidth());
        draw(result, g -> {
            g.setColor(color);
            g.setStroke(new BasicStroke(2 * width));
            g.drawRect(0, 0, image.getWidth(), image.getHeight());
        });
        return result;
    }

    private static BufferedImage bar(BufferedImage image, double strength) {
        var result = copy(image);
        int height = (int) (0.15 * strength * image.getHeight());
        draw(result, g -> {
            g.setColor(Color.BLACK);
            g.fillRect(0, 0, image.getWidth(), height);
            g.setColor(Color.WHITE);
            g.setFont(new Font(Font.SANS_SERIF, Font.BOLD, Math.max(6, height * 7 / 10)));
            g.drawString(strength > 0.9 ? "SALE" : "SAEL", image.getWidth() * 2 / 5, height * 8 / 10);
        });
        return result;
    }

    private static BufferedImage rain(BufferedImage image, double strength, Random random) {
        var result = copy(image);
        draw(result, g -> {
            g.setColor(new Color(220, 225, 235, 170));
            for (int drop = 0; drop < 350 * strength; drop++) {
                int x = random.nextInt(image.getWidth());
                int y = random.nextInt(image.getHeight());
                g.drawLine(x, y, x - 3, y + 14);
            }
        });
        return result;
    }

    private static double mix(double a, double b, double share) {
        return a + (b - a) * Math.min(1, share);
    }

    static BufferedImage copy(BufferedImage image) {
        var result = new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_RGB);
        var graphics = result.createGraphics();
        graphics.drawImage(image, 0, 0, null);
        graphics.dispose();
        return result;
    }

    private static void draw(BufferedImage image, Consumer<Graphics2D> drawing) {
        var graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        drawing.accept(graphics);
        graphics.dispose();
    }
}
