package org.diptych.service.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.diptych.service.evidence.EditLeak.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is measured on edits whose extent is known. */
class EditLeakTest {
    private static final BufferedImage PHOTO = TestPictures.photo(640, 480);
    private static final double BOX = 0.3 * 0.4;
    /** The widening of the region by 8 pixels on each side, at 512 x 384. */
    private static final double MARGIN = 0.07;

    private static BufferedImage edited(BufferedImage image) {
        return TestPictures.box(image, new Color(220, 30, 40), 0.2, 0.3, 0.3, 0.4);
    }

    private static EditLeak leak(BufferedImage source, BufferedImage edit) {
        return EditLeak.of(EditLeak.frame(source), edit);
    }

    private static EditLeak.Measure measured(BufferedImage source, BufferedImage edit) {
        var leak = leak(source, edit);
        assertThat(leak.outcome()).isEqualTo(Outcome.MEASURED);
        return Objects.requireNonNull(leak.measure());
    }

    @Test
    void an_edit_that_keeps_to_its_region_leaks_nothing() {
        var measure = measured(PHOTO, edited(PHOTO));

        assertThat(measure.leak()).isLessThan(0.001);
        assertThat(measure.parts()).isOne();
        assertThat(measure.touched()).isBetween(BOX, BOX + MARGIN);
    }

    @Test
    void a_tint_of_everything_beside_the_edit_is_found() {
        var measure = measured(PHOTO, TestPictures.tint(edited(PHOTO), 16, 4, -12));

        assertThat(measure.leak()).isGreaterThan(0.8);
        assertThat(measure.strength()).isBetween(3.0, 12.0);
        assertThat(measure.touched()).isBetween(BOX, BOX + MARGIN);
    }

    @Test
    void a_tint_of_a_part_counts_with_its_share() {
        var measure = measured(PHOTO, TestPictures.tint(edited(PHOTO), 18, 4, -14, 0.7, 0.2));

        assertThat(measure.leak()).isCloseTo(0.2 / (1 - measure.touched()), within(0.05));
    }

    @Test
    void the_overlay_shows_where() {
        var overlay = measured(PHOTO, TestPictures.tint(edited(PHOTO), 18, 4, -14, 0.7, 0.2))
                .overlay();

        assertThat(overlay.getWidth()).isEqualTo(512);
        assertThat(overlay.getHeight()).isEqualTo(384);
        assertThat(overlay.getRaster().getSample(180, 190, 0)).isEqualTo(255);
        assertThat(overlay.getRaster().getSample(410, 190, 0)).isBetween(12, 60);
        assertThat(overlay.getRaster().getSample(20, 20, 0)).isZero();
    }

    @Test
    void an_edit_in_two_places_has_two_parts() {
        var measure = measured(PHOTO, TestPictures.box(edited(PHOTO), Color.BLUE, 0.75, 0.1, 0.15, 0.2));

        assertThat(measure.parts()).isEqualTo(2);
        assertThat(measure.leak()).isLessThan(0.001);
    }

    @Test
    void a_change_of_the_whole_picture_has_no_outside() {
        assertThat(leak(PHOTO, TestPictures.inverted(PHOTO))).isEqualTo(new EditLeak(Outcome.WHOLE_PICTURE, null));
        assertThat(leak(PHOTO, TestPictures.tint(PHOTO, -70, -60, -40)))
                .isEqualTo(new EditLeak(Outcome.WHOLE_PICTURE, null));
    }

    @Test
    void a_faint_change_of_everything_has_no_region() {
        assertThat(leak(PHOTO, TestPictures.tint(PHOTO, 14, 3, -10))).isEqualTo(new EditLeak(Outcome.NO_REGION, null));
    }

    @Test
    void the_source_again_is_unchanged_whatever_its_coding() {
        assertThat(leak(PHOTO, PHOTO).outcome()).isEqualTo(Outcome.UNCHANGED);
        assertThat(leak(PHOTO, TestPictures.coded(PHOTO, 0.75)).outcome()).isEqualTo(Outcome.UNCHANGED);
        assertThat(leak(PHOTO, TestPictures.scaled(PHOTO, 1024, 768)).outcome()).isEqualTo(Outcome.UNCHANGED);
    }

    @Test
    void coding_noise_around_an_edit_is_no_leak() {
        assertThat(measured(PHOTO, TestPictures.coded(TestPictures.scaled(edited(PHOTO), 640, 480), 0.75))
                        .leak())
                .isLessThan(0.005);
    }

    @Test
    void sizes_may_differ() {
        assertThat(measured(PHOTO, TestPictures.scaled(edited(PHOTO), 1280, 960))
                        .leak())
                .isLessThan(0.005);
        assertThat(measured(PHOTO, TestPictures.scaled(edited(PHOTO), 512, 384)).leak())
                .isLessThan(0.005);
        var large = TestPictures.scaled(PHOTO, 1600, 1200);
        assertThat(measured(large, edited(PHOTO)).leak()).isLessThan(0.005);
        // rounding of a size is no other shape
        assertThat(measured(PHOTO, TestPictures.scaled(edited(PHOTO), 513, 384)).leak())
                .isLessThan(0.01);
    }

    @Test
    void only_what_an_edit_of_another_shape_covers_is_compared() {
        var square = edited(PHOTO).getSubimage(80, 0, 480, 480);

        var measure = measured(PHOTO, square);

        assertThat(measure.leak()).isLessThan(0.005);
        assertThat(measure.overlay().getWidth()).isEqualTo(512);
        assertThat(measure.overlay().getRaster().getSample(10, 190, 0)).isZero();
    }

    @Test
    void what_becomes_transparent_is_touched_and_what_stays_so_is_not() {
        var hole = new Color(0, 0, 0, 0);
        var whiteWall = TestPictures.box(PHOTO, Color.WHITE, 0.5, 0, 0.5, 1);
        var cut = TestPictures.box(whiteWall, hole, 0.6, 0.2, 0.3, 0.5);

        assertThat(measured(whiteWall, cut).touched()).isBetween(0.15, 0.15 + MARGIN);
        assertThat(leak(cut, TestPictures.copy(cut)).outcome()).isEqualTo(Outcome.UNCHANGED);
        assertThat(measured(cut, edited(cut)).leak()).isLessThan(0.005);
    }

    @Test
    void the_smallest_pictures_are_measured_too() {
        var dot = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB);

        assertThat(leak(dot, dot).outcome()).isEqualTo(Outcome.UNCHANGED);
        assertThat(leak(TestPictures.photo(3, 2000), TestPictures.photo(3, 2000))
                        .outcome())
                .isEqualTo(Outcome.UNCHANGED);
        assertThat(leak(PHOTO, dot).measure()).isNull();
    }

    /** The four corners that are tried, and some places between. */
    static Stream<Arguments> places() {
        var random = new SplittableRandom(1);
        double least = 0.02;
        double most = 0.7;
        return Stream.concat(
                Stream.of(
                        Arguments.of(least, least),
                        Arguments.of(least, most),
                        Arguments.of(most, least),
                        Arguments.of(most, most)),
                Stream.generate(() -> Arguments.of(random.nextDouble(least, most), random.nextDouble(least, most)))
                        .limit(8));
    }

    @ParameterizedTest
    @MethodSource("places")
    void a_box_anywhere_leaks_nothing(double x, double y) {
        var measure = measured(PHOTO, TestPictures.box(PHOTO, new Color(20, 20, 230), x, y, 0.2, 0.25));

        assertThat(measure.leak()).isLessThan(0.001);
        assertThat(measure.touched()).isBetween(0.04, 0.05 + MARGIN);
    }
}
