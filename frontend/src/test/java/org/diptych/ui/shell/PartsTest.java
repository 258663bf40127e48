package org.diptych.ui.shell;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The small parts of pages. */
class PartsTest {
    @Test
    void what_people_wrote_keeps_its_lines_and_direction_and_is_left_to_no_translator() {
        var written = Parts.written("اجعل القطة سوداء.\r\nThen\u2028stop.", "s");
        assertThat(written.getText()).isEqualTo("اجعل القطة سوداء.\nThen\nstop.");
        assertThat(written.getClassNames()).containsExactlyInAnyOrder("s", "written");
        assertThat(written.getElement().getAttribute("dir")).isEqualTo("auto");
        assertThat(written.getElement().getAttribute("lang")).isEmpty();
        assertThat(written.getElement().getAttribute("translate")).isEqualTo("no");
    }

    @Test
    void a_cell_that_the_browser_draws_is_written_in_the_same_way() {
        assertThat(Parts.writtenCell("instruction", "clipped"))
                .isEqualTo("<div class='written clipped' dir='auto' lang='' translate='no'"
                        + " .textContent=${item.instruction}></div>");
    }
}
