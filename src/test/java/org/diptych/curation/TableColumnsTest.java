package org.diptych.curation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.diptych.service.dataset.table.CellKind;
import org.diptych.service.dataset.table.CellKind.Value;
import org.junit.jupiter.api.Test;

class TableColumnsTest {
    private static final CellKind TEXT = new CellKind(Value.TEXT, false);
    private static final CellKind PICTURE = new CellKind(Value.PICTURE, false);

    @Test
    void pictures_go_before_text_that_only_has_the_better_name() throws Exception {
        var columns = TableColumns.of(
                Map.of("instruction", TEXT, "source", TEXT, "source_img", PICTURE, "result", PICTURE, "edited", TEXT),
                Map.of());
        assertThat(columns.source()).isEqualTo("source_img");
        assertThat(columns.edited()).containsExactly("result");
    }

    @Test
    void a_list_of_wordings_is_an_instruction_and_a_task_a_category() throws Exception {
        var columns = TableColumns.of(
                Map.of(
                        "edited_prompt_list",
                        new CellKind(Value.TEXT, true),
                        "src_img",
                        PICTURE,
                        "edited_img",
                        PICTURE,
                        "task",
                        TEXT),
                Map.of());
        assertThat(columns.instruction()).isEqualTo("edited_prompt_list");
        assertThat(columns.category()).isEqualTo("task");
        assertThat(columns.id()).isNull();
    }
}
