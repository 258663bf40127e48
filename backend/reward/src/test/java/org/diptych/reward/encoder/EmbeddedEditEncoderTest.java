package org.diptych.reward.encoder;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class EmbeddedEditEncoderTest {

    private static EmbeddedEditEncoder encoder;

    @BeforeAll
    static void load() {
        encoder = new EmbeddedEditEncoder();
    }

    @AfterAll
    static void release() {
        encoder.close();
    }

    @Test
    void features_fill_the_layout_and_repeat_after_garbage_collection() {
        var source = photo(1);
        var edited = brighter(source);
        float[] features = encoder.encode(source, edited, "Make it brighter.");
        assertThat(features).hasSize(encoder.dimension());
        System.gc();
        assertThat(encoder.encode(source, edited, "Make it brighter.")).containsExactly(features);
    }

    @Test
    void the_id_names_weights_and_version() {
        assertThat(encoder.encoderId()).startsWith(EmbeddedEditEncoder.VERSION).isEqualTo(EmbeddedEditEncoder.id());
    }

    @Test
    void doing_what_was_asked_shows() {
        var source = photo(2);
        var bright = brighter(source);
        assertThat(feature("done", encoder.encode(source, bright, "Make it brighter.")))
                .isGreaterThan(feature("done", encoder.encode(source, source, "Make it brighter.")))
                .isGreaterThan(feature("done", encoder.encode(source, bright, "Make it much darker.")));
    }

    @Test
    void a_mirrored_image_is_recognised() {
        var source = photo(3);
        var mirrored = new BufferedImage(source.getWidth(), source.getHeight(), BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < source.getHeight(); y++) {
            for (int x = 0; x < source.getWidth(); x++) {
                mirrored.setRGB(source.getWidth() - 1 - x, y, source.getRGB(x, y));
            }
        }
        float[] features = encoder.encode(source, mirrored, "Mirror it horizontally.");
        assertThat(feature("MIRRORED", features)).isGreaterThan(0.9);
        assertThat(feature("done", features)).isGreaterThan(0.9);
    }

    @Test
    void odd_sizes_and_plain_images_are_encoded() {
        var tiny = new BufferedImage(1, 3, BufferedImage.TYPE_INT_ARGB);
        assertThat(encoder.encode(photo(4), tiny, "")).hasSize(encoder.dimension());
        assertThat(encoder.encode(tiny, tiny, "Füge Schnee hinzu")).hasSize(encoder.dimension());
    }

    @Test
    void a_grey_file_means_the_levels_that_it_stores() {
        var grey = new BufferedImage(80, 60, BufferedImage.TYPE_BYTE_GRAY);
        var colour = new BufferedImage(80, 60, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < 60; y++) {
            for (int x = 0; x < 80; x++) {
                int level = (3 * x + y) % 256;
                grey.getRaster().setSample(x, y, 0, level);
                colour.setRGB(x, y, new Color(level, level, level).getRGB());
            }
        }
        var source = photo(5);
        float[] expected = encoder.encode(source, colour, "Make it grey.");
        assertThat(encoder.encode(source, grey, "Make it grey.")).containsExactly(expected);
        assertThat(encoder.encode(source, opaque(grey), "Make it grey.")).containsExactly(expected);
    }

    /** The same grey levels in a file that could be transparent. */
    private static BufferedImage opaque(BufferedImage grey) {
        var model = new ComponentColorModel(
                ColorSpace.getInstance(ColorSpace.CS_GRAY),
                true,
                false,
                Transparency.TRANSLUCENT,
                DataBuffer.TYPE_BYTE);
        var raster = model.createCompatibleWritableRaster(grey.getWidth(), grey.getHeight());
        for (int y = 0; y < grey.getHeight(); y++) {
            for (int x = 0; x < grey.getWidth(); x++) {
                raster.setPixel(x, y, new int[] {grey.getRaster().getSample(x, y, 0), 255});
            }
        }
        return new BufferedImage(model, raster, false, null);
    }

    @Test
    void experience_rates_what_was_asked_above_what_was_not() {
        var source = photo(6);
        var bright = brighter(source);
        assertThat(feature("experience.0", encoder.encode(source, bright, "Make it brighter.")))
                .isGreaterThan(feature("experience.0", encoder.encode(source, source, "Make it brighter.")))
                .isGreaterThan(feature("experience.0", encoder.encode(source, bright, "Mirror it horizontally.")));
    }

    @Test
    void experience_rates_a_clean_edit_above_a_noisy_one() {
        var source = photo(7);
        var clean = brighter(source);
        var noisy = brighter(source);
        var random = new Random(7);
        for (int y = 0; y < noisy.getHeight(); y++) {
            for (int x = 0; x < noisy.getWidth(); x++) {
                int shift = (int) (40 * random.nextGaussian());
                var c = new Color(noisy.getRGB(x, y));
                noisy.setRGB(
                        x,
                        y,
                        new Color(
                                        Math.clamp(c.getRed() + shift, 0, 255),
                                        Math.clamp(c.getGreen() + shift, 0, 255),
                                        Math.clamp(c.getBlue() + shift, 0, 255))
                                .getRGB());
            }
        }
        assertThat(feature("experience.1", encoder.encode(source, clean, "Make it brighter.")))
                .isGreaterThan(feature("experience.1", encoder.encode(source, noisy, "Make it brighter.")) + 0.5);
    }

    @Test
    void the_features_do_not_depend_on_how_the_pixels_are_laid_out() {
        var source = photo(5);
        var bytes = new BufferedImage(source.getWidth(), source.getHeight(), BufferedImage.TYPE_3BYTE_BGR);
        bytes.getGraphics().drawImage(source, 0, 0, null);
        var part = new BufferedImage(source.getWidth() + 7, source.getHeight() + 5, BufferedImage.TYPE_3BYTE_BGR)
                .getSubimage(4, 3, source.getWidth(), source.getHeight());
        part.getGraphics().drawImage(source, 0, 0, null);
        float[] features = encoder.encode(source, source, "Change nothing.");
        assertThat(encoder.encode(bytes, bytes, "Change nothing.")).containsExactly(features);
        assertThat(encoder.encode(part, part, "Change nothing.")).containsExactly(features);
    }

    private static double feature(String name, float[] features) {
        return features[encoder.featureNames().indexOf(name)];
    }

    private static BufferedImage brighter(BufferedImage image) {
        var result = new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                result.setRGB(x, y, new Color(image.getRGB(x, y)).brighter().getRGB());
            }
        }
        return result;
    }

    /** A picture with large and small structure. */
    private static BufferedImage photo(long seed) {
        var random = new Random(seed);
        var image = new BufferedImage(300, 200, BufferedImage.TYPE_INT_RGB);
        var graphics = image.createGraphics();
        graphics.setColor(new Color(60, 90, 120));
        graphics.fillRect(0, 0, 300, 200);
        for (int i = 0; i < 60; i++) {
            graphics.setColor(new Color(random.nextInt(180), random.nextInt(180), random.nextInt(180)));
            graphics.fillOval(random.nextInt(280), random.nextInt(180), 5 + random.nextInt(60), 5 + random.nextInt(40));
        }
        graphics.dispose();
        return image;
    }
}
