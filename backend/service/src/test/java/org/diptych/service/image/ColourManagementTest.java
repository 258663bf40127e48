package org.diptych.service.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import org.diptych.service.image.MatrixProfile.Curve;
import org.diptych.service.image.MatrixProfile.Primaries;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The colours of files of every kind, as they are shown, measured and encoded. */
class ColourManagementTest {
    private static final byte[] PROFILE =
            MatrixProfile.of(Primaries.DISPLAY_P3, Curve.SRGB).getData();

    private final ImageDecoder decoder = new ImageDecoder(new ImageLimits(50_000_000, 4_000_000));

    private ImageIntake.Encoded takenIn(byte[] file) throws Exception {
        var format = ImageFormat.ofContent(file).orElseThrow();
        var bare = BareImage.of(format, file);
        return decoder.decodeFile(format, bare, decoded -> ImageIntake.encode(format, bare, decoded));
    }

    private static byte[] original(ImageIntake.Encoded encoded) {
        return encoded.files().getOrDefault("", new byte[0]);
    }

    /** Largest difference of two pictures in any channel. */
    private static int distance(BufferedImage one, BufferedImage other) {
        int most = 0;
        for (int y = 0; y < one.getHeight(); y++) {
            for (int x = 0; x < one.getWidth(); x++) {
                for (int shift = 0; shift < 32; shift += 8) {
                    int a = one.getRGB(x, y) >>> shift & 0xff;
                    int b = other.getRGB(x, y) >>> shift & 0xff;
                    most = Math.max(most, Math.abs(a - b));
                }
            }
        }
        return most;
    }

    @ParameterizedTest
    @ValueSource(strings = {"grey", "grey-alpha", "grey-16"})
    void a_grey_is_the_same_grey_in_every_coding(String name) throws Exception {
        var expected = TestImages.decode(TestImages.sample("grey.png"));
        var file = TestImages.sample(name + ".png");

        var stored = original(takenIn(file));

        assertThat(distance(TestImages.decode(stored), expected)).isZero();
        assertThat(distance(ImageDecoder.decodeStored(stored), expected)).isZero();
        // as it lies in stores that took it in before
        assertThat(distance(ImageDecoder.decodeStored(file), expected)).isZero();
        var turned = original(takenIn(TestImages.withChunk(file, "eXIf", TestImages.exif(2))));
        var upright = TestImages.decode(turned);
        assertThat(upright.getRGB(0, 9)).isEqualTo(expected.getRGB(expected.getWidth() - 1, 9));
        assertThat(upright.getRGB(99, 9)).isEqualTo(expected.getRGB(expected.getWidth() - 100, 9));
    }

    @ParameterizedTest
    @ValueSource(ints = {BufferedImage.TYPE_BYTE_GRAY, BufferedImage.TYPE_USHORT_GRAY, -1})
    void a_thumbnail_of_grey_is_as_dark_as_the_picture(int type) throws Exception {
        var grey = type > 0 ? new BufferedImage(600, 400, type) : TestImages.greyWithAlpha(600, 400);
        int level = type == BufferedImage.TYPE_USHORT_GRAY ? 121 * 257 : 121;
        for (int i = 0; i < 600 * 400; i++) {
            grey.getRaster().setSample(i % 600, i / 600, 0, level);
            if (grey.getColorModel().hasAlpha()) {
                grey.getRaster().setSample(i % 600, i / 600, 1, 255);
            }
        }

        var taken = takenIn(TestImages.encode(grey, "png"));

        var thumbnail = TestImages.decode(taken.files().getOrDefault(".thumbnail", new byte[0]));
        assertThat(SrgbPixels.of(thumbnail).getRGB(100, 60)).isEqualTo(0xff797979);
        assertThat(taken.pixelsSha256())
                .isEqualTo(takenIn(TestImages.encode(plain(121), "png")).pixelsSha256());
    }

    private static BufferedImage plain(int level) {
        var picture = new BufferedImage(600, 400, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 600 * 400; i++) {
            picture.setRGB(i % 600, i / 600, level * 0x010101);
        }
        return picture;
    }

    @Test
    void a_grey_jpeg_keeps_its_levels_and_its_bytes() throws Exception {
        var grey = new BufferedImage(64, 64, BufferedImage.TYPE_BYTE_GRAY);
        for (int i = 0; i < 64 * 64; i++) {
            grey.getRaster().setSample(i % 64, i / 64, 0, 121);
        }
        var file = TestImages.encode(grey, "jpg");

        assertThat(original(takenIn(file))).isEqualTo(file);
        assertThat(ImageDecoder.decodeStored(file).getRGB(30, 30)).isEqualTo(0xff797979);
    }

    @Test
    void transparency_survives_in_grey_and_in_wide_colours() throws Exception {
        var grey = TestImages.greyWithAlpha(8, 8);
        grey.getRaster().setPixel(3, 3, new int[] {200, 77});
        var wide = new BufferedImage(8, 8, BufferedImage.TYPE_INT_ARGB);
        wide.setRGB(3, 3, 0x4dc8c8c8);

        var file = TestImages.withChunk(TestImages.encode(wide, "png"), "cICP", new byte[] {12, 13, 0, 1});

        assertThat(TestImages.decode(original(takenIn(TestImages.encode(grey, "png"))))
                        .getRGB(3, 3))
                .isEqualTo(0x4dc8c8c8);
        assertThat(TestImages.decode(original(takenIn(file))).getRGB(3, 3)).isEqualTo(0x4dc8c8c8);
    }

    @Test
    void a_display_p3_picture_becomes_its_srgb_twin() throws Exception {
        var file = TestImages.sample("display-p3.png");
        var twin = WideColours.twin(TestImages.decode(file));

        var taken = takenIn(file);

        assertThat(distance(TestImages.decode(original(taken)), twin)).isLessThanOrEqualTo(2);
        assertThat(distance(ImageDecoder.decodeStored(file), twin)).isLessThanOrEqualTo(2);
        assertThat(TestImages.contains(original(taken), "iCCP")).isFalse();
        assertThat(distance(TestImages.decode(file), twin)).isGreaterThan(20);
    }

    @Test
    void the_same_colours_are_stated_in_many_ways() throws Exception {
        var quarters = TestImages.quarters(64, 48);
        var twin = WideColours.twin(quarters);
        var png = TestImages.encode(quarters, "png");
        var jpeg = TestImages.encode(quarters, "jpg");
        var segment = TestImages.concat(ascii("ICC_PROFILE\0\1\1"), PROFILE);

        var profiled = TestImages.withChunk(png, "iCCP", TestImages.concat(ascii("p\0\0"), deflated(PROFILE)));
        var coded = TestImages.withChunk(png, "cICP", new byte[] {12, 13, 0, 1});

        assertThat(distance(TestImages.decode(original(takenIn(profiled))), twin))
                .isLessThanOrEqualTo(1);
        assertThat(distance(TestImages.decode(original(takenIn(coded))), twin)).isLessThanOrEqualTo(1);
        var photo = takenIn(TestImages.withSegment(jpeg, 0xe2, segment));
        assertThat(photo.image().mediaType()).isEqualTo("image/png");
        assertThat(distance(TestImages.decode(original(photo)), WideColours.twin(TestImages.decode(jpeg))))
                .isLessThanOrEqualTo(1);
        var webp = TestImages.webp("lossy");
        var web = takenIn(TestImages.withProfile(webp, PROFILE));
        assertThat(web.image().mediaType()).isEqualTo("image/png");
        assertThat(distance(TestImages.decode(original(web)), WideColours.twin(ImageDecoder.decodeStored(webp))))
                .isLessThanOrEqualTo(1);
    }

    @Test
    void a_gamma_is_heeded() throws Exception {
        var file = TestImages.withChunk(TestImages.encode(plain(64), "png"), "gAMA", number(100_000));

        var taken = takenIn(file);

        // 64 / 255 of the light is sRGB 137
        assertThat(TestImages.decode(original(taken)).getRGB(9, 9)).isEqualTo(0xff898989);
        assertThat(TestImages.contains(original(taken), "gAMA")).isFalse();
        assertThat(ImageDecoder.decodeStored(file).getRGB(9, 9)).isEqualTo(0xff898989);
    }

    @Test
    void a_grey_profile_is_heeded() throws Exception {
        var grey = new BufferedImage(64, 64, BufferedImage.TYPE_BYTE_GRAY);
        for (int i = 0; i < 64 * 64; i++) {
            grey.getRaster().setSample(i % 64, i / 64, 0, 64);
        }
        var segment = TestImages.concat(
                ascii("ICC_PROFILE\0\1\1"),
                ICC_Profile.getInstance(ColorSpace.CS_GRAY).getData());

        var stored = original(takenIn(TestImages.withSegment(TestImages.encode(grey, "jpg"), 0xe2, segment)));

        assertThat(TestImages.decode(stored).getRGB(9, 9) & 0xff).isBetween(136, 138);
    }

    @Test
    void srgb_is_left_alone_however_it_is_stated() throws Exception {
        var quarters = TestImages.quarters(64, 48);
        var png = TestImages.encode(quarters, "png");
        var srgb = ICC_Profile.getInstance(ColorSpace.CS_sRGB).getData();
        var jpeg = TestImages.encode(quarters, "jpg");
        var profiled = TestImages.withChunk(png, "iCCP", TestImages.concat(ascii("p\0\0"), deflated(srgb)));
        var photo = TestImages.withSegment(jpeg, 0xe2, TestImages.concat(ascii("ICC_PROFILE\0\1\1"), srgb));
        var stated = TestImages.withChunk(png, "sRGB", new byte[1]);
        for (var file : new byte[][] {png, jpeg, profiled, photo, stated, TestImages.webp("lossy")}) {
            assertThat(original(takenIn(file))).isEqualTo(file);
        }
        for (var file : new byte[][] {profiled, stated}) {
            assertThat(distance(ImageDecoder.decodeStored(file), quarters)).isZero();
        }
        assertThat(distance(ImageDecoder.decodeStored(photo), TestImages.decode(jpeg)))
                .isZero();
        // browsers differ over approximations of sRGB, so that none is stored
        var approximate =
                TestImages.withChunk(TestImages.withChunk(png, "gAMA", number(45_455)), "cHRM", chromaticities());
        assertThat(original(takenIn(approximate))).isEqualTo(png);
    }

    @Test
    void a_damaged_profile_says_nothing() throws Exception {
        var png = TestImages.png(64, 48, 0);
        var file = TestImages.withChunk(png, "iCCP", TestImages.concat(ascii("p\0\0"), deflated(new byte[500])));

        assertThat(distance(ImageDecoder.decodeStored(file), TestImages.decode(png)))
                .isZero();
    }

    /** Four inks as JPEG files have them: Adobe's amounts are those of the paper that stays white. */
    private static byte[] inks(int transform, int... amounts) throws Exception {
        var raster = Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, 32, 32, 4, null);
        for (int i = 0; i < 32 * 32; i++) {
            raster.setPixel(i % 32, i / 32, amounts);
        }
        var writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        var bytes = new ByteArrayOutputStream();
        try (var output = ImageIO.createImageOutputStream(bytes)) {
            writer.setOutput(output);
            writer.write(null, new IIOImage(raster, null, null), null);
        } finally {
            writer.dispose();
        }
        var adobe = "Adobe\0d\0\0\0\0".getBytes(StandardCharsets.ISO_8859_1);
        adobe = Arrays.copyOf(adobe, 12);
        adobe[11] = (byte) transform;
        return TestImages.withSegment(bytes.toByteArray(), 0xee, adobe);
    }

    /** What everybody makes of a picture in the end: how it is stored, and what is measured and encoded. */
    private BufferedImage seen(byte[] file) throws Exception {
        var taken = takenIn(file);
        var stored = TestImages.decode(original(taken));
        assertThat(TestImages.contains(original(taken), "IHDR"))
                .as("stored as a PNG")
                .isTrue();
        assertThat(distance(ImageDecoder.decodeStored(file), stored)).isZero();
        return stored;
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void four_inks_become_colours_with_and_without_a_profile(boolean profile) throws Exception {
        int[][] inks = {{255, 255, 255, 255}, {0, 0, 0, 0}, {255, 0, 0, 255}, {0, 255, 0, 255}};
        for (int[] amounts : inks) {
            var file = inks(0, amounts);
            if (profile) {
                // of another kind of picture: it says nothing about inks
                file = TestImages.withSegment(
                        file,
                        0xe2,
                        TestImages.concat("ICC_PROFILE\0\1\1".getBytes(StandardCharsets.ISO_8859_1), PROFILE));
            }
            int colour = seen(file).getRGB(16, 16);
            int red = colour >> 16 & 0xff;
            int green = colour >> 8 & 0xff;
            int blue = colour & 0xff;
            if (amounts[3] == 0) {
                assertThat(List.of(red, green, blue)).allMatch(level -> level < 60);
            } else if (amounts[0] + amounts[1] == 510) {
                assertThat(List.of(red, green, blue)).allMatch(level -> level > 240);
            } else if (amounts[0] == 255) {
                assertThat(red).as("magenta and yellow").isGreaterThan(Math.max(green, blue) + 100);
            } else {
                assertThat(green).as("cyan and yellow").isGreaterThan(Math.max(red, blue) + 60);
            }
        }
    }

    @Test
    void four_inks_of_another_program_are_the_same_four_colours() throws Exception {
        var picture = seen(TestImages.sample("inks-ycck.jpg"));

        int[] expected = {0xdc1e28, 0x1ec83c, 0x1e3cdc, 0x797979};
        int[][] places = {{12, 16}, {36, 16}, {12, 48}, {36, 48}};
        for (int i = 0; i < places.length; i++) {
            int colour = picture.getRGB(places[i][0], places[i][1]);
            for (int shift = 0; shift < 24; shift += 8) {
                assertThat(colour >> shift & 0xff).as("colour " + i).isCloseTo(expected[i] >> shift & 0xff, within(40));
            }
        }
    }

    @Test
    void a_palette_keeps_its_colours_and_its_transparency() throws Exception {
        var model = new IndexColorModel(
                2,
                3,
                new byte[] {(byte) 200, 10, 121},
                new byte[] {20, (byte) 220, 121},
                new byte[] {30, 40, 121},
                new byte[] {(byte) 255, 0, 77});
        var palette = new BufferedImage(300, 6, BufferedImage.TYPE_BYTE_BINARY, model);
        for (int i = 0; i < 300 * 6; i++) {
            palette.getRaster().setSample(i % 300, i / 300, 0, i / 300 / 2);
        }
        var plain = new BufferedImage(300, 6, BufferedImage.TYPE_INT_ARGB);
        for (int i = 0; i < 300 * 6; i++) {
            plain.setRGB(i % 300, i / 300, palette.getRGB(i % 300, i / 300));
        }

        var taken = takenIn(TestImages.encode(palette, "png"));

        var stored = ImageDecoder.decodeStored(original(taken));
        assertThat(stored.getRGB(9, 0)).isEqualTo(0xffc8141e);
        assertThat(stored.getRGB(9, 2) >>> 24).isZero();
        assertThat(stored.getRGB(9, 4)).isEqualTo(0x4d797979);
        assertThat(taken.pixelsSha256())
                .isEqualTo(takenIn(TestImages.encode(plain, "png")).pixelsSha256());
    }

    @Test
    void sixteen_bits_of_colour_are_rounded_once() throws Exception {
        var model = new ComponentColorModel(
                ColorSpace.getInstance(ColorSpace.CS_sRGB),
                true,
                false,
                Transparency.TRANSLUCENT,
                DataBuffer.TYPE_USHORT);
        var wide = new BufferedImage(model, model.createCompatibleWritableRaster(8, 8), false, null);
        for (int i = 0; i < 64; i++) {
            wide.getRaster().setPixel(i % 8, i / 8, new int[] {200 * 257 + 100, 20 * 257, 65535, 77 * 257});
        }

        assertThat(seen(TestImages.encode(wide, "png")).getRGB(3, 3)).isEqualTo(0x4dc814ff);
    }

    @Test
    void high_dynamic_range_is_refused_in_words() {
        var file = TestImages.withChunk(TestImages.png(64, 48, 0), "cICP", new byte[] {9, 16, 0, 1});

        assertThatThrownBy(() -> takenIn(file))
                .isInstanceOf(InvalidImageException.class)
                .hasMessageContaining("high dynamic range");
    }

    private static byte[] number(int value) {
        return ByteBuffer.allocate(4).order(ByteOrder.BIG_ENDIAN).putInt(value).array();
    }

    private static byte[] chromaticities() {
        var content = ByteBuffer.allocate(32);
        for (int value : new int[] {31270, 32900, 64000, 33000, 30000, 60000, 15000, 6000}) {
            content.putInt(value);
        }
        return content.array();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] deflated(byte[] content) throws Exception {
        var bytes = new ByteArrayOutputStream();
        try (var deflater = new DeflaterOutputStream(bytes)) {
            deflater.write(content);
        }
        return bytes.toByteArray();
    }
}
