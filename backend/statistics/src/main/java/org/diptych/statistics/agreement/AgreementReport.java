package org.diptych.statistics.agreement;

import static java.util.Objects.requireNonNull;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Everything about one table of ratings.
 *
 * @param level the level at which alpha is to be read
 * @param scale the values
 * @param counts how much was rated
 * @param estimates all measures; where the scale has more than {@value #MOST_VALUES} values, without alpha at other
 *     levels than {@code level}, AC2 with other than quadratic weights, and Conger's and Cohen's kappa
 * @param pairs every two annotators with a unit in common; empty with more than {@value #MOST_ANNOTATORS} annotators
 */
public record AgreementReport(
        Level level, ValueScale scale, Counts counts, Map<Measure, Estimate> estimates, List<PairAgreement> pairs) {
    /** Largest number of annotators whose pairs are listed. */
    public static final int MOST_ANNOTATORS = 50;

    /** Largest scale for which measures that were not asked for are computed as well. */
    public static final int MOST_VALUES = 200;

    /** Copies the collections. */
    public AgreementReport {
        estimates = Map.copyOf(estimates);
        pairs = List.copyOf(pairs);
    }

    /**
     * Computes all of it.
     *
     * @param random source of the resamples
     */
    public static AgreementReport of(Ratings ratings, Level level, IntervalSettings settings, RandomGenerator random) {
        var agreement = Agreement.of(ratings);
        var measures = measures(level, ratings.scale());
        return new AgreementReport(
                level,
                ratings.scale(),
                agreement.counts(),
                agreement.estimates(measures, settings, random),
                ratings.annotators().size() > MOST_ANNOTATORS ? List.of() : PairAgreement.matrix(ratings, measures));
    }

    /** Alpha at {@link #level()}. */
    public Estimate alpha() {
        return requireNonNull(estimates.get(Measure.alpha(level)));
    }

    private static Set<Measure> measures(Level level, ValueScale scale) {
        var measures = EnumSet.allOf(Measure.class);
        if (scale.size() > MOST_VALUES) {
            measures.removeAll(EnumSet.of(
                    Measure.ALPHA_NOMINAL,
                    Measure.ALPHA_ORDINAL,
                    Measure.ALPHA_INTERVAL,
                    Measure.ALPHA_RATIO,
                    Measure.AC2_LINEAR,
                    Measure.AC2_ORDINAL,
                    Measure.CONGER,
                    Measure.COHEN));
            measures.add(Measure.alpha(level));
        }
        return measures;
    }
}
