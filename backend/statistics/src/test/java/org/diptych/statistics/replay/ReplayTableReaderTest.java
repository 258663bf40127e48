package org.diptych.statistics.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import de.siegmar.fastcsv.reader.CsvReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import org.diptych.statistics.replay.ReplayTableReader.MalformedTableException;
import org.junit.jupiter.api.Test;

class ReplayTableReaderTest {
    private static final Path VIESCORE = Path.of("src/test/resources/viescore/Text-Guided_IE_human3_plus_judges.tsv");
    private static final List<String> HEADER = List.of("uid", "model", "r1_SC", "r1_PQ", "judge");

    /** ImagenHub's ratings joined with VIEScore's judges. */
    static ReplayTable viescore() {
        try (var records = CsvReader.builder().fieldSeparator('\t').ofCsvRecord(VIESCORE)) {
            var rows = records.iterator();
            var reader = new ReplayTableReader(rows.next().getFields());
            rows.forEachRemaining(row -> reader.add(row.getStartingLineNumber(), row.getFields()));
            return reader.table();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @Test
    void real_table_has_the_size_that_its_benchmark_names() {
        var table = viescore();
        // Imagic has no judges and takes no part
        assertThat(table.edits()).isEqualTo(1_432);
        assertThat(table.items()).isEqualTo(179);
        assertThat(table.pairs()).isEqualTo(5_012);
        assertThat(table.raters()).isEqualTo(3);
        assertThat(table.width()).isEqualTo(51);
        assertThat(table.majorityTies() / 5_012.0).isCloseTo(.154, within(.0005));
    }

    @Test
    void verdicts_are_signs_of_summed_scores_and_missing_scores_give_none() {
        var reader = new ReplayTableReader(List.of("uid", "model", "r1_SC", "r1_PQ", "r2_SC", "r2_PQ", "judge"));
        reader.add(2, List.of("a", "x", "1", "0", "0.5", "0.5", "3"));
        reader.add(3, List.of("a", "y", "0", "0.5", "", "0.5", "1"));
        var table = reader.table();
        assertThat(table.pairs()).isEqualTo(1);
        assertThat(table.verdicts(0)).containsExactly((byte) 1, ReplayTable.NO_VERDICT);
        assertThat(table.majority(0)).isEqualTo(1);
    }

    @Test
    void malformed_rows_are_named_by_line_and_column() {
        var reader = new ReplayTableReader(HEADER);
        reader.add(2, List.of("a", "x", "1", "0", "3"));
        assertThatThrownBy(() -> reader.add(7, List.of("a", "y", "1", "zero", "3")))
                .isInstanceOfSatisfying(
                        MalformedTableException.class,
                        malformed -> assertThat(malformed.line()).isEqualTo(7))
                .hasMessageContaining("r1_PQ")
                .hasMessageContaining("zero");
        assertThatThrownBy(() -> reader.add(8, List.of("a", "y", "1")))
                .hasMessageContaining("3 fields")
                .hasMessageContaining("5");
        assertThatThrownBy(() -> reader.add(9, List.of("a", "x", "1", "0", "3")))
                .hasMessageContaining("second row");
        assertThatThrownBy(() -> reader.add(10, List.of("a", "z", "1", "NaN", "3")))
                .hasMessageContaining("finite");
        for (var notPlain : List.of("1f", "0x1p3", "1d", "1e400", "\uFF13", "NA", "-", "1,5")) {
            assertThatThrownBy(() -> reader.add(11, List.of("a", "z" + notPlain, notPlain, "1", "3")))
                    .hasMessageContaining("r1_SC")
                    .hasMessageContaining(notPlain);
        }
        assertThatThrownBy(() -> reader.add(12, List.of(" a", "x ", "1", "0", "3")))
                .hasMessageContaining("second row");
        assertThatThrownBy(() -> new ReplayTableReader(List.of("uid", "r1_SC", "judge")))
                .hasMessageContaining("\"model\"");
        assertThatThrownBy(() -> new ReplayTableReader(List.of("uid", "model", "judge")))
                .hasMessageContaining("human");
    }
}
