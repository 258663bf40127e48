package org.diptych.service.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageDecoderTest {
    private final ImageDecoder decoder = new ImageDecoder(new ImageLimits(50_000_000, 4_000_000));

    private String colours(ImageFormat format, byte[] file) throws Exception {
        return decoder.decode(format, BareImage.of(format, file), TestImages::colours);
    }

    /** Where the quarters of the stored picture are shown, by the orientation's definition (EXIF 2.32, 4.6.4). */
    @ParameterizedTest
    @CsvSource({"1,RGBW", "2,GRWB", "3,WBGR", "4,BWRG", "5,RBGW", "6,BRWG", "7,WGBR", "8,GWRB"})
    void a_picture_is_turned_as_its_orientation_asks(int orientation, String shown) throws Exception {
        var file = TestImages.withExif(TestImages.jpeg(80, 40, 0), orientation);

        assertThat(colours(ImageFormat.JPEG, file)).isEqualTo(shown);
        var upright = decoder.decode(ImageFormat.JPEG, BareImage.of(ImageFormat.JPEG, file), BufferedImage::getWidth);
        assertThat(upright).isEqualTo(orientation < 5 ? 80 : 40);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 9, 77})
    void an_orientation_that_means_nothing_is_ignored(int orientation) throws Exception {
        assertThat(colours(ImageFormat.JPEG, TestImages.withExif(TestImages.jpeg(80, 40, 0), orientation)))
                .isEqualTo("RGBW");
    }

    @Test
    void an_exif_block_of_rubbish_is_ignored() throws Exception {
        var file = TestImages.withSegment(
                TestImages.jpeg(80, 40, 0), 0xe1, "Exif\0\0MM\0*\177\177\177\177x".getBytes("ISO-8859-1"));

        assertThat(colours(ImageFormat.JPEG, file)).isEqualTo("RGBW");
    }

    @Test
    void webp_is_decoded_with_and_without_loss_and_transparency() throws Exception {
        assertThat(colours(ImageFormat.WEBP, TestImages.webp("lossy"))).isEqualTo("RGBW");
        assertThat(colours(ImageFormat.WEBP, TestImages.webp("lossless-transparent")))
                .startsWith("RGB");
        assertThat(colours(ImageFormat.WEBP, TestImages.webp("lossy-transparent")))
                .startsWith("RGB");
        var alpha = decoder.decode(
                ImageFormat.WEBP,
                BareImage.of(ImageFormat.WEBP, TestImages.webp("lossless-transparent")),
                image -> image.getRGB(40, 28) >>> 24);
        assertThat(alpha).isZero();
    }

    @Test
    void a_png_of_60000_times_60000_pixels_is_refused_from_its_header() {
        var header = ByteBuffer.wrap(TestImages.png(64, 48, 0).clone());
        header.putInt(16, 60_000).putInt(20, 60_000);
        var checksum = new CRC32();
        checksum.update(header.array(), 12, 17);
        header.putInt(29, (int) checksum.getValue());

        assertThatThrownBy(() -> colours(ImageFormat.PNG, header.array()))
                .isInstanceOf(InvalidImageException.class)
                .hasMessageContaining("60000 x 60000 pixels (3600 megapixels); the limit is 4 megapixels");
    }

    @Test
    void a_jpeg_of_60000_times_60000_pixels_is_refused_from_its_header() {
        var file = TestImages.jpeg(64, 48, 0);
        var frame = IntStream.range(0, file.length)
                .filter(i -> (file[i] & 0xff) == 0xff && (file[i + 1] & 0xff) == 0xc0)
                .findFirst()
                .orElseThrow();
        ByteBuffer.wrap(file).putShort(frame + 5, (short) 60_000).putShort(frame + 7, (short) 60_000);

        assertThatThrownBy(() -> colours(ImageFormat.JPEG, file))
                .isInstanceOf(InvalidImageException.class)
                .hasMessageContaining("60000 x 60000 pixels");
    }

    @Test
    void a_jpeg_that_lacks_its_middle_is_truncated_although_it_has_an_end() {
        var file = TestImages.encode(noise(), "jpg");
        var gap = TestImages.concat(Arrays.copyOf(file, file.length / 2), new byte[] {(byte) 0xff, (byte) 0xd9});

        assertThatThrownBy(() -> colours(ImageFormat.JPEG, gap)).hasMessageContaining("truncated");
    }

    @Test
    void a_png_that_lacks_pixels_is_refused() {
        var file = TestImages.png(64, 48, 0);
        // only the header and the end
        var hollow =
                TestImages.concat(Arrays.copyOf(file, 33), Arrays.copyOfRange(file, file.length - 12, file.length));

        assertThatThrownBy(() -> colours(ImageFormat.PNG, hollow)).isInstanceOf(InvalidImageException.class);
    }

    @Test
    void damage_anywhere_is_an_invalid_image_or_a_picture_but_never_another_exception() {
        var random = new java.util.Random(7);
        for (var format : ImageFormat.values()) {
            var file = switch (format) {
                case JPEG -> TestImages.encode(noise(), "jpg");
                case PNG -> TestImages.encode(noise(), "png");
                case WEBP -> TestImages.webp("lossless-transparent");
            };
            for (var round = 0; round < 300; round++) {
                var damaged = file.clone();
                for (var change = 0; change < 4; change++) {
                    damaged[12 + random.nextInt(file.length - 12)] = (byte) random.nextInt();
                }
                try {
                    colours(format, damaged);
                } catch (InvalidImageException expected) {
                    assertThat(expected.reason()).isNotBlank();
                } catch (Exception e) {
                    throw new AssertionError(format + " in round " + round, e);
                }
            }
        }
    }

    @Test
    void no_more_than_the_permitted_pixels_are_decoded_at_a_time() throws Exception {
        // 2 megapixels each, 4 in all
        var file = TestImages.png(2000, 1000, 0);
        var bare = BareImage.of(ImageFormat.PNG, file);
        var inside = new AtomicInteger();
        var most = new AtomicInteger();
        var started = new CountDownLatch(2);
        try (var threads = Executors.newFixedThreadPool(6)) {
            var results = IntStream.range(0, 6)
                    .mapToObj(i -> threads.submit(() -> decoder.decode(ImageFormat.PNG, bare, image -> {
                        most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                        started.countDown();
                        try {
                            started.await();
                        } catch (InterruptedException e) {
                            throw new IllegalStateException(e);
                        }
                        return inside.decrementAndGet();
                    })))
                    .toList();
            for (var result : results) {
                result.get();
            }
        }
        assertThat(most).hasValue(2);
    }

    private static BufferedImage noise() {
        var image = new BufferedImage(120, 90, BufferedImage.TYPE_INT_RGB);
        var random = new java.util.Random(1);
        for (var y = 0; y < 90; y++) {
            for (var x = 0; x < 120; x++) {
                image.setRGB(x, y, random.nextInt());
            }
        }
        return image;
    }
}
