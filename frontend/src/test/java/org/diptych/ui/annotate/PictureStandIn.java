package org.diptych.ui.annotate;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;
import org.diptych.service.image.ExamplePictures;
import org.jspecify.annotations.NullUnmarked;

/** Pictures of pairs: a source without and two edits with a square. */
@NullUnmarked
final class PictureStandIn {
    /** Before the name of a file that shows a worked example. */
    static final String EXAMPLE = "example-";

    private PictureStandIn() {}

    /** A PNG, 320 pixels wide. */
    static byte[] draw(String digest, int height) {
        if (digest.startsWith(EXAMPLE)) {
            return example(digest.substring(EXAMPLE.length()));
        }
        var picture = new BufferedImage(320, height, BufferedImage.TYPE_INT_RGB);
        var pen = picture.createGraphics();
        pen.setPaint(new GradientPaint(0, 0, Color.LIGHT_GRAY, 320, 240, Color.DARK_GRAY));
        pen.fillRect(0, 0, 320, 240);
        if (!digest.endsWith("source")) {
            pen.setColor(digest.endsWith("left") ? Color.BLUE : Color.RED);
            pen.fillRect(80, 60, 160, 120);
        }
        pen.dispose();
        try {
            var bytes = new ByteArrayOutputStream();
            ImageIO.write(picture, "png", bytes);
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] example(String file) {
        try (var bytes = ExamplePictures.class.getResourceAsStream("examples/" + file)) {
            return bytes.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
