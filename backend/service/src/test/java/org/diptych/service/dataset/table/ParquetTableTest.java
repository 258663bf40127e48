package org.diptych.service.dataset.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.LocalInputFile;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How tables lie in their files. */
@NullUnmarked
class ParquetTableTest {
    private static final Columns COLUMNS = new Columns()
            .with("late", Feature.Value.STRING)
            .with("never", Feature.Value.INT32)
            .with("picture", new Feature.Picture())
            .with("words", new Feature.ListOf(Feature.Value.STRING));

    @TempDir
    Path folder;

    @Test
    void row_groups_hold_few_pictures_and_less_memory_the_larger_these_are() throws IOException {
        write("small", 250, 100);
        write("large", 60, 4 << 20);

        assertThat(rows("SELECT row_group_num_rows FROM parquet_metadata('%s/small') WHERE path_in_schema = 'late'"))
                .containsExactly(List.of("100"), List.of("100"), List.of("50"));
        assertThat(rows("SELECT max(bytes) < 100000000, sum(n) FROM (SELECT sum(total_uncompressed_size) AS bytes,"
                        + " max(row_group_num_rows) AS n FROM parquet_metadata('%s/large') GROUP BY row_group_id)"))
                .containsExactly(List.of("true", "60"));
    }

    @Test
    void every_column_has_a_page_index_and_only_texts_a_dictionary() throws IOException {
        write("table.parquet", 250, 100);

        try (var reader = ParquetFileReader.open(
                new LocalInputFile(folder.resolve("table.parquet")),
                ParquetReadOptions.builder(new PlainParquetConfiguration())
                        .withCodecFactory(new Uncompressed())
                        .build())) {
            for (var group : reader.getFooter().getBlocks()) {
                for (var column : group.getColumns()) {
                    assertThat(column.getOffsetIndexReference())
                            .as(column.toString())
                            .isNotNull();
                    assertThat(column.getColumnIndexReference())
                            .as(column.toString())
                            .isNotNull();
                    if (column.getPath().toDotString().endsWith("bytes")) {
                        assertThat(column.hasDictionaryPage()).isFalse();
                    }
                    if (column.getPath().toDotString().equals("words.list.element")) {
                        assertThat(column.hasDictionaryPage()).isTrue();
                    }
                }
            }
        }
    }

    @Test
    void columns_that_begin_with_nulls_or_hold_nothing_else_keep_their_type() throws IOException {
        write("table.parquet", 250, 100);

        assertThat(rows("SELECT typeof(late), typeof(never), count(*), count(late), count(never), max(late) FROM"
                        + " '%s/table.parquet' GROUP BY 1, 2"))
                .containsExactly(List.of("VARCHAR", "INTEGER", "250", "1", "0", "\u2028 \ud83d\ude80"));
    }

    private void write(String name, int rows, int bytes) throws IOException {
        var random = new Random(1);
        try (var stream = Files.newOutputStream(folder.resolve(name));
                var table = new ParquetTable(stream, COLUMNS, true)) {
            for (int row = 0; row < rows; row++) {
                var picture = new byte[bytes];
                random.nextBytes(picture);
                table.add(Arrays.asList(
                        row == rows - 1 ? "\u2028 \ud83d\ude80" : null,
                        null,
                        new Feature.Picture.Encoded(picture, row + ".png"),
                        List.of("the same", "words")));
            }
        }
    }

    private List<List<String>> rows(String query) {
        var rows = new ArrayList<List<String>>();
        try (var connection = DriverManager.getConnection("jdbc:duckdb:");
                var statement = connection.createStatement();
                var result = statement.executeQuery(query.replace("%s", folder.toString()))) {
            while (result.next()) {
                var row = new ArrayList<String>();
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    row.add(result.getString(i));
                }
                rows.add(row);
            }
            return rows;
        } catch (SQLException e) {
            throw new AssertionError(query, e);
        }
    }
}
