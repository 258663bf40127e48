package org.diptych.statistics.agreement;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.json.JsonMapper;

/** Real ratings of edited and generated images, with the coefficients that were published or computed for them. */
class PublishedRatingsTest {

    @TestFactory
    Stream<DynamicTest> imagenhub_tables_give_the_printed_and_the_computed_coefficients() {
        return records("imagenhub/alpha_kappa_by_model.csv", ',').stream()
                .map(row -> DynamicTest.dynamicTest(
                        row.getField("task") + " " + row.getField("model") + " " + row.getField("measure"),
                        () -> assertImagenhubRow(row)));
    }

    @Test
    void thirty_seven_printed_alphas_and_kappas_are_among_the_imagenhub_rows() {
        var rows = records("imagenhub/alpha_kappa_by_model.csv", ',');

        assertThat(rows)
                .filteredOn(row -> !row.getField("printed_alpha_ordinal").isEmpty())
                .hasSize(37);
        assertThat(rows)
                .filteredOn(row -> !row.getField("printed_fleiss").isEmpty())
                .hasSize(37);
    }

    @Test
    void five_raters_with_missing_ratings_give_the_alphas_of_tifa160() {
        var builder = Ratings.builder(ValueScale.range(1, 5));
        for (var row : records("tifa/dsg_tifa160_likert.tsv", '\t')) {
            builder.add(
                    List.of(row.getField("item_id"), row.getField("t2i_model")),
                    row.getField("worker_id"),
                    Integer.parseInt(row.getField("answer")));
        }
        var agreement = Agreement.of(builder.build());

        assertThat(agreement.counts()).isEqualTo(new Counts(800, 800, 3995));
        assertAlphas("dsg", agreement);
    }

    @Test
    void two_raters_give_the_alphas_of_tifa() {
        var builder = Ratings.builder(ValueScale.range(1, 5));
        for (var row : records("tifa/tifa_human_2raters.tsv", '\t')) {
            builder.add(row.getField("image"), "r1", Double.parseDouble(row.getField("r1")));
            builder.add(row.getField("image"), "r2", Double.parseDouble(row.getField("r2")));
        }

        assertAlphas("tifa", Agreement.of(builder.build()));
    }

    private static void assertImagenhubRow(NamedCsvRecord row) {
        var agreement = Agreement.of(imagenhub(row.getField("task"), row.getField("model"), row.getField("measure")));

        assertThat(agreement.counts().units()).isEqualTo(Long.parseLong(row.getField("units")));
        assertCoefficient(row, "exact_agreement", agreement.coefficient(Measure.UNANIMOUS), 1e-9);
        assertCoefficient(row, "alpha_nominal", agreement.coefficient(Measure.ALPHA_NOMINAL), 1e-9);
        assertCoefficient(row, "alpha_ordinal", agreement.coefficient(Measure.ALPHA_ORDINAL), 1e-9);
        assertCoefficient(row, "alpha_interval", agreement.coefficient(Measure.ALPHA_INTERVAL), 1e-9);
        assertCoefficient(row, "fleiss_kappa", agreement.coefficient(Measure.FLEISS), 1e-9);
        assertCoefficient(row, "gwet_ac1", agreement.coefficient(Measure.AC1), 1e-9);
        if (!row.getField("model").equals("(pooled)")) {
            assertCoefficient(row, "printed_fleiss", agreement.coefficient(Measure.FLEISS), .005 + 1e-9);
            assertCoefficient(row, "printed_alpha_ordinal", agreement.coefficient(Measure.ALPHA_ORDINAL), .005 + 1e-9);
        }
    }

    /** An empty field stands for an undefined coefficient: all 537 ratings of two of the tables are the same. */
    private static void assertCoefficient(NamedCsvRecord row, String field, Coefficient actual, double tolerance) {
        if (row.getField(field).isEmpty()) {
            assertThat(actual)
                    .isInstanceOfSatisfying(
                            Coefficient.Undefined.class,
                            undefined -> assertThat(undefined.reason()).isEqualTo(Coefficient.Reason.SINGLE_VALUE));
        } else {
            assertThat(actual.toOptional().orElseThrow())
                    .as(field)
                    .isCloseTo(Double.parseDouble(row.getField(field)), within(tolerance));
        }
    }

    /** A category counts if it was used: AC1 was computed so. */
    private static Ratings imagenhub(String task, String model, String measure) {
        var values = new HashMap<List<String>, Map<String, Double>>();
        for (var rater : List.of("1", "2", "3")) {
            for (var row : records("imagenhub/%s_rater%s.tsv".formatted(task, rater), '\t')) {
                for (var column : row.getHeader()) {
                    if (!column.equals("uid") && (model.equals("(pooled)") || model.equals(column))) {
                        values.computeIfAbsent(List.of(row.getField("uid"), column), _ -> new HashMap<>())
                                .put(rater, imagenhubValue(row.getField(column), measure));
                    }
                }
            }
        }
        var used = values.values().stream()
                .flatMap(unit -> unit.values().stream())
                .mapToDouble(Double::doubleValue)
                .distinct()
                .toArray();
        var builder = Ratings.builder(ValueScale.numbers(used));
        values.forEach((unit, ratings) -> ratings.forEach((rater, value) -> builder.add(unit, rater, value)));
        return builder.build();
    }

    private static double imagenhubValue(String cell, String measure) {
        var parts = cell.replaceAll("[\\[\\] ]", "").split(",");
        var consistency = Double.parseDouble(parts[0]);
        var quality = Double.parseDouble(parts[1]);
        return switch (measure) {
            case "SC" -> consistency;
            case "PQ" -> quality;
            // the file was computed from values with six decimals
            default -> Math.round(Math.sqrt(consistency * quality) * 1e6) / 1e6;
        };
    }

    private static void assertAlphas(String table, Agreement agreement) {
        var expected = JsonMapper.shared()
                .readTree(PublishedRatingsTest.class.getResourceAsStream("tifa/expected_alpha.json"))
                .get(table);
        assertThat(expected.size()).isEqualTo(3);
        expected.properties()
                .forEach(entry -> assertThat(agreement
                                .coefficient(Measure.alpha(
                                        Level.valueOf(entry.getKey().toUpperCase(Locale.ROOT))))
                                .toOptional()
                                .orElseThrow())
                        .isCloseTo(entry.getValue().asDouble(), within(1e-9)));
    }

    private static List<NamedCsvRecord> records(String resource, char separator) {
        var stream = requireNonNull(PublishedRatingsTest.class.getResourceAsStream(resource), resource);
        try (var reader = CsvReader.builder()
                .fieldSeparator(separator)
                .ofNamedCsvRecord(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            return reader.stream().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
