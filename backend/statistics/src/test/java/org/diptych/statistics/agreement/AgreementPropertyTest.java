package org.diptych.statistics.agreement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Random;
import org.diptych.statistics.data.Draw;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/** What holds for every table of ratings. */
class AgreementPropertyTest {
    private static final ValueScale SCALE = ValueScale.numbers(0, 1, 2.5, 4);

    /** One rating. */
    record Rating(int unit, int annotator, int value) {}

    /** Up to eleven units of five annotators, of whom about one in five has not rated. */
    private static List<Rating> table(Draw draw) {
        var ratings = new ArrayList<Rating>();
        int cells = 5 * draw.between(0, 11);
        for (int cell = 0; cell < cells; cell++) {
            int value = draw.between(-1, 3);
            if (value >= 0) {
                ratings.add(new Rating(cell / 5, cell % 5, value));
            }
        }
        return ratings;
    }

    @RepeatedTest(300)
    void order_of_ratings_and_names_of_annotators_do_not_matter(RepetitionInfo repetition) {
        var draw = new Draw(repetition);
        var table = table(draw);
        long seed = draw.seed();
        var shuffled = new ArrayList<Rating>();
        table.forEach(rating -> shuffled.add(new Rating(11 - rating.unit, 4 - rating.annotator, rating.value)));
        Collections.shuffle(shuffled, new Random(seed));

        assertSame(Agreement.of(ratings(shuffled)), Agreement.of(ratings(table)));
    }

    @RepeatedTest(300)
    void a_histogram_gives_what_the_raw_ratings_give(RepetitionInfo repetition) {
        var draw = new Draw(repetition);
        var table = table(draw);
        for (var level : Level.values()) {
            var expected = alphaByPairs(table, level);
            var actual = Agreement.of(ratings(table).histogram()).coefficient(Measure.alpha(level));
            if (Double.isNaN(expected)) {
                assertThat(actual).isInstanceOf(Coefficient.Undefined.class);
            } else {
                assertThat(actual.toOptional().orElseThrow()).isCloseTo(expected, within(1e-12));
            }
        }
    }

    @RepeatedTest(300)
    void a_histogram_made_of_its_rows_gives_the_same(RepetitionInfo repetition) {
        var table = table(new Draw(repetition));
        var histogram = ratings(table).histogram();

        assertSame(Agreement.of(PatternHistogram.of(SCALE, histogram.rows())), Agreement.of(histogram));
    }

    @RepeatedTest(300)
    void unit_by_unit_a_histogram_is_the_same(RepetitionInfo repetition) {
        var draw = new Draw(repetition);
        var table = table(draw);
        var units = new HashMap<Integer, int[]>();
        for (var rating : table) {
            units.computeIfAbsent(rating.unit, _ -> new int[] {-1, -1, -1, -1, -1})[rating.annotator] = rating.value;
        }
        var builder = PatternHistogram.builder(SCALE);
        units.values().forEach(builder::addUnit);

        assertThat(builder.build().rows()).isEqualTo(ratings(table).histogram().rows());
    }

    @RepeatedTest(200)
    void coefficients_do_not_exceed_one(RepetitionInfo repetition) {
        var draw = new Draw(repetition);
        var table = table(draw);
        var agreement = Agreement.of(ratings(table));
        for (var measure : Measure.values()) {
            agreement
                    .coefficient(measure)
                    .toOptional()
                    .ifPresent(value -> assertThat(value).isLessThanOrEqualTo(1 + 1e-12));
        }
    }

    private static void assertSame(Agreement actual, Agreement expected) {
        assertThat(actual.counts()).isEqualTo(expected.counts());
        for (var measure : Measure.values()) {
            var value = expected.coefficient(measure);
            if (value instanceof Coefficient.Defined defined) {
                assertThat(actual.coefficient(measure).toOptional().orElseThrow())
                        .as("%s", measure)
                        .isCloseTo(defined.value(), within(1e-12));
            } else {
                assertThat(actual.coefficient(measure)).isEqualTo(value);
            }
        }
    }

    private static Ratings ratings(List<Rating> table) {
        return Ratings.of(
                SCALE,
                List.of("a", "b", "c", "d", "e"),
                table.stream().mapToInt(Rating::unit).toArray(),
                table.stream().mapToInt(Rating::annotator).toArray(),
                table.stream().mapToInt(Rating::value).toArray());
    }

    /** Alpha by its definition over all ordered pairs of ratings, without a coincidence matrix. */
    private static double alphaByPairs(List<Rating> table, Level level) {
        var sizes = new int[12];
        table.forEach(rating -> sizes[rating.unit]++);
        var pairable = table.stream().filter(rating -> sizes[rating.unit] >= 2).toList();
        double observed = 0;
        double expected = 0;
        for (var first : pairable) {
            for (var second : pairable) {
                var distance = distance(pairable, level, first.value, second.value);
                expected += distance / (pairable.size() - 1.0);
                observed += first.unit == second.unit ? distance / (sizes[first.unit] - 1.0) : 0;
            }
        }
        return expected == 0 ? Double.NaN : 1 - observed / expected;
    }

    private static double distance(List<Rating> pairable, Level level, int first, int second) {
        if (first == second) {
            return 0;
        }
        var low = SCALE.position(Math.min(first, second));
        var high = SCALE.position(Math.max(first, second));
        return switch (level) {
            case NOMINAL -> 1;
            case INTERVAL -> (high - low) * (high - low);
            case RATIO -> Math.pow((high - low) / (high + low), 2);
            case ORDINAL -> {
                double sum = 0;
                for (var rating : pairable) {
                    var inside = rating.value >= Math.min(first, second) && rating.value <= Math.max(first, second);
                    var end = rating.value == first || rating.value == second;
                    sum += end ? .5 : inside ? 1 : 0;
                }
                yield sum * sum;
            }
        };
    }
}
