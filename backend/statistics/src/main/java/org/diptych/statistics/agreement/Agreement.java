package org.diptych.statistics.agreement;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.diptych.statistics.agreement.Coefficient.Defined;
import org.diptych.statistics.agreement.Coefficient.Reason;
import org.diptych.statistics.agreement.Coefficient.Undefined;
import org.jspecify.annotations.Nullable;

/**
 * Coefficients of one table of ratings.
 *
 * {@snippet :
 * var ratings = Ratings.builder(ValueScale.range(1, 4))
 *         .add("pair 1", "ann", 3)
 *         .add("pair 1", "bob", 4)
 *         .build();
 * Coefficient alpha = Agreement.of(ratings).coefficient(Measure.ALPHA_ORDINAL);
 * }
 */
public final class Agreement {
    private final PatternHistogram histogram;
    private final @Nullable Ratings ratings;

    private Agreement(PatternHistogram histogram, @Nullable Ratings ratings) {
        this.histogram = histogram;
        this.ratings = ratings;
    }

    /** Agreement in a table of ratings. */
    public static Agreement of(Ratings ratings) {
        return new Agreement(ratings.histogram(), ratings);
    }

    /** Agreement in a histogram; the measures that need to know the annotators are undefined. */
    public static Agreement of(PatternHistogram histogram) {
        return new Agreement(histogram, null);
    }

    /** How much was rated. */
    public Counts counts() {
        return histogram.counts();
    }

    /** One coefficient without an interval. */
    public Coefficient coefficient(Measure measure) {
        var obstacle = obstacle(measure);
        if (obstacle != null) {
            return obstacle;
        }
        return coefficient(measure.needsAnnotators() ? annotatorValue(measure) : value(statistic(measure)));
    }

    /**
     * One coefficient with its intervals.
     *
     * @param random source of the resamples; the same source gives the same intervals, in whatever order the ratings
     *     came
     */
    public Estimate estimate(Measure measure, IntervalSettings settings, RandomGenerator random) {
        return requireNonNull(estimates(List.of(measure), settings, random).get(measure));
    }

    /** Several coefficients with their intervals, all from the same resamples. */
    public Map<Measure, Estimate> estimates(
            Collection<Measure> measures, IntervalSettings settings, RandomGenerator random) {
        var estimates = new EnumMap<Measure, Estimate>(Measure.class);
        var resampled = new ArrayList<Measure>();
        for (var measure : measures) {
            var coefficient = coefficient(measure);
            if (coefficient instanceof Defined && counts().pairable() >= 2 && !measure.needsAnnotators()) {
                resampled.add(measure);
            } else {
                estimates.put(measure, annotatorEstimate(measure, coefficient, settings, random));
            }
        }
        var statistics = resampled.stream().map(this::statistic).toList();
        var replicates = Bootstrap.replicates(histogram, statistics, settings.replicates(), random);
        for (var index = 0; index < replicates.length; index++) {
            var measure = resampled.get(index);
            estimates.put(measure, estimate(measure, statistics.get(index), settings, replicates[index]));
        }
        return estimates;
    }

    private Estimate estimate(Measure measure, Statistic statistic, IntervalSettings settings, double[] replicates) {
        var value = value(statistic);
        var estimator = new IntervalEstimator(settings);
        var intervals = new ArrayList<>(estimator.intervals(histogram, statistic, value, replicates));
        switch (measure) {
            case AC1, AC2_LINEAR, AC2_QUADRATIC, AC2_ORDINAL ->
                intervals.add(estimator.gwetAnalytic(value, histogram, weights(measure)));
            default -> {}
        }
        return new Estimate(new Defined(value), intervals, counts());
    }

    private Estimate annotatorEstimate(
            Measure measure, Coefficient coefficient, IntervalSettings settings, RandomGenerator random) {
        if (ratings == null || !measure.needsAnnotators() || !(coefficient instanceof Defined defined)) {
            return new Estimate(coefficient, List.of(), counts());
        }
        return switch (measure) {
            case SCOTT -> Agreement.of(common(ratings)).estimate(Measure.FLEISS, settings, random);
            case COHEN -> congerEstimate(common(ratings), defined, settings);
            default -> congerEstimate(ratings, defined, settings);
        };
    }

    private static Estimate congerEstimate(Ratings ratings, Defined coefficient, IntervalSettings settings) {
        var counts = ratings.histogram().counts();
        if (counts.pairable() < 2) {
            return new Estimate(coefficient, List.of(), counts);
        }
        var jackknife = new Conger(ratings).jackknife();
        var intervals = jackknife.isDefined()
                ? List.of(new IntervalEstimator(settings)
                        .jackknife(coefficient.value(), jackknife, counts.pairable() - 1.0))
                : List.<Interval>of();
        return new Estimate(coefficient, intervals, counts);
    }

    private double annotatorValue(Measure measure) {
        var known = requireNonNull(ratings);
        return switch (measure) {
            case SCOTT -> {
                var both = common(known).histogram();
                yield new Agreement(both, null).value(ChanceCorrectedStatistic.fleiss(both));
            }
            case COHEN -> new Conger(common(known)).value();
            default -> new Conger(known).value();
        };
    }

    private static Ratings common(Ratings ratings) {
        return AnnotatorPairs.between(ratings, 0, 1);
    }

    private double value(Statistic statistic) {
        return statistic.value(statistic.sums(histogram.frequencies()));
    }

    private Statistic statistic(Measure measure) {
        return switch (measure) {
            case ALPHA_NOMINAL, ALPHA_INTERVAL, ALPHA_RATIO ->
                new AlphaStatistic(histogram, FixedDistance.of(measure.level()));
            case ALPHA_ORDINAL -> new OrdinalAlphaStatistic(histogram);
            case AC1, AC2_LINEAR, AC2_QUADRATIC, AC2_ORDINAL ->
                ChanceCorrectedStatistic.gwet(histogram, weights(measure));
            case FLEISS -> ChanceCorrectedStatistic.fleiss(histogram);
            case BRENNAN_PREDIGER -> ChanceCorrectedStatistic.brennanPrediger(histogram);
            case PERCENT -> ChanceCorrectedStatistic.percent(histogram);
            case UNANIMOUS -> ChanceCorrectedStatistic.unanimous(histogram);
            case CONGER, COHEN, SCOTT -> throw new IllegalArgumentException(measure + " needs the annotators");
        };
    }

    private static WeightScheme weights(Measure measure) {
        return switch (measure) {
            case AC2_LINEAR -> WeightScheme.LINEAR;
            case AC2_QUADRATIC -> WeightScheme.QUADRATIC;
            case AC2_ORDINAL -> WeightScheme.GWET_ORDINAL;
            default -> WeightScheme.IDENTITY;
        };
    }

    private @Nullable Undefined obstacle(Measure measure) {
        if (!histogram.scale().supports(measure.level())) {
            return new Undefined(Reason.LEVEL_NOT_SUPPORTED, unsupported(measure.level()));
        }
        if (measure.needsAnnotators() && ratings == null) {
            return new Undefined(Reason.ANNOTATORS_UNKNOWN, "It is not known which annotator gave which rating.");
        }
        if ((measure == Measure.COHEN || measure == Measure.SCOTT)
                && ratings != null
                && ratings.annotators().size() != 2) {
            return new Undefined(
                    Reason.NOT_TWO_ANNOTATORS,
                    "This coefficient is for two annotators, here are %d."
                            .formatted(ratings.annotators().size()));
        }
        if (counts().pairable() == 0) {
            return new Undefined(Reason.NO_PAIRABLE_UNIT, "No unit has two ratings, so there is nothing to compare.");
        }
        return null;
    }

    private static Coefficient coefficient(double value) {
        return Double.isNaN(value)
                ? new Undefined(
                        Reason.SINGLE_VALUE,
                        "Only one value was used at all: agreement cannot be told from a constant answer.")
                : new Defined(value);
    }

    private static String unsupported(Level level) {
        return switch (level) {
            case NOMINAL -> throw new IllegalArgumentException("Every scale is nominal");
            case ORDINAL -> "The values have no order.";
            case INTERVAL -> "The values are not numbers.";
            case RATIO -> "The values are not numbers from zero upwards.";
        };
    }
}
