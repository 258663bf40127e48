package org.diptych.reward.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class AskedPlaceTest {

    @Test
    void no_word_of_place_means_anywhere() {
        assertThat(AskedPlace.of("make it brighter").isAnywhere()).isTrue();
    }

    @Test
    void a_half_is_a_half_and_a_corner_is_both_its_sides() {
        assertThat(AskedPlace.of("darken the left half")).isEqualTo(new AskedPlace(0, 0.5, 0, 1));
        var corner = AskedPlace.of("add a sun in the upper right corner");
        assertThat(corner.left()).isGreaterThan(0.5);
        assertThat(corner.bottom()).isLessThan(0.5);
    }

    @Test
    void a_move_goes_where_it_says_not_where_it_starts() {
        var place = AskedPlace.of("move the star on the left to the right side");
        assertThat(place.left()).isGreaterThan(0.5);
        assertThat(place.right()).isEqualTo(1);
    }

    @Test
    void distance_counts_along_the_named_direction_only() {
        var left = AskedPlace.of("put a ball on the left side");
        assertThat(left.distance(0.19, 0.9)).isCloseTo(0, within(0.01));
        assertThat(left.distance(0.81, 0.5)).isCloseTo(0.62, within(0.01));
    }
}
