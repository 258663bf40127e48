package org.diptych.service.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class OneLineTest {
    private static String name(String text) {
        return OneLine.of("invalid_name", "name", text, 5);
    }

    @Test
    void blanks_around_it_are_trimmed_whatever_kind_they_are() {
        assertThat(name(" \t\u00a0\u3000\uFEFF\u200b a b\u2003\n")).isEqualTo("a b");
    }

    @Test
    void length_counts_characters_as_people_do() {
        assertThat(name("👩👩👩👩👩")).hasSize(10);
        assertThatThrownBy(() -> name("abcdef")).hasMessageContaining("6").hasMessageContaining("At most 5");
    }

    @Test
    void what_breaks_a_line_is_refused() {
        for (var text : new String[] {"a\nb", "a\rb", "a\tb", "a\u0085b", "a\u2028b", "a\u2029b", "a\0b", "a\ud800"}) {
            assertThatThrownBy(() -> name(text)).hasMessageContaining("name");
        }
    }

    @Test
    void nothing_visible_is_no_name() {
        assertThatThrownBy(() -> name("\u200b \u00a0")).hasMessageContaining("empty");
    }
}
