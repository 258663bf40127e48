package org.diptych.statistics.ranking;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.statistics.inference.BinomialTest;
import org.diptych.statistics.annotator.CredibleInterval;

/**
 * Whether annotators favour one side of the screen. Valid where the sides were drawn by lot, independently of the items;
 * ties do not count. Where they were not, use the position bias of {@link BradleyTerry}.
 *
 * @param overall all annotators together, without shrinkage: counts and exact test
 * @param mean posterior mean and interval of the average log-odds for the left side in the population of annotators
 * @param spread the same of the standard deviation of the log-odds among annotators
 * @param annotators one entry per annotator
 */
public record PositionBias(Counts overall, CredibleInterval mean, CredibleInterval spread, List<Annotator> annotators) {

    /**
     * @param left decisions for the left side
     * @param right decisions for the right side
     * @param pValue of the exact two-sided binomial test; many annotators are many tests, so judge single ones by the
     *     shrunken interval
     */
    public record Counts(int left, int right, double pValue) {

        static Counts of(int left, int right) {
            return new Counts(
                    left,
                    right,
                    BinomialTest.withDefaults().test(left + right, left, 0.5).getPValue());
        }
    }

    /**
     * @param counts the annotator's own decisions
     * @param logOdds log-odds for the left side, shrunk towards the population: with few decisions the estimate is that
     *     of the others
     */
    public record Annotator(Counts counts, CredibleInterval logOdds) {

        /** Whether the shrunken interval excludes 0. */
        public boolean isBiased() {
            return !logOdds.contains(0);
        }
    }

    public static PositionBias of(Comparisons comparisons) {
        int[] left = new int[comparisons.annotators()];
        int[] right = new int[comparisons.annotators()];
        int allLeft = 0;
        int allRight = 0;
        for (int row = 0; row < comparisons.size(); row++) {
            if (comparisons.outcome(row) > 0) {
                left[comparisons.annotator(row)]++;
                allLeft++;
            } else if (comparisons.outcome(row) < 0) {
                right[comparisons.annotator(row)]++;
                allRight++;
            }
        }
        var mixed = new MixedLogistic(left, right);
        List<Annotator> annotators = new ArrayList<>();
        for (int annotator = 0; annotator < left.length; annotator++) {
            annotators.add(new Annotator(Counts.of(left[annotator], right[annotator]), mixed.logOdds(annotator)));
        }
        return new PositionBias(Counts.of(allLeft, allRight), mixed.mean(), mixed.spread(), List.copyOf(annotators));
    }
}
