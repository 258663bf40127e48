package org.diptych.protocol.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CharactersTest {
    @Test
    void texts_of_all_scripts_with_tabs_and_line_breaks_are_well() {
        assertThat(Characters.fault("a\tb\r\nc 你好 العربية 👩‍🎨 \uFFFD")).isEmpty();
    }

    @Test
    void a_control_character_is_named() {
        assertThat(Characters.fault("a\0b"))
                .hasValueSatisfying(fault -> assertThat(fault).contains("U+0000"));
        assertThat(Characters.fault("\u001b[31m"))
                .hasValueSatisfying(fault -> assertThat(fault).contains("U+001B"));
    }

    @Test
    void half_of_a_surrogate_pair_is_named_wherever_it_stands() {
        for (var text : new String[] {"\ud83d", "a\udc00b", "\udc00\ud83d", "x\ud83d👩"}) {
            assertThat(Characters.fault(text)).as(Characters.legible(text)).isPresent();
        }
    }

    @Test
    void what_may_not_stand_is_written_out() {
        assertThat(Characters.legible("a\0b\ud83d")).isEqualTo("aU+0000bU+D83D");
    }

    @Test
    void a_beginning_ends_with_a_whole_character() {
        assertThat(Characters.beginning("ab👩c", 3)).isEqualTo("ab");
        assertThat(Characters.beginning("ab👩c", 4)).isEqualTo("ab👩");
        assertThat(Characters.beginning("ab👩", 9)).isEqualTo("ab👩");
    }
}
