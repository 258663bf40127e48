package org.diptych.statistics.agreement;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Sixteen published tables with the values computed from them and the values printed for them. */
class PublishedVectorsTest {
    private static final Map<String, Measure> MEASURES = Map.ofEntries(
            Map.entry("alpha.nominal", Measure.ALPHA_NOMINAL),
            Map.entry("alpha.ordinal", Measure.ALPHA_ORDINAL),
            Map.entry("alpha.interval", Measure.ALPHA_INTERVAL),
            Map.entry("alpha.ratio", Measure.ALPHA_RATIO),
            Map.entry("percent_agreement", Measure.PERCENT),
            Map.entry("exact_agreement", Measure.UNANIMOUS),
            Map.entry("gwet_ac1", Measure.AC1),
            Map.entry("fleiss_kappa", Measure.FLEISS),
            Map.entry("conger_kappa", Measure.CONGER),
            Map.entry("brennan_prediger", Measure.BRENNAN_PREDIGER),
            Map.entry("gwet_ac2_quadratic", Measure.AC2_QUADRATIC));

    private final JsonNode vectors = read();

    @TestFactory
    Stream<DynamicTest> computed_values_are_met_to_1e_9() {
        return all().flatMap(vector -> expected(vector.get("expected")).entrySet().stream()
                .map(entry -> DynamicTest.dynamicTest(
                        vector.get("id").asString() + " " + entry.getKey(),
                        () -> assertThat(value(vector, entry.getKey()))
                                .isCloseTo(entry.getValue().asDouble(), within(1e-9)))));
    }

    @TestFactory
    Stream<DynamicTest> printed_values_are_met_to_their_rounding() {
        return all().flatMap(vector -> vector.get("published").properties().stream()
                .map(entry -> DynamicTest.dynamicTest(
                        vector.get("id").asString() + " " + entry.getKey(),
                        () -> assertThat(value(vector, entry.getKey()))
                                .isCloseTo(
                                        entry.getValue().get("value").asDouble(),
                                        within(entry.getValue().get("tolerance").asDouble() + 1e-12)))));
    }

    @Test
    void every_printed_value_is_among_the_tests() {
        assertThat(all().mapToInt(vector -> vector.get("published").size()).sum())
                .isEqualTo(50);
    }

    @Test
    void for_two_complete_annotators_fleiss_is_scott_and_conger_is_cohen() {
        var table = Agreement.of(ratings(vector("G")));

        assertThat(table.coefficient(Measure.SCOTT)).isEqualTo(table.coefficient(Measure.FLEISS));
        assertThat(table.coefficient(Measure.COHEN)).isEqualTo(table.coefficient(Measure.CONGER));
    }

    @Test
    void counts_of_interchangeable_raters_leave_conger_undefined() {
        var vector = vector("F");
        var categories = vector.get("categories").size();
        var rows = new ArrayList<PatternHistogram.Row>();
        for (var counts : vector.get("counts")) {
            var pattern = Pattern.of();
            for (var value = 0; value < categories; value++) {
                for (var time = 0; time < counts.get(value).asInt(); time++) {
                    pattern = pattern.plus(value);
                }
            }
            rows.add(new PatternHistogram.Row(pattern, 1));
        }
        var table = Agreement.of(PatternHistogram.of(ratings(vector).scale(), rows));

        assertThat(table.coefficient(Measure.AC1).toOptional()).hasValue(value(vector, "gwet_ac1"));
        assertThat(table.coefficient(Measure.CONGER))
                .isInstanceOfSatisfying(
                        Coefficient.Undefined.class,
                        undefined -> assertThat(undefined.reason()).isEqualTo(Coefficient.Reason.ANNOTATORS_UNKNOWN));
    }

    @Test
    void printed_standard_errors_are_met() {
        var settings = IntervalSettings.DEFAULT;
        var random = new SplittableRandom(1);
        var first = Agreement.of(ratings(vector("A")));
        var second = Agreement.of(ratings(vector("F")));

        assertThat(standardError(first.estimate(Measure.AC1, settings, random), Interval.Method.GWET_ANALYTIC))
                .isCloseTo(.14295, within(5e-6));
        assertThat(standardError(second.estimate(Measure.AC1, settings, random), Interval.Method.GWET_ANALYTIC))
                .isCloseTo(.08418757, within(5e-9));
        // linearisation and jackknife agree to the second digit only
        assertThat(standardError(first.estimate(Measure.ALPHA_NOMINAL, settings, random), Interval.Method.JACKKNIFE))
                .isCloseTo(.146, within(.002));
        assertThat(standardError(second.estimate(Measure.ALPHA_NOMINAL, settings, random), Interval.Method.JACKKNIFE))
                .isCloseTo(.08243228, within(.002));
    }

    private static double standardError(Estimate estimate, Interval.Method method) {
        return estimate.intervals().stream()
                .filter(interval -> interval.method() == method)
                .findFirst()
                .orElseThrow()
                .standardError();
    }

    private double value(JsonNode vector, String name) {
        return Agreement.of(ratings(vector))
                .coefficient(requireNonNull(MEASURES.get(name)))
                .toOptional()
                .orElseThrow();
    }

    private static Map<String, JsonNode> expected(JsonNode node) {
        var values = new TreeMap<String, JsonNode>();
        node.properties().forEach(entry -> {
            if (entry.getValue().isObject()) {
                entry.getValue()
                        .properties()
                        .forEach(level -> values.put(entry.getKey() + "." + level.getKey(), level.getValue()));
            } else {
                values.put(entry.getKey(), entry.getValue());
            }
        });
        return values;
    }

    private static Ratings ratings(JsonNode vector) {
        var categories = stream(vector.get("categories")).toList();
        var numeric = categories.getFirst().isNumber();
        var scale = numeric
                ? ValueScale.numbers(
                        categories.stream().mapToDouble(JsonNode::asDouble).toArray())
                : ValueScale.named(categories.stream().map(JsonNode::asString).toList());
        var builder = Ratings.builder(scale);
        var unit = 0;
        for (var row : vector.get("units")) {
            unit++;
            for (var rater = 0; rater < row.size(); rater++) {
                var value = row.get(rater);
                if (!value.isNull()) {
                    if (numeric) {
                        builder.add(unit, rater, value.asDouble());
                    } else {
                        builder.add(unit, rater, value.asString());
                    }
                }
            }
        }
        return builder.build();
    }

    private JsonNode vector(String id) {
        return all().filter(vector -> vector.get("id").asString().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private Stream<JsonNode> all() {
        return stream(vectors);
    }

    private static Stream<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    private static JsonNode read() {
        return JsonMapper.shared()
                .readTree(PublishedVectorsTest.class.getResourceAsStream("iaa-vectors.json"))
                .get("vectors");
    }

    @Test
    void ordinal_weights_of_gwet_are_not_the_ordinal_distances_of_krippendorff() {
        // irrCAC prints .834 for alpha with its "ordinal" weights on this table, Krippendorff .815
        var histogram = ratings(vector("A")).histogram();
        var weighted = List.of(WeightScheme.GWET_ORDINAL, WeightScheme.QUADRATIC).stream()
                .map(scheme -> weightedAlpha(histogram, scheme))
                .toList();

        assertThat(weighted.get(0)).isCloseTo(.834, within(.0005));
        assertThat(weighted.get(1)).isCloseTo(.849, within(.0005));
    }

    /** Alpha with the distances {@code 1 - w}, over pairs of ratings. */
    private static double weightedAlpha(PatternHistogram histogram, WeightScheme scheme) {
        var scale = histogram.scale();
        var marginals = new double[scale.size()];
        var observed = new double[1];
        for (var row : histogram.rows()) {
            var pattern = row.pattern();
            if (pattern.ratings() >= 2) {
                for (var number = 0; number < pattern.distinct(); number++) {
                    marginals[pattern.value(number)] += row.units() * pattern.times(number);
                }
                pattern.visitPairs((low, high, pairs) -> observed[0] +=
                        row.units() * 2 * pairs * (1 - scheme.weight(scale, low, high)) / (pattern.ratings() - 1));
            }
        }
        double expected = 0;
        double total = 0;
        for (var first = 0; first < marginals.length; first++) {
            total += marginals[first];
            for (var second = 0; second < marginals.length; second++) {
                expected += marginals[first] * marginals[second] * (1 - scheme.weight(scale, first, second));
            }
        }
        return 1 - (total - 1) * observed[0] / expected;
    }
}
