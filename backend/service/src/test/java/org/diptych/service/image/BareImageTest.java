package org.diptych.service.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.diptych.service.image.TestImages.SECRET;
import static org.diptych.service.image.TestImages.concat;
import static org.diptych.service.image.TestImages.contains;

import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.stream.IntStream;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BareImageTest {
    private static final byte[] JPEG = TestImages.jpeg(64, 48, 0);
    private static final byte[] PNG = TestImages.png(64, 48, 0);
    private static final byte[] WEBP = TestImages.webp("lossy");
    private static final byte[] TEXT = SECRET.getBytes(StandardCharsets.US_ASCII);

    private static byte[] sample(ImageFormat format) {
        return switch (format) {
            case JPEG -> JPEG;
            case PNG -> PNG;
            case WEBP -> WEBP;
        };
    }

    @Test
    void a_jpeg_loses_every_kind_of_metadata_and_no_pixel() throws Exception {
        var file = TestImages.withExif(JPEG, 1);
        file = TestImages.withSegment(file, 0xe1, concat(ascii("http://ns.adobe.com/xap/1.0/\0"), TEXT));
        file = TestImages.withSegment(file, 0xed, concat(ascii("Photoshop 3.0\0"), TEXT));
        file = TestImages.withSegment(file, 0xe2, concat(ascii("MPF\0"), TEXT));
        file = TestImages.withSegment(file, 0xe0, concat(ascii("JFXX\0"), TEXT));
        file = TestImages.withSegment(file, 0xfe, TEXT);
        file = concat(file, TEXT);

        var bare = BareImage.of(ImageFormat.JPEG, file);

        assertThat(contains(file, SECRET)).isTrue();
        assertThat(contains(bare.bytes(), SECRET)).isFalse();
        assertThat(bare.bytes()).isEqualTo(JPEG);
        assertThat(bare.exif()).isEqualTo(TestImages.exif(1));
    }

    @Test
    void a_jpeg_loses_the_thumbnail_in_its_jfif_header() throws Exception {
        var header = concat(ascii("JFIF\0"), new byte[] {1, 2, 0, 0, 1, 0, 1, 2, 2}, new byte[12]);
        var file = TestImages.withSegment(withoutJfif(JPEG), 0xe0, header);

        var bare = BareImage.of(ImageFormat.JPEG, file);

        assertThat(bare.bytes()).hasSize(file.length - 12);
        assertThat(Arrays.copyOfRange(bare.bytes(), 4, 20))
                .isEqualTo(concat(new byte[] {0, 16}, ascii("JFIF\0"), new byte[] {1, 2, 0, 0, 1, 0, 1, 0, 0}));
        assertThat(TestImages.colours(TestImages.decode(bare.bytes()))).isEqualTo("RGBW");
    }

    @Test
    void a_colour_profile_stays() throws Exception {
        var profile = ICC_Profile.getInstance(ColorSpace.CS_sRGB).getData();
        var jpeg = TestImages.withSegment(JPEG, 0xe2, concat(ascii("ICC_PROFILE\0\1\1"), profile));
        var png = TestImages.withChunk(PNG, "iCCP", concat(ascii("p\0\0"), deflated(profile)));

        assertThat(BareImage.of(ImageFormat.JPEG, jpeg).bytes()).hasSameSizeAs(jpeg);
        assertThat(BareImage.of(ImageFormat.PNG, png).bytes()).isEqualTo(png);
        assertThat(contains(BareImage.of(ImageFormat.WEBP, WEBP).bytes(), "ICCP"))
                .isTrue();
    }

    @Test
    void a_png_loses_every_kind_of_metadata_and_no_pixel() throws Exception {
        var file = PNG;
        for (var type : new String[] {"tEXt", "zTXt", "iTXt", "tIME", "prVt"}) {
            file = TestImages.withChunk(file, type, TEXT);
        }
        file = concat(TestImages.withChunk(file, "eXIf", TestImages.exif(3)), TEXT);

        var bare = BareImage.of(ImageFormat.PNG, file);

        assertThat(contains(bare.bytes(), SECRET)).isFalse();
        assertThat(bare.bytes()).isEqualTo(PNG);
        assertThat(bare.exif()).isEqualTo(TestImages.exif(3));
    }

    @Test
    void a_webp_loses_every_kind_of_metadata_and_no_pixel() throws Exception {
        var file = TestImages.withRiffChunk(WEBP, "EXIF", TestImages.exif(6));
        file = concat(TestImages.withRiffChunk(file, "XMP ", TEXT), TEXT);
        file[20] |= 0x0c;

        var bare = BareImage.of(ImageFormat.WEBP, file);

        assertThat(contains(bare.bytes(), SECRET)).isFalse();
        assertThat(bare.bytes()).isEqualTo(WEBP);
        assertThat(bare.exif()).startsWith(TestImages.exif(6));
    }

    @ParameterizedTest
    @EnumSource
    void a_file_cut_anywhere_is_refused(ImageFormat format) {
        var file = sample(format);
        IntStream.range(12, file.length)
                .forEach(length -> assertThatThrownBy(() -> BareImage.of(format, Arrays.copyOf(file, length)))
                        .as("%d of %d bytes", length, file.length)
                        .isInstanceOf(InvalidImageException.class));
    }

    @ParameterizedTest
    @EnumSource
    void a_reduced_file_stays_as_it_is(ImageFormat format) throws Exception {
        var bare = BareImage.of(format, sample(format));

        assertThat(BareImage.of(format, bare.bytes()).bytes()).isEqualTo(bare.bytes());
    }

    @Test
    void a_flipped_bit_in_a_png_is_noticed() {
        var file = PNG.clone();
        file[60] ^= 1;

        assertThatThrownBy(() -> BareImage.of(ImageFormat.PNG, file)).hasMessageContaining("checksum");
    }

    @Test
    void animations_are_refused() {
        assertThatThrownBy(() -> BareImage.of(ImageFormat.PNG, TestImages.withChunk(PNG, "acTL", new byte[8])))
                .hasMessageContaining("animation");
        assertThatThrownBy(() -> BareImage.of(ImageFormat.WEBP, TestImages.withRiffChunk(WEBP, "ANIM", new byte[6])))
                .hasMessageContaining("animation");
    }

    @Test
    void a_jpeg_with_endless_scans_is_refused() {
        var header = new byte[] {(byte) 0xff, (byte) 0xda, 0, 8, 1, 1, 0, 0, 63, 0};
        var scans = concat(Collections.nCopies(101, header).toArray(byte[][]::new));
        var file = concat(new byte[] {(byte) 0xff, (byte) 0xd8}, scans, new byte[] {(byte) 0xff, (byte) 0xd9});

        assertThatThrownBy(() -> BareImage.of(ImageFormat.JPEG, file)).hasMessageContaining("more than 100 scans");
    }

    @Test
    void a_compression_bomb_in_a_colour_profile_is_refused() throws Exception {
        var bomb = TestImages.withChunk(PNG, "iCCP", concat(ascii("p\0\0"), deflated(new byte[20_000_000])));

        assertThatThrownBy(() -> BareImage.of(ImageFormat.PNG, bomb)).hasMessageContaining("colour profile");
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] withoutJfif(byte[] jpeg) {
        return concat(Arrays.copyOf(jpeg, 2), Arrays.copyOfRange(jpeg, 20, jpeg.length));
    }

    private static byte[] deflated(byte[] content) throws Exception {
        var bytes = new ByteArrayOutputStream();
        try (var deflater = new DeflaterOutputStream(bytes)) {
            deflater.write(content);
        }
        return bytes.toByteArray();
    }
}
