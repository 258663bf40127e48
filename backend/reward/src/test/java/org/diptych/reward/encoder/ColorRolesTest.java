package org.diptych.reward.encoder;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ColorRolesTest {

    @Test
    void an_added_thing_brings_its_colour() {
        var roles = ColorRoles.of("add a red star in the middle");
        assertThat(roles.wanted()).containsExactly(NamedColor.RED);
        assertThat(roles.gone()).isEmpty();
    }

    @Test
    void a_recoloured_thing_loses_the_first_colour_and_gets_the_last() {
        for (var text : new String[] {
            "make the red car blue", "change the colour of the red car to blue", "replace the red car with a blue one"
        }) {
            var roles = ColorRoles.of(text);
            assertThat(roles.gone()).as(text).containsExactly(NamedColor.RED);
            assertThat(roles.wanted()).as(text).containsExactly(NamedColor.BLUE);
        }
    }

    @Test
    void a_removed_thing_takes_its_colour_along() {
        assertThat(ColorRoles.of("remove the green balloon").gone()).containsExactly(NamedColor.GREEN);
        assertThat(ColorRoles.of("remove the green balloon").wanted()).isEmpty();
    }

    @Test
    void a_moved_thing_keeps_its_colour_and_written_words_have_none() {
        assertThat(ColorRoles.of("move the yellow ball to the left").wanted()).isEmpty();
        assertThat(ColorRoles.of("write 'red' below").wanted()).isEmpty();
        assertThat(ColorRoles.of("make it black and white").wanted()).isEmpty();
    }
}
