package org.diptych.service.dataset.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.diptych.service.dataset.table.Feature.Picture.Encoded;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of another writer (DuckDB), read page by page. */
@NullUnmarked
class ParquetRowsTest {
    private static final int ROWS = 5_000;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"uncompressed", "snappy", "gzip", "zstd", "lz4_raw"})
    void rows_are_read_in_order_whatever_packs_the_pages(String compression) throws Exception {
        try (var rows = ParquetRows.open(table(compression))) {
            assertThat(rows.count()).isEqualTo(ROWS);
            assertThat(rows.columns().toString())
                    .isEqualTo("{instruction=text, picture=picture, numbers=list of number, odd=truth}");
            rows.select(List.of("instruction", "picture", "numbers", "odd"));
            for (int i = 0; i < ROWS; i++) {
                var row = rows.next();
                assertThat(row.number()).isEqualTo(i);
                assertThat(row.values().get("instruction")).isEqualTo(i % 3 == 0 ? null : "make " + i);
                assertThat(row.values().get("numbers")).isEqualTo(List.of(1, i));
                assertThat(((Encoded) row.values().get("picture")).bytes()).hasSize(300 + i % 7);
                assertThat(((Encoded) row.values().get("picture")).path()).isEqualTo("x.png");
            }
            assertThat(rows.next()).isNull();
        }
    }

    @Test
    void a_row_far_behind_is_found_without_reading_those_before_its_group() throws Exception {
        try (var rows = ParquetRows.open(table("zstd"))) {
            rows.select(List.of("instruction"));
            rows.skipTo(4_001);
            assertThat(rows.next().values()).containsEntry("instruction", "make 4001");
            rows.skipTo(4_003);
            assertThat(rows.next().number()).isEqualTo(4_003);
        }
    }

    @Test
    void a_torn_off_or_damaged_file_is_named_as_such() throws Exception {
        byte[] whole = Files.readAllBytes(table("snappy"));
        var torn = Files.write(folder.resolve("torn"), Arrays.copyOf(whole, whole.length / 2));
        assertThatThrownBy(() -> ParquetRows.open(torn))
                .isInstanceOf(UnreadableTableException.class)
                .hasMessageContaining("truncated");
        Arrays.fill(whole, 200, 20_000, (byte) 0x5a);
        assertThatThrownBy(() -> readAll(Files.write(folder.resolve("damaged"), whole)))
                .isInstanceOf(UnreadableTableException.class)
                .hasMessageContaining("damaged");
        var text = Files.writeString(folder.resolve("text"), "{\"id\": \"no table at all\"}");
        assertThatThrownBy(() -> ParquetRows.open(text)).hasMessageContaining("no Parquet file");
    }

    @Test
    void a_way_of_packing_that_is_not_known_is_named_before_anything_is_read() throws Exception {
        try (var rows = ParquetRows.open(table("brotli"))) {
            assertThatThrownBy(() -> rows.select(List.of("instruction"))).hasMessageContaining("BROTLI");
        }
    }

    @Test
    void a_page_of_nothing_unpacks_to_nothing_whatever_it_says_it_is_packed_with() throws Exception {
        for (var codec : List.of(CompressionCodecName.SNAPPY, CompressionCodecName.GZIP, CompressionCodecName.ZSTD)) {
            assertThat(PageCompression.unpack(codec, new byte[0], 0)).isEmpty();
        }
    }

    @Test
    void the_words_of_numbered_labels_are_in_the_footer() throws Exception {
        var file = folder.resolve("labels.parquet");
        try (var stream = Files.newOutputStream(file);
                var table = new ParquetTable(
                        stream,
                        new Columns().with("category", new Feature.ClassLabel(List.of("colour", "removal"))),
                        false)) {
            table.add(List.of("removal"));
        }
        try (var rows = ParquetRows.open(file)) {
            assertThat(rows.labels()).containsExactly(Map.entry("category", List.of("colour", "removal")));
            rows.select(List.of("category"));
            assertThat(rows.next().values()).containsEntry("category", 1L);
        }
    }

    private static void readAll(Path file) throws IOException {
        try (var rows = ParquetRows.open(file)) {
            rows.select(List.copyOf(rows.columns().keySet()));
            while (rows.next() != null) {
                // until it breaks
            }
        }
    }

    private Path table(String compression) throws Exception {
        var file = folder.resolve(compression + ".parquet");
        try (var connection = DriverManager.getConnection("jdbc:duckdb:");
                var statement = connection.createStatement()) {
            statement.execute("""
                    COPY (SELECT CASE WHEN i %% 3 = 0 THEN NULL ELSE 'make ' || i END AS instruction,
                                 {'bytes': repeat('a', 300 + i %% 7)::blob, 'path': 'x.png'} AS picture,
                                 [1, i] AS numbers, i %% 2 = 1 AS odd
                          FROM range(0, %d) t(j), LATERAL (SELECT j::INTEGER AS i))
                    TO '%s' (FORMAT parquet, COMPRESSION %s, ROW_GROUP_SIZE 2048)""".formatted(ROWS, file, compression));
        }
        return file;
    }
}
