package org.diptych.statistics.annotator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class LabelTableTest {

    @Test
    void rows_are_sorted_by_task_and_keep_their_order() {
        var table = LabelTable.of(3, 2, 4, new int[] {2, 0, 2}, new int[] {1, 0, 0}, new int[] {3, 1, 2});

        assertThat(new int[] {table.start(0), table.start(1), table.start(2), table.start(3)})
                .containsExactly(0, 1, 1, 3);
        assertThat(table.label(1)).isEqualTo(3);
        assertThat(table.annotator(2)).isZero();
        assertThat(table.labelsPerAnnotator()).containsExactly(2, 1);
        LabelTable others = table.filter((task, annotator) -> annotator != 0);
        assertThat(others.size()).isEqualTo(1);
        assertThat(others.label(others.start(2))).isEqualTo(3);
        assertThat(others.tasks()).isEqualTo(3);
    }

    @Test
    void a_row_out_of_range_is_named() {
        assertThatThrownBy(() -> LabelTable.of(1, 1, 2, new int[] {0, 0}, new int[] {0, 0}, new int[] {1, 2}))
                .hasMessage("Row 1: label must be 0 to 1, not 2");
        assertThatThrownBy(() -> LabelTable.of(1, 1, 2, new int[] {0}, new int[] {-1}, new int[] {1}))
                .hasMessage("Row 0: annotator must be 0 to 0, not -1");
        assertThatThrownBy(() -> LabelTable.of(1, 1, 1, new int[0], new int[0], new int[0]))
                .hasMessageContaining("two classes");
    }
}
