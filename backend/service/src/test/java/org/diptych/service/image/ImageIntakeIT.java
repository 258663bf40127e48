package org.diptych.service.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.Set;
import org.diptych.service.ServiceTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@ServiceTest
class ImageIntakeIT {
    @Autowired
    private ImageIntake intake;

    @Autowired
    private ObjectStore store;

    @Autowired
    private ImageLibrary library;

    @Autowired
    private ImageCatalogue catalogue;

    @Autowired
    private JdbcClient jdbc;

    private StoredImage takeIn(String name, byte[] upload) throws Exception {
        try (var staging = intake.openStaging()) {
            var prepared = intake.prepare(name, upload, staging);
            staging.keepOnly(Set.of(prepared.image().sha256()));
            staging.publish();
            return prepared.image();
        }
    }

    private byte[] stored(StoredImage image, ImageVariant variant) throws Exception {
        return store.find(variant.key(image)).orElseThrow().getContentAsByteArray();
    }

    @Test
    void a_picture_without_metadata_is_stored_byte_by_byte() throws Exception {
        var upload = TestImages.png(300, 200, 1);

        var image = takeIn("a.png", upload);

        assertThat(stored(image, ImageVariant.ORIGINAL)).isEqualTo(upload);
        assertThat(stored(image, ImageVariant.DISPLAY)).isEqualTo(upload);
        var thumbnail = TestImages.decode(stored(image, ImageVariant.THUMBNAIL));
        assertThat(thumbnail.getWidth()).isEqualTo(256);
        assertThat(thumbnail.getHeight()).isEqualTo(171);
        assertThat(TestImages.colours(thumbnail)).isEqualTo("RGBW");
    }

    @Test
    void a_turned_picture_is_stored_upright_without_loss_and_without_metadata() throws Exception {
        var pixels = TestImages.decode(TestImages.jpeg(640, 480, 2));

        var image = takeIn("PHOTO.JPEG", TestImages.withExif(TestImages.jpeg(640, 480, 2), 6));

        assertThat(image).extracting("mediaType", "width", "height").containsExactly("image/png", 480, 640);
        var original = stored(image, ImageVariant.ORIGINAL);
        assertThat(TestImages.contains(original, TestImages.SECRET)).isFalse();
        var upright = TestImages.decode(original);
        // orientation 6: the stored picture is shown after a quarter turn clockwise
        for (var y = 0; y < 640; y += 7) {
            for (var x = 0; x < 480; x += 7) {
                assertThat(upright.getRGB(x, y)).isEqualTo(pixels.getRGB(y, 479 - x));
            }
        }
        assertThat(TestImages.colours(TestImages.decode(stored(image, ImageVariant.THUMBNAIL))))
                .isEqualTo("BRWG");
    }

    @Test
    void a_transparent_picture_has_transparent_variants() throws Exception {
        var picture = new BufferedImage(600, 600, BufferedImage.TYPE_INT_ARGB);

        var image = takeIn("clear.png", TestImages.encode(picture, "png"));

        var thumbnail = stored(image, ImageVariant.THUMBNAIL);
        assertThat(ImageFormat.ofContent(thumbnail)).contains(ImageFormat.PNG);
        assertThat(TestImages.decode(thumbnail).getRGB(9, 9) >>> 24).isZero();
    }

    @Test
    void a_picture_that_is_not_plain_srgb_is_stored_as_a_png_that_is() throws Exception {
        var upload = TestImages.sample("display-p3.png");
        var twin = WideColours.twin(TestImages.decode(upload));

        var image = takeIn("wide.png", upload);

        var pixels = library.read(image.sha256());
        assertThat(TestImages.decode(stored(image, ImageVariant.ORIGINAL)).getRGB(200, 100))
                .isEqualTo(pixels.getRGB(200, 100));
        for (int shift = 0; shift < 24; shift += 8) {
            assertThat(pixels.getRGB(200, 100) >> shift & 0xff)
                    .isCloseTo(twin.getRGB(200, 100) >> shift & 0xff, within(2));
        }
    }

    @Test
    void a_file_that_came_in_before_colours_were_heeded_is_looked_at_anew() throws Exception {
        var upload = TestImages.withChunk(TestImages.png(64, 48, 77), "cICP", new byte[] {12, 13, 0, 1});
        var before = new StoredImage("ab".repeat(32), "image/png", 64, 48, upload.length);
        var prepared = prepare(upload);
        jdbc.sql("INSERT INTO image (sha256, media_type, width, height, bytes) VALUES (?, 'image/png', 64, 48, 9)")
                .param(before.sha256())
                .update();
        jdbc.sql("INSERT INTO image_upload (upload_sha256, sha256) VALUES (?, ?)")
                .params(prepared.uploadSha256(), before.sha256())
                .update();

        assertThat(prepare(upload)).isEqualTo(prepared);
        assertThat(prepared.image().sha256()).isNotEqualTo(before.sha256());
        assertThat(catalogue.find(before.sha256())).isPresent();
    }

    private PreparedImage prepare(byte[] upload) throws Exception {
        try (var staging = intake.openStaging()) {
            return intake.prepare("a.png", upload, staging);
        }
    }

    @Test
    void webp_is_taken_in() throws Exception {
        var image = takeIn("a.webp", TestImages.webp("lossy"));

        assertThat(image).extracting("mediaType", "width", "height").containsExactly("image/webp", 48, 32);
        assertThat(stored(image, ImageVariant.THUMBNAIL)).isEqualTo(TestImages.webp("lossy"));
    }

    @Test
    void what_is_not_wanted_never_reaches_the_store() throws Exception {
        StoredImage image;
        try (var staging = intake.openStaging()) {
            image = intake.prepare("a.png", TestImages.png(301, 201, 3), staging)
                    .image();
            staging.keepNone();
            staging.publish();
        }
        assertThat(store.find(ImageVariant.ORIGINAL.key(image))).isEmpty();
    }

    @Test
    void files_that_are_no_pictures_are_refused_with_a_reason() throws Exception {
        var jpeg = TestImages.jpeg(64, 48, 4);
        assertRefused("a.png", jpeg, "says PNG but the content is JPEG");
        assertRefused("a.gif", jpeg, ".webp");
        assertRefused("a", jpeg, ".webp");
        assertRefused("a.jpg", new byte[0], "not a JPEG, PNG or WebP");
        assertRefused("a.jpg", Arrays.copyOf(jpeg, 3), "truncated");
        assertRefused("a.jpg", Arrays.copyOf(jpeg, 50_000_001), "the limit is 50000000 bytes");
    }

    private void assertRefused(String name, byte[] upload, String reason) throws Exception {
        try (var staging = intake.openStaging()) {
            assertThatThrownBy(() -> intake.prepare(name, upload, staging))
                    .isInstanceOf(InvalidImageException.class)
                    .hasMessageContaining(reason);
        }
    }
}
