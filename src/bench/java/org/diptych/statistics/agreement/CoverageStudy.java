package org.diptych.statistics.agreement;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.diptych.statistics.agreement.Interval.Method;

/**
 * How often a nominal 95 % interval contains the true coefficient. Units have a true value that each annotator reports
 * with errors, so the probability of every rating pattern, and with it the true coefficient, is known exactly.
 *
 * <p>Arguments: number of simulations (default 2000), file to write (default src/docs/coverage.md).
 */
final class CoverageStudy {
    private static final int[] UNITS = {30, 100, 300, 1000};
    private static final List<Measure> MEASURES =
            List.of(Measure.ALPHA_ORDINAL, Measure.ALPHA_NOMINAL, Measure.AC1, Measure.AC2_QUADRATIC, Measure.PERCENT);
    private static final ValueScale SCALE = ValueScale.range(1, 4);

    private CoverageStudy() {}

    /**
     * A population of units and annotators.
     *
     * @param name for the table
     * @param prevalence probability of each true value
     * @param errorRates per annotator, the probability of not reporting the true value; the error is a neighbouring value
     * @param missing probability that a rating is absent
     */
    private record Population(String name, double[] prevalence, double[] errorRates, double missing) {

        int[] draw(SplittableRandom random) {
            var truth = 0;
            for (var uniform = random.nextDouble() - prevalence[0]; uniform > 0; uniform -= prevalence[truth]) {
                truth++;
            }
            var ratings = new int[errorRates.length];
            for (var annotator = 0; annotator < ratings.length; annotator++) {
                var present = random.nextDouble() >= missing;
                var right = random.nextDouble() >= errorRates[annotator];
                var up = truth == 0 || (truth < 3 && random.nextBoolean());
                ratings[annotator] = present ? right ? truth : truth + (up ? 1 : -1) : PatternHistogram.MISSING;
            }
            return ratings;
        }

        /** The whole population as 10^13 units, so that rounding to whole units does not show. */
        PatternHistogram histogram() {
            var rows = new ArrayList<PatternHistogram.Row>();
            var answers = 5;
            for (var code = 0; code < Math.pow(answers, errorRates.length); code++) {
                var probability = 0.0;
                for (var truth = 0; truth < 4; truth++) {
                    var product = prevalence[truth];
                    for (int annotator = 0, rest = code; annotator < errorRates.length; annotator++, rest /= answers) {
                        product *= probability(truth, rest % answers, errorRates[annotator]);
                    }
                    probability += product;
                }
                var pattern = pattern(code, answers);
                var units = Math.round(probability * 1e13);
                if (units > 0) {
                    rows.add(new PatternHistogram.Row(pattern, units));
                }
            }
            return PatternHistogram.of(SCALE, rows);
        }

        private Pattern pattern(int code, int answers) {
            var pattern = Pattern.of();
            for (int annotator = 0, rest = code; annotator < errorRates.length; annotator++, rest /= answers) {
                pattern = rest % answers < 4 ? pattern.plus(rest % answers) : pattern;
            }
            return pattern;
        }

        /** Answer 4 stands for an absent rating. */
        private double probability(int truth, int answer, double errorRate) {
            if (answer == 4) {
                return missing;
            }
            var inner = truth > 0 && truth < 3;
            return (1 - missing)
                    * switch (Math.abs(truth - answer)) {
                        case 0 -> 1 - errorRate;
                        case 1 -> inner ? errorRate / 2 : errorRate;
                        default -> 0;
                    };
        }
    }

    private static final class Tally {
        private int intervals;
        private int hits;
        private double width;

        void add(Interval interval, double truth) {
            intervals++;
            hits += interval.low() <= truth && truth <= interval.high() ? 1 : 0;
            width += interval.high() - interval.low();
        }

        double coverage() {
            return 100.0 * hits / intervals;
        }

        double meanWidth() {
            return width / intervals;
        }
    }

    /** Runs the study and writes its table. */
    public static void main(String[] arguments) throws IOException {
        var simulations = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 2000;
        var file = Path.of(arguments.length > 1 ? arguments[1] : "src/docs/coverage.md");
        var populations = List.of(
                new Population("balanced", new double[] {.25, .25, .25, .25}, new double[] {.2, .2, .2}, 0),
                new Population("noisy", new double[] {.25, .25, .25, .25}, new double[] {.3, .5, .5}, 0),
                new Population("skewed", new double[] {.7, .1, .1, .1}, new double[] {.1, .15, .2}, 0),
                new Population("missing", new double[] {.4, .2, .1, .3}, new double[] {.2, .2, .2, .2, .2}, .4));
        var text = new StringBuilder(introduction(simulations));
        for (var population : populations) {
            text.append(table(population, simulations));
        }
        Files.writeString(file, text);
    }

    private static String introduction(int simulations) {
        return """
                # Coverage of the confidence intervals
                How often a nominal 95 %% interval contains the true coefficient, in per cent of %,d simulations (standard error \
                %.1f), and in brackets its mean width. Units have one of four true values; an annotator errs by one step. The true \
                coefficient is computed from the exact probability of every rating pattern. Bootstrap intervals rest on 1,000 \
                replicates.

                Made by `./mvnw -Pbench -pl src/bench -am package exec:exec@bench -Dbench=org.diptych.statistics.agreement.CoverageStudy`.
                """.formatted(simulations, 100 * Math.sqrt(.95 * .05 / simulations));
    }

    private static String table(Population population, int simulations) {
        var whole = Agreement.of(population.histogram());
        var truths = MEASURES.stream()
                .mapToDouble(measure -> whole.coefficient(measure).toOptional().orElseThrow())
                .toArray();
        var studies = IntStream.of(UNITS)
                .mapToObj(units -> simulate(population, units, simulations, truths))
                .toList();
        var text = new StringBuilder("""

                ## Population "%s"
                True values %s, error rates %s, missing ratings %.0f %%.

                | coefficient | true value | units | BCa | percentile | jackknife | Gwet |
                |---|---|---|---|---|---|---|
                """.formatted(
                        population.name,
                        percentages(population.prevalence),
                        percentages(population.errorRates),
                        100 * population.missing));
        for (var measure = 0; measure < truths.length; measure++) {
            for (var size = 0; size < UNITS.length; size++) {
                text.append("| %s | %.4f | %,d |".formatted(name(MEASURES.get(measure)), truths[measure], UNITS[size]));
                for (var tally : studies.get(size)[measure]) {
                    text.append(cell(tally, simulations));
                }
                text.append('\n');
            }
        }
        return text.toString();
    }

    /** Tallies by measure and method. */
    private static Tally[][] simulate(Population population, int units, int simulations, double[] truths) {
        var tallies = new Tally[truths.length][Method.values().length];
        for (var row : tallies) {
            Arrays.setAll(row, _ -> new Tally());
        }
        for (var simulation = 0; simulation < simulations; simulation++) {
            var random = new SplittableRandom(simulation);
            var builder = PatternHistogram.builder(SCALE);
            for (var unit = 0; unit < units; unit++) {
                builder.addUnit(population.draw(random));
            }
            Agreement.of(builder.build())
                    .estimates(MEASURES, IntervalSettings.DEFAULT, random)
                    .forEach((measure, estimate) -> estimate.intervals().forEach(interval -> {
                        var index = MEASURES.indexOf(measure);
                        tallies[index][interval.method().ordinal()].add(interval, truths[index]);
                    }));
        }
        return tallies;
    }

    private static String cell(Tally tally, int simulations) {
        if (tally.intervals == 0) {
            return " |";
        }
        var absent = simulations - tally.intervals;
        return " %.1f (%.3f)%s |"
                .formatted(
                        tally.coverage(),
                        tally.meanWidth(),
                        absent == 0 ? "" : ", none in %.1f %%".formatted(100.0 * absent / simulations));
    }

    private static String name(Measure measure) {
        return measure.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String percentages(double[] shares) {
        return String.join(
                "/",
                IntStream.range(0, shares.length)
                        .mapToObj(index -> "%.0f %%".formatted(100 * shares[index]))
                        .toList());
    }
}
