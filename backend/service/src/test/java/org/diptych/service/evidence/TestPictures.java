package org.diptych.service.evidence;

import java.awt.AlphaComposite;
import java.awt.Color;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Random;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;

/** Pictures with texture and noise like a photo's, and edits of them whose extent is known. */
final class TestPictures {
    private TestPictures() {}

    /** A textured picture, the same at every call. */
    static BufferedImage photo(int width, int height) {
        var noise = new Random(7);
        var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                double u = 640.0 * x / width;
                double v = 480.0 * y / height;
                double wave = Math.sin(u / 23) * Math.cos(v / 31) + 0.5 * Math.sin((u + 2 * v) / 11);
                int grain = noise.nextInt(7) - 3;
                image.setRGB(
                        x,
                        y,
                        rgb(
                                120 + 45 * wave + grain,
                                110 + 30 * wave + v / 12 + grain,
                                100 - 25 * wave + u / 16 + grain));
            }
        }
        return image;
    }

    /** Paints a box in one colour; the numbers are shares of the width and height. */
    static BufferedImage box(BufferedImage image, Color colour, double x, double y, double width, double height) {
        var edit = copy(image);
        var graphics = edit.createGraphics();
        graphics.setComposite(AlphaComposite.Src);
        graphics.setColor(colour);
        graphics.fillRect(
                (int) (x * edit.getWidth()), (int) (y * edit.getHeight()), (int) (width * edit.getWidth()), (int)
                        (height * edit.getHeight()));
        graphics.dispose();
        return edit;
    }

    /** Adds to every pixel of a box. */
    static BufferedImage tint(BufferedImage image, int red, int green, int blue, double x, double width) {
        var edit = copy(image);
        int from = (int) (x * edit.getWidth());
        int to = from + (int) (width * edit.getWidth());
        for (int row = 0; row < edit.getHeight(); row++) {
            for (int column = from; column < to; column++) {
                var colour = new Color(edit.getRGB(column, row));
                edit.setRGB(
                        column, row, rgb(colour.getRed() + red, colour.getGreen() + green, colour.getBlue() + blue));
            }
        }
        return edit;
    }

    /** Adds to every pixel. */
    static BufferedImage tint(BufferedImage image, int red, int green, int blue) {
        return tint(image, red, green, blue, 0, 1);
    }

    static BufferedImage inverted(BufferedImage image) {
        var edit = copy(image);
        for (int y = 0; y < edit.getHeight(); y++) {
            for (int x = 0; x < edit.getWidth(); x++) {
                edit.setRGB(x, y, ~edit.getRGB(x, y) | 0xff000000);
            }
        }
        return edit;
    }

    static BufferedImage scaled(BufferedImage image, int width, int height) {
        var scaled = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        var graphics = scaled.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        graphics.drawImage(image, 0, 0, width, height, null);
        graphics.dispose();
        return scaled;
    }

    /** The picture after a trip through JPEG. */
    static BufferedImage coded(BufferedImage image, double quality) {
        var writer = ImageIO.getImageWritersByFormatName("jpg").next();
        var bytes = new ByteArrayOutputStream();
        try (var output = ImageIO.createImageOutputStream(bytes)) {
            var parameters = writer.getDefaultWriteParam();
            parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            parameters.setCompressionQuality((float) quality);
            writer.setOutput(output);
            writer.write(null, new IIOImage(image, null, null), parameters);
            output.flush();
            return Objects.requireNonNull(ImageIO.read(new ByteArrayInputStream(bytes.toByteArray())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
    }

    /** A copy that can be transparent. */
    static BufferedImage copy(BufferedImage image) {
        var copy = new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_ARGB);
        var graphics = copy.createGraphics();
        graphics.drawImage(image, 0, 0, null);
        graphics.dispose();
        return copy;
    }

    private static int rgb(double red, double green, double blue) {
        return 0xff000000 | level(red) << 16 | level(green) << 8 | level(blue);
    }

    private static int level(double value) {
        return Math.clamp(Math.round(value), 0, 255);
    }
}
