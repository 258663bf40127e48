package org.diptych.reward;

import java.awt.AlphaComposite;
import java.awt.Color;
import java.awt.Font;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Random;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;

/** A way to carry an instruction out, well or badly, with the levels 1..4 that it deserves. */
enum Outcome {
    PERFECT(4, 4),
    SLIGHT_MISS(3, 4),
    OVER_SLIGHT(3, 4),
    PARTIAL(2, 4),
    OVER_STRONG(2, 3),
    WRONG(1, 4),
    UNEDITED(1, 4),
    ART_LIGHT(4, 3),
    ART_MID(4, 2),
    ART_HEAVY(3, 1),
    PARTIAL_ART(2, 2),
    GARBAGE(1, 1);

    private final int following;
    private final int quality;

    Outcome(int following, int quality) {
        this.following = following;
        this.quality = quality;
    }

    /** Level on the first dimension. */
    int following() {
        return following;
    }

    /** Level on the second; drawn things never look quite real. */
    int quality(boolean pasted) {
        return pasted && this != WRONG && this != UNEDITED && this != GARBAGE ? Math.min(3, quality) : quality;
    }

    /** Makes the picture. */
    BufferedImage make(BufferedImage source, ScriptedEdit asked, ScriptedEdit other, Random random) {
        return switch (this) {
            case PERFECT -> asked.edit().apply(source, 1, random);
            case SLIGHT_MISS -> asked.edit().apply(source, 0.55 + 0.15 * random.nextDouble(), random);
            case OVER_SLIGHT -> overSlight(asked.edit().apply(source, 1, random), random);
            case PARTIAL -> partial(source, asked, random);
            case OVER_STRONG -> overStrong(asked.edit().apply(source, 1, random), random);
            case WRONG -> other.edit().apply(source, 1, random);
            case UNEDITED -> source;
            case ART_LIGHT -> artefact(asked.edit().apply(source, 1, random), 0, random);
            case ART_MID -> artefact(asked.edit().apply(source, 1, random), 1, random);
            case ART_HEAVY -> artefact(asked.edit().apply(source, 1, random), 2, random);
            case PARTIAL_ART -> artefact(partial(source, asked, random), 1, random);
            case GARBAGE -> artefact(other.edit().apply(source, 1, random), 2, random);
        };
    }

    private static BufferedImage partial(BufferedImage source, ScriptedEdit asked, Random random) {
        int way = random.nextInt(asked.hasWrong() ? 4 : 2);
        var done = asked.edit().apply(source, 1, random);
        if (way == 0 || done.getWidth() != source.getWidth()) {
            return asked.edit().apply(source, 0.2 + 0.15 * random.nextDouble(), random);
        }
        double edge = 0.3 + 0.2 * random.nextDouble();
        boolean sideways = random.nextBoolean();
        return way == 1
                ? Canvas.blend(source, done, (x, y) -> (sideways ? x : y) < edge ? 1 : 0)
                : asked.wrong().apply(source, 1, random);
    }

    private static BufferedImage overSlight(BufferedImage done, Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> Canvas.zoom(done, 0.9 + 0.05 * random.nextDouble(), random.nextDouble(), random.nextDouble());
            case 1 ->
                Canvas.draw(done, g -> {
                    g.setComposite(AlphaComposite.getInstance(AlphaComposite.SRC_OVER, 0.3f));
                    g.setColor(Color.WHITE);
                    g.setFont(new Font(Font.SANS_SERIF, Font.BOLD, done.getWidth() / 10));
                    g.drawString("sample", done.getWidth() / 4, done.getHeight() * (1 + random.nextInt(3)) / 4);
                });
            case 2 ->
                Canvas.fill(
                        done,
                        LocalEdits.shape(
                                "circle",
                                random.nextBoolean() ? 0.12 : 0.88,
                                random.nextBoolean() ? 0.12 : 0.88,
                                0.03,
                                done),
                        Palette.values()[random.nextInt(Palette.values().length)].color(),
                        1);
            default ->
                Canvas.map(done, (c, x, y) -> {
                    for (int k = 0; k < 3; k++) {
                        c[k] = c[k] * 1.05 + 6;
                    }
                });
        };
    }

    private static BufferedImage overStrong(BufferedImage done, Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> Canvas.zoom(done, 0.5 + 0.15 * random.nextDouble(), random.nextDouble(), random.nextDouble());
            case 1 -> Canvas.rotateHue(done, 0.3 + 0.4 * random.nextDouble());
            case 2 ->
                Canvas.fill(
                        done,
                        LocalEdits.shape(
                                random.nextBoolean() ? "star" : "circle",
                                0.3 + 0.4 * random.nextDouble(),
                                0.3 + 0.4 * random.nextDouble(),
                                0.3,
                                done),
                        Color.getHSBColor(random.nextFloat(), 0.8f, 0.9f),
                        1);
            default -> Canvas.transform(done, java.awt.geom.AffineTransform.getScaleInstance(-1, 1), Color.BLACK);
        };
    }

    private static BufferedImage artefact(BufferedImage image, int level, Random random) {
        double more = 0.8 + 0.4 * random.nextDouble();
        return switch (random.nextInt(level == 2 ? 5 : 4)) {
            case 0 -> compressed(image, (float) (new double[] {0.15, 0.055, 0.015}[level] * more));
            case 1 -> noise(image, new double[] {9, 25, 60}[level] * more, random);
            case 2 -> Canvas.blur(image, (int) Math.round(new double[] {1, 2.2, 6}[level] * more));
            case 3 ->
                level == 0
                        ? compressed(image, (float) (0.15 * more))
                        : scrambled(image, (int) (level * 9 * more), random);
            default -> noise(compressed(Canvas.blur(image, 3), 0.04f), 30 * more, random);
        };
    }

    private static BufferedImage noise(BufferedImage image, double deviation, Random random) {
        return Canvas.map(image, (c, x, y) -> {
            for (int k = 0; k < 3; k++) {
                c[k] += deviation * random.nextGaussian();
            }
        });
    }

    private static BufferedImage scrambled(BufferedImage image, int blocks, Random random) {
        int size = Math.max(8, Math.min(image.getWidth(), image.getHeight()) / 8);
        var from = Canvas.copy(image);
        return Canvas.draw(image, g -> {
            for (int b = 0; b < blocks; b++) {
                var part = from.getSubimage(
                        random.nextInt(image.getWidth() - size), random.nextInt(image.getHeight() - size), size, size);
                g.drawImage(
                        part, random.nextInt(image.getWidth() - size), random.nextInt(image.getHeight() - size), null);
            }
        });
    }

    private static BufferedImage compressed(BufferedImage image, float quality) {
        try {
            return Canvas.copy(ImageIO.read(new ByteArrayInputStream(jpeg(image, quality))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] jpeg(BufferedImage image, float quality) throws IOException {
        var bytes = new ByteArrayOutputStream();
        var writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        var parameters = writer.getDefaultWriteParam();
        parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        parameters.setCompressionQuality(quality);
        try (var stream = ImageIO.createImageOutputStream(bytes)) {
            writer.setOutput(stream);
            writer.write(null, new IIOImage(image, null, null), parameters);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }
}
