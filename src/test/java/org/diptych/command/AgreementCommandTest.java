package org.diptych.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class AgreementCommandTest {
    /** Krippendorff's example of four observers and twelve units (2011). */
    private static final String[] KRIPPENDORFF = {
        "1,1,,1", "2,2,3,2", "3,3,3,3", "3,3,3,3", "2,2,2,2", "1,2,3,4", "4,4,4,4", "1,1,2,1", "2,2,2,2", ",5,5,5",
        ",,1,1", ",,3,"
    };

    @TempDir
    private Path folder;

    private Path file = Path.of("");
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void name_the_file() {
        file = folder.resolve("ratings.csv");
    }

    @Test
    void prints_the_published_coefficients() throws IOException {
        write(krippendorff());

        assertThat(run()).isZero();
        var report = json();
        assertThat(report.get("level").asString()).isEqualTo("ordinal");
        assertThat(report.at("/alpha/value").asDouble()).isCloseTo(.81538750, within(1e-8));
        assertThat(report.at("/alpha/low").asDouble()).isLessThan(.81538750);
        assertThat(report.at("/alpha/high").asDouble()).isGreaterThan(.81538750);
        assertThat(report.at("/alphaByLevel/nominal/value").asDouble()).isCloseTo(.74342105, within(1e-8));
        assertThat(report.at("/alphaByLevel/ratio/value").asDouble()).isCloseTo(.79740277, within(1e-8));
        assertThat(report.at("/ac1/value").asDouble()).isCloseTo(.77544407, within(1e-8));
        assertThat(report.at("/ac2/value").asDouble()).isCloseTo(.91400072, within(1e-8));
        assertThat(report.at("/percent/value").asDouble()).isCloseTo(.81818182, within(1e-8));
        assertThat(report.at("/conger/value").asDouble()).isCloseTo(.76281744, within(1e-8));
        assertThat(report.at("/cohen/value").isNull()).isTrue();
        assertThat(report.at("/cohen/reason").asString()).contains("two annotators");
        assertThat(report.get("units").asInt()).isEqualTo(12);
        assertThat(report.get("pairable").asInt()).isEqualTo(11);
        assertThat(report.get("ratings").asInt()).isEqualTo(41);
        assertThat(report.get("pairs").size()).isEqualTo(6);
    }

    @Test
    void order_of_rows_does_not_matter_and_the_seed_does() throws IOException {
        write(krippendorff());
        run("--seed", "3");
        var inOrder = json();
        write(krippendorff().reversed());
        run("--seed", "3");
        var reversed = json();
        run("--seed", "4");

        assertThat(reversed.get("alpha")).isEqualTo(inOrder.get("alpha"));
        assertThat(json().at("/alpha/low")).isNotEqualTo(reversed.at("/alpha/low"));
    }

    @Test
    void words_are_nominal_and_words_of_equal_hash_are_different() throws IOException {
        write(List.of("u,a,Aa", "u,b,BB", "v,a,BB", "v,b,Aa"));

        assertThat(run()).isZero();
        assertThat(json().get("level").asString()).isEqualTo("nominal");
        assertThat(json().at("/percent/value").asDouble()).isZero();
        assertThat(json().at("/alpha/value").asDouble()).isEqualTo(-.5);
        assertThat(json().at("/ac2/reason").asString()).isEqualTo("The values have no order.");
    }

    @Test
    void equal_numbers_are_one_value_unless_text_is_asked_for() throws IOException {
        write(List.of("u,a,1", "u,b,1.0", "v,a,2", "v,b,2"));

        run();
        assertThat(json().at("/alpha/value").asDouble()).isEqualTo(1);
        run("--level", "nominal");
        assertThat(json().at("/percent/value").asDouble()).isEqualTo(.5);
    }

    @Test
    void one_value_only_is_explained() throws IOException {
        write(List.of("u,a,1", "u,b,1"));

        assertThat(run()).isZero();
        assertThat(json().at("/alpha/value").isNull()).isTrue();
        assertThat(json().at("/alpha/low").isNull()).isTrue();
        assertThat(json().at("/alpha/reason").asString()).startsWith("Only one value was used");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "u,a,1;u,b          | 3 | has 2 fields",
                "u,a,1;u,b,2,3      | 3 | has 4 fields",
                "u,a,1;u,b,         | 3 | the value is empty",
                "u,a,1;,b,2         | 3 | the unit is empty",
                "u,a,1;v,a,1;u,a,2  | 4 | annotator \"a\" has rated unit \"u\" before",
                "u,a,1;;v,a,1;u,a,2 | 5 | annotator \"a\" has rated unit \"u\" before"
            })
    void malformed_rows_are_named_by_file_and_line(String rows, int line, String problem) throws IOException {
        write(List.of(rows.split(";")));

        assertThat(run()).isEqualTo(2);
        assertThat(err.toString()).startsWith(file + ":" + line + ": ").contains(problem);
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void words_at_a_numeric_level_are_named_by_line() throws IOException {
        write(List.of("u,a,1", "u,b,good"));

        assertThat(run("--level", "interval")).isEqualTo(2);
        assertThat(err.toString()).startsWith(file + ":3: the value \"good\" is not a number");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "NA",
                "NaN",
                "n/a",
                "null",
                "-",
                "–",
                "?",
                "３",
                "٣",
                "½",
                "3,5",
                "1 000",
                "1e400",
                "Infinity",
                "0x1p3",
                "1f",
                "good"
            })
    void one_value_that_is_no_number_never_changes_the_level(String odd) throws IOException {
        write(List.of("u,a,1", "u,b,2", "v,a,3", "v,b,\"" + odd + "\""));

        assertThat(run()).isEqualTo(2);
        assertThat(err.toString())
                .startsWith(file + ":5: the value \"" + odd + "\"")
                .contains("column 3", "--level nominal");
        assertThat(out.toString()).isEmpty();
        assertThat(run("--level", "interval")).isEqualTo(2);
        assertThat(err.toString())
                .startsWith(file + ":5: the value \"" + odd + "\"")
                .contains("column 3");
        assertThat(run("--missing", odd)).isZero();
        assertThat(json().get("level").asString()).isEqualTo("ordinal");
        assertThat(json().get("ratings").asInt()).isEqualTo(3);
        assertThat(err.toString()).contains("Rows left out as missing: 1.");
    }

    @Test
    void a_mark_of_a_missing_rating_among_words_is_named_too() throws IOException {
        write(List.of("u,a,good", "u,b,bad", "v,a,NA", "v,b,good"));

        assertThat(run()).isEqualTo(2);
        assertThat(err.toString()).startsWith(file + ":4: the value \"NA\"");
        assertThat(run("--level", "nominal")).isZero();
        assertThat(err.toString()).contains("Warning: " + file + ":4: the value \"NA\" is taken as a word");
    }

    @Test
    void words_with_digits_are_words_and_the_level_is_told_with_its_reason() throws IOException {
        write(List.of("u,a,A1", "u,b,B2", "v,a,A1", "v,b,A1"));

        assertThat(run()).isZero();
        assertThat(err.toString()).contains("Read at the nominal level: all values are words.");
        assertThat(json().get("levelReason").asString()).isEqualTo("all values are words");
    }

    @Test
    void blanks_around_fields_do_not_count() throws IOException {
        Files.writeString(file, "unit, annotator ,value\nu,a, 1\nu ,b,1\u00A0\nv,\ta,2\nv,b,\u200B2 \n");

        assertThat(run()).isZero();
        assertThat(json().get("level").asString()).isEqualTo("ordinal");
        assertThat(json().get("units").asInt()).isEqualTo(2);
        assertThat(json().at("/alpha/value").asDouble()).isEqualTo(1);
    }

    @Test
    void a_byte_order_mark_before_a_quote_is_accepted_and_utf_16_is_named() throws IOException {
        Files.writeString(file, "\uFEFF\"unit\",\"annotator\",\"value\"\r\n\"u\",\"a\",\"1\"\r\nu,b,2\r\n");
        assertThat(run()).isZero();
        assertThat(json().get("ratings").asInt()).isEqualTo(2);
        for (var charset : List.of(StandardCharsets.UTF_16, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
            Files.writeString(file, "unit,annotator,value\nu,a,1\n", charset);
            assertThat(run()).isEqualTo(2);
            assertThat(err.toString()).startsWith(file + ":1: is in UTF-16");
        }
    }

    @Test
    void a_duplicate_behind_rows_that_were_left_out_is_named_by_its_own_line() throws IOException {
        write(List.of("u,a,NA", "u,a,1", "v,a,NA", "u,a,2"));

        assertThat(run("--missing", "NA")).isEqualTo(2);
        assertThat(err.toString()).contains(file + ":5: annotator \"a\" has rated unit \"u\" before");
    }

    @Test
    void an_unclosed_quote_is_named() throws IOException {
        write(List.of("u,a,1", "u,\"b,2", "v,c,3"));

        assertThat(run()).isEqualTo(2);
        assertThat(err.toString()).startsWith(file + ":3: ");
    }

    @Test
    void a_wrong_header_is_named() throws IOException {
        Files.writeString(file, "item,rater,score\n1,2,3\n");

        assertThat(run()).isEqualTo(2);
        assertThat(err.toString())
                .startsWith(file + ":1: the header is \"item,rater,score\"; it must be \"unit,annotator,value\"");
    }

    @Test
    void a_byte_order_mark_and_windows_line_ends_are_accepted() throws IOException {
        Files.writeString(file, "\uFEFFunit,annotator,value\r\nu,a,1\r\nu,b,2\r\n");

        assertThat(run()).isZero();
        assertThat(json().get("ratings").asInt()).isEqualTo(2);
    }

    @Test
    void bytes_that_are_not_utf_8_are_refused() throws IOException {
        Files.write(file, "unit,annotator,value\nu,Zoë,1\n".getBytes(StandardCharsets.ISO_8859_1));

        assertThat(run()).isEqualTo(2);
        assertThat(err.toString()).contains("is not UTF-8");
    }

    @Test
    void an_empty_file_a_missing_file_and_bad_options_are_refused() throws IOException {
        assertThat(run()).isEqualTo(2);
        assertThat(err.toString()).contains("no such file");
        Files.writeString(file, "");
        assertThat(run()).isEqualTo(2);
        assertThat(err.toString()).contains("ratings.csv:1: is empty");
        write(List.of("u,a,1"));
        assertThat(run("--level", "cardinal")).isEqualTo(2);
        assertThat(run("--bootstrap", "10")).isEqualTo(2);
    }

    private int run(String... options) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        var arguments = Arrays.copyOf(options, options.length + 1);
        arguments[options.length] = file.toString();
        return new CommandLine(new AgreementCommand())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    private JsonNode json() {
        return JsonMapper.shared().readTree(out.toString());
    }

    private void write(List<String> rows) throws IOException {
        Files.writeString(file, "unit,annotator,value\n" + String.join("\n", rows) + "\n");
    }

    private static List<String> krippendorff() {
        var rows = new ArrayList<String>();
        for (var unit = 0; unit < KRIPPENDORFF.length; unit++) {
            var values = KRIPPENDORFF[unit].split(",", -1);
            for (var annotator = 0; annotator < values.length; annotator++) {
                if (!values[annotator].isEmpty()) {
                    rows.add("unit %d,%d,%s".formatted(unit, annotator, values[annotator]));
                }
            }
        }
        return rows;
    }
}
