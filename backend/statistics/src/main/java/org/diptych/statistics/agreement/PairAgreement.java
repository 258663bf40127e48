package org.diptych.statistics.agreement;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Agreement of two annotators on the units that both rated.
 *
 * @param first name of the one
 * @param second name of the other
 * @param counts of the units that both rated
 * @param coefficients the coefficients without intervals
 */
public record PairAgreement(String first, String second, Counts counts, Map<Measure, Coefficient> coefficients) {
    /** Copies the map. */
    public PairAgreement {
        coefficients = Map.copyOf(coefficients);
    }

    /** Every two annotators with a unit in common, in the order of the annotators. */
    public static List<PairAgreement> matrix(Ratings ratings, Collection<Measure> measures) {
        var pairs = new AnnotatorPairs(ratings);
        var matrix = new ArrayList<PairAgreement>();
        for (var first = 0; first < ratings.annotators().size(); first++) {
            for (var second = first + 1; second < ratings.annotators().size(); second++) {
                var common = pairs.between(first, second);
                if (common.size() > 0) {
                    matrix.add(of(common, measures));
                }
            }
        }
        return matrix;
    }

    private static PairAgreement of(Ratings common, Collection<Measure> measures) {
        var agreement = Agreement.of(common);
        var coefficients = new EnumMap<Measure, Coefficient>(Measure.class);
        for (var measure : measures) {
            // the table holds units that both rated and no others, so these are the same coefficients without a copy
            coefficients.put(
                    measure,
                    agreement.coefficient(
                            switch (measure) {
                                case COHEN -> Measure.CONGER;
                                case SCOTT -> Measure.FLEISS;
                                default -> measure;
                            }));
        }
        return new PairAgreement(
                common.annotators().getFirst(), common.annotators().getLast(), agreement.counts(), coefficients);
    }
}
