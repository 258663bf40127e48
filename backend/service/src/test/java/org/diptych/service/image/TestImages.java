package org.diptych.service.image;

import java.awt.Color;
import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;

/** Pictures made by real encoders, and the blocks of metadata that cameras and editors put into them. */
public final class TestImages {
    /** Text that must not be found in a stored picture. */
    public static final String SECRET = "Secret-Camera-0042";

    private TestImages() {}

    /** A picture whose four quarters are red, green, blue and nearly white, from the top left, row by row. */
    public static BufferedImage quarters(int width, int height) {
        return quarters(width, height, 0);
    }

    /** As {@link #quarters(int, int)}; the number makes pictures differ. */
    public static BufferedImage quarters(int width, int height, int number) {
        var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        var graphics = image.createGraphics();
        graphics.setColor(new Color(220, 30, number % 100));
        graphics.fillRect(0, 0, width / 2, height / 2);
        graphics.setColor(new Color(30, 200, number / 100 % 100));
        graphics.fillRect(width / 2, 0, width - width / 2, height / 2);
        graphics.setColor(new Color(30, number / 10_000 % 100, 220));
        graphics.fillRect(0, height / 2, width / 2, height - height / 2);
        graphics.setColor(new Color(240, 240, 240));
        graphics.fillRect(width / 2, height / 2, width - width / 2, height - height / 2);
        graphics.dispose();
        return image;
    }

    /** Encodes a picture. */
    public static byte[] encode(BufferedImage image, String format) {
        var bytes = new ByteArrayOutputStream();
        try {
            if (!ImageIO.write(image, format, bytes)) {
                throw new IllegalArgumentException("no encoder for " + format);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** A JPEG picture of quarters. */
    public static byte[] jpeg(int width, int height, int number) {
        return encode(quarters(width, height, number), "jpg");
    }

    /** A PNG picture of quarters. */
    public static byte[] png(int width, int height, int number) {
        return encode(quarters(width, height, number), "png");
    }

    /** A picture that Chromium encoded: {@code lossy}, {@code lossless-transparent} or {@code lossy-transparent}. */
    public static byte[] webp(String name) {
        return sample(name + ".webp");
    }

    /** A file that another program made, by its name. */
    public static byte[] sample(String name) {
        try (var input = TestImages.class.getResourceAsStream(name)) {
            return Objects.requireNonNull(input).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static BufferedImage decode(byte[] file) {
        try {
            return Objects.requireNonNull(ImageIO.read(new ByteArrayInputStream(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A TIFF structure with a camera name and an orientation, as EXIF has it. */
    static byte[] exif(int orientation) {
        var name = (SECRET + "\0").getBytes(StandardCharsets.US_ASCII);
        var entries = 2;
        var nameOffset = 8 + 2 + entries * 12 + 4;
        var tiff = ByteBuffer.allocate(nameOffset + name.length).order(ByteOrder.BIG_ENDIAN);
        tiff.put((byte) 'M').put((byte) 'M').putShort((short) 42).putInt(8);
        tiff.putShort((short) entries);
        tiff.putShort((short) 0x0110).putShort((short) 2).putInt(name.length).putInt(nameOffset);
        tiff.putShort((short) 0x0112)
                .putShort((short) 3)
                .putInt(1)
                .putShort((short) orientation)
                .putShort((short) 0);
        tiff.putInt(0).put(name);
        return tiff.array();
    }

    /** Inserts a segment after the start of a JPEG file. */
    static byte[] withSegment(byte[] jpeg, int marker, byte[] content) {
        var result = new ByteArrayOutputStream();
        result.write(jpeg, 0, 2);
        result.write(0xff);
        result.write(marker);
        result.write((content.length + 2) >> 8);
        result.write(content.length + 2);
        result.writeBytes(content);
        result.write(jpeg, 2, jpeg.length - 2);
        return result.toByteArray();
    }

    /** A JPEG picture as a camera leaves it, held in the given way. */
    public static byte[] withExif(byte[] jpeg, int orientation) {
        return withSegment(jpeg, 0xe1, concat("Exif\0\0".getBytes(StandardCharsets.US_ASCII), exif(orientation)));
    }

    /** Inserts a chunk after the header of a PNG file. */
    static byte[] withChunk(byte[] png, String type, byte[] content) {
        var typed = concat(type.getBytes(StandardCharsets.US_ASCII), content);
        var checksum = new CRC32();
        checksum.update(typed);
        var chunk = ByteBuffer.allocate(typed.length + 8)
                .putInt(content.length)
                .put(typed)
                .putInt((int) checksum.getValue())
                .array();
        return concat(Arrays.copyOf(png, 33), chunk, Arrays.copyOfRange(png, 33, png.length));
    }

    /** Appends a chunk to a WebP file. */
    static byte[] withRiffChunk(byte[] webp, String type, byte[] content) {
        var padded = content.length + (content.length & 1);
        var result = ByteBuffer.allocate(webp.length + 8 + padded).order(ByteOrder.LITTLE_ENDIAN);
        result.put(webp)
                .put(type.getBytes(StandardCharsets.US_ASCII))
                .putInt(content.length)
                .put(content);
        result.putInt(4, result.capacity() - 8);
        return result.array();
    }

    /** Puts another colour profile into a WebP file that has one, right after its header. */
    static byte[] withProfile(byte[] webp, byte[] profile) {
        var old = ByteBuffer.wrap(webp).order(ByteOrder.LITTLE_ENDIAN);
        // after the header of the file and its first chunk, VP8X
        int start = 30;
        int length = old.getInt(start + 4);
        var head = Arrays.copyOf(webp, start);
        var tail = Arrays.copyOfRange(webp, start + 8 + length + (length & 1), webp.length);
        var result = concat(withRiffChunk(head, "ICCP", profile), tail);
        ByteBuffer.wrap(result).order(ByteOrder.LITTLE_ENDIAN).putInt(4, result.length - 8);
        return result;
    }

    /** Grey levels with transparency, all clear black. */
    public static BufferedImage greyWithAlpha(int width, int height) {
        var model = new ComponentColorModel(
                ColorSpace.getInstance(ColorSpace.CS_GRAY),
                true,
                false,
                Transparency.TRANSLUCENT,
                DataBuffer.TYPE_BYTE);
        return new BufferedImage(model, model.createCompatibleWritableRaster(width, height), false, null);
    }

    static byte[] concat(byte[]... parts) {
        var result = new ByteArrayOutputStream();
        for (var part : parts) {
            result.writeBytes(part);
        }
        return result.toByteArray();
    }

    /** Whether the bytes have the text anywhere. */
    static boolean contains(byte[] bytes, String text) {
        return new String(bytes, StandardCharsets.ISO_8859_1).contains(text);
    }

    /** The letter of the colour at a quarter's middle: R, G, B or W. */
    static String colours(BufferedImage image) {
        var letters = new StringBuilder();
        for (var y : new int[] {1, 3}) {
            for (var x : new int[] {1, 3}) {
                letters.append(letter(new Color(image.getRGB(image.getWidth() * x / 4, image.getHeight() * y / 4))));
            }
        }
        return letters.toString();
    }

    private static char letter(Color colour) {
        if (colour.getRed() > 150 && colour.getGreen() > 150 && colour.getBlue() > 150) {
            return 'W';
        }
        if (colour.getRed() > 150) {
            return 'R';
        }
        return colour.getGreen() > 150 ? 'G' : colour.getBlue() > 150 ? 'B' : '?';
    }
}
