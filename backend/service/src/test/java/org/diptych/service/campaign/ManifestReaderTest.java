package org.diptych.service.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.diptych.service.campaign.ManifestReader.ParsedRow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestReaderTest {
    private static final ImportLimits LIMITS = new ImportLimits(1, 1, 1, 1, 5, 2_000, 10, 1000, 10);

    private static String row(String id) {
        return "{\"id\": " + id + ", \"instruction\": \"Red.\", \"source\": \"s.png\", \"candidates\":"
                + " [{\"model\": \"x\", \"image\": \"a.png\"}, {\"model\": \"y\", \"image\": \"b.png\"}]}";
    }

    private static List<ParsedRow> read(byte[] manifest) throws IOException {
        var rows = new ArrayList<ParsedRow>();
        try (var reader = ManifestReader.of(new ByteArrayInputStream(manifest), LIMITS, null)) {
            for (var row = reader.next(); row != null; row = reader.next()) {
                rows.add(row);
            }
        }
        return rows;
    }

    private static List<ParsedRow> read(String manifest) throws IOException {
        return read(manifest.getBytes(StandardCharsets.UTF_8));
    }

    private static ManifestRow only(String manifest) throws IOException {
        var rows = read(manifest);
        assertThat(rows)
                .singleElement()
                .satisfies(row -> assertThat(row.problems()).isEmpty());
        return Objects.requireNonNull(rows.getFirst().row());
    }

    private static void assertProblem(String manifest, int line, String field, String message) throws IOException {
        assertThat(read(manifest).stream()
                        .flatMap(row -> row.problems().stream())
                        .toList())
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.line()).isEqualTo(line);
                    assertThat(problem.field()).isEqualTo(field);
                    assertThat(problem.message())
                            .contains(message)
                            .doesNotContainIgnoringCase("jackson")
                            .doesNotContain("REDACTED", "Source:", "[Source", "START_OBJECT", "Unexpected character");
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r", "\n\n", "\r\r", "\r\n\r\n \t\r\n"})
    void lines_may_end_as_on_any_system(String end) throws IOException {
        assertThat(read(row("\"1\"") + end + row("\"2\"")).stream()
                        .map(ParsedRow::row)
                        .flatMap(Stream::ofNullable)
                        .map(ManifestRow::id))
                .containsExactly("1", "2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16LE", "UTF-16BE", "UTF-16", "UTF-32LE", "UTF-32BE"})
    void another_encoding_is_one_sentence(String charset) throws IOException {
        var text = row("\"1\"") + "\n" + row("\"2\"") + "\n";
        assertThat(read(text.getBytes(Charset.forName(charset))))
                .singleElement()
                .satisfies(
                        row -> assertThat(row.problems().getFirst().message()).contains("UTF-16"));
        assertThat(read(("\ufeff" + text).getBytes(Charset.forName(charset)))).hasSize(1);
    }

    @Test
    void json_that_is_laid_out_for_people_is_one_sentence() throws IOException {
        var pretty = row("\"1\"").replace(", ", ",\n  ").replace("{\"id", "{\n  \"id");
        assertProblem(pretty + "\n" + pretty, 1, "", "rows of more than one line");
        assertProblem(row("\"1\"").replaceFirst(", ", ",\n"), 1, "", "rows of more than one line");
        assertProblem("[\n" + row("\"1\"") + ",\n" + row("\"2\"") + "\n]", 1, "", "JSON array");
        assertProblem("[" + row("\"1\"") + ",\n" + row("\"2\"") + "]", 1, "", "JSON array");
        assertProblem("\n[" + row("\"1\"") + ", " + row("\"2\"") + "]", 2, "", "JSON array");
        assertProblem("[" + "{},".repeat(1_000) + "{}]", 1, "", "JSON array");
    }

    @Test
    void a_row_that_breaks_off_is_no_reason_against_the_others() throws IOException {
        var rows = read("{\"id\": \"0\"\n" + row("\"1\"") + "\n[1]\n" + row("\"2\""));
        assertThat(rows).extracting(row -> row.row() != null).containsExactly(false, true, false, true);
        assertThat(rows.getFirst().problems().getFirst().message()).contains("ends in the middle");
    }

    @ParameterizedTest
    @CsvSource({"7, 7", "7.50, 7.50", "1e3, 1000", "18446744073709551616, 18446744073709551616", "\"a\", a"})
    void numbers_are_taken_as_names(String written, String id) throws IOException {
        assertThat(only(row(written)).id()).isEqualTo(id);
        var named = only(
                row("1").replace("\"x\"", written).replace("\"source\"", "\"category\": " + written + ", \"source\""));
        assertThat(named.candidates().getFirst().model()).isEqualTo(id);
        assertThat(named.category()).isEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"\"", "\"  \"", "null"})
    void an_empty_category_is_none(String category) throws IOException {
        assertThat(only(row("1").replace("\"source\"", "\"category\": " + category + ", \"source\""))
                        .category())
                .isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "5, 5",
        "5.0, 5",
        "1e3, 1000",
        "1.5E1, 15",
        "18446744073709551615, 18446744073709551615",
        "-9223372036854775808, -9223372036854775808"
    })
    void whole_numbers_of_64_bits_are_seeds(String written, String seed) throws IOException {
        assertThat(only(row("1").replace("\"x\"", "\"x\", \"seed\": " + written))
                        .candidates()
                        .getFirst()
                        .seed())
                .isEqualTo(new BigInteger(seed));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.5",
                "18446744073709551616",
                "-9223372036854775809",
                "1e400",
                "1e999999999",
                "true",
                "\"x\"",
                "[]"
            })
    void nothing_else_is_a_seed(String written) throws IOException {
        assertProblem(
                row("1").replace("\"x\"", "\"x\", \"seed\": " + written),
                1,
                "candidates" + "[0].seed",
                "must be a whole number");
    }

    @Test
    void what_is_wrong_is_said_in_our_own_words() throws IOException {
        assertProblem(row("1") + ",", 1, "", "a comma follows");
        assertProblem(row("1") + " {}", 1, "", "more follows the object");
        assertProblem(row("1").replace("{\"id\"", "{\"id\": 2, \"id\""), 1, "", "the key \"id\" is there twice");
        assertProblem(
                row("1").replace("\"Red.\"", "'Red.'"), 1, "", "not valid JSON at column 26, where it says 'Red.'");
        assertProblem(row("1").replace("\"Red.\"", "NaN"), 1, "", "not valid JSON at column");
        assertProblem(row("1").replace("\"Red.\"", "1" + "0".repeat(1_500)), 1, "", "a number that is too long");
        assertProblem("7", 1, "", "one JSON object");
        assertProblem(row("true"), 1, "id", "must be text or a number");
        assertProblem(row("1").replace("\"Red.\"", "7"), 1, "instruction", "must be text");
        assertProblem(row("1").replace("Red.", "\\u0000"), 1, "instruction", "NUL");
        assertProblem(row("1").replace("Red.", "\\ud800"), 1, "instruction", "surrogate");
        assertProblem(row("1").replace("\"id\"", "\"n\": 1e5000, \"id\""), 1, "n", "cannot be stored");
        assertProblem(row("1").replace("a.png", "https://x.org/a.png"), 1, "candidates" + "[0].image", "relative path");
        assertProblem(row("1") + "\n" + row("\"1\""), 2, "id", "on line 1 already");
        assertProblem("", 1, "", "empty");
        assertProblem("\ufeff\n\n", 1, "", "empty");
        assertProblem("x".repeat(3_000), 1, "", "more than 2000 bytes");
        assertThat(read((row("1") + "\n").repeat(10)))
                .hasSize(6)
                .last()
                .satisfies(
                        row -> assertThat(row.problems().getFirst().message()).contains("more than 5 rows"));
    }

    @Test
    void line_separators_within_a_text_are_kept() throws IOException {
        assertThat(only(row("1").replace("Red.", "a\u2028b\u0085c")).instruction())
                .isEqualTo("a\u2028b\u0085c");
    }

    @Test
    void a_sender_learns_of_the_pictures_of_every_row_that_can_be_read() throws IOException {
        var text = row("1")
                + "\n{\"source\": \"./s\\\\t.png\", \"candidates\": [{\"image\": \"a.png\"}, {\"image\": \"../x\"}]}";
        try (var reader = ManifestReader.ofSender(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)))) {
            reader.next();
            var second = Objects.requireNonNull(reader.next());
            assertThat(second.row()).isNull();
            assertThat(second.pictures())
                    .extracting(ManifestReader.NamedPicture::path)
                    .containsExactly("s/t.png", "a.png");
        }
    }

    @Test
    void what_a_problem_quotes_of_a_row_can_be_written() throws IOException {
        assertProblem(row("1").replace("\"source\"", "\"\\ud800\": 1, \"source\""), 1, "U+D800", "cannot be stored");
        assertProblem("{\"a\\u0000\": 1, \"a\\u0000\": 2}", 1, "", "\"aU+0000\" is there twice");
        assertProblem("{\"id\": " + "x".repeat(19) + "👩}", 1, "", "not valid JSON at column");
        assertThat(new ImportProblem(1, "known.pairs[0].answers.\udfff", "no \ud800").toString())
                .isEqualTo(new ImportProblem(1, "known.pairs[0].answers.U+DFFF", "no U+D800").toString());
    }
}
