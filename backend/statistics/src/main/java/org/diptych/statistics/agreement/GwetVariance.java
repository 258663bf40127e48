package org.diptych.statistics.agreement;

/**
 * Gwet's linearised standard error of AC1 and AC2 over units (Gwet, "Computing inter-rater reliability and its variance
 * in the presence of high agreement", Br. J. Math. Stat. Psychol. 61, 2008; with missing ratings and weights in
 * "Handbook of Inter-Rater Reliability", 2014, section 5.3). The units are taken as a sample of infinitely many.
 */
final class GwetVariance {
    private GwetVariance() {}

    /** Standard error of a defined AC1 (identity weights) or AC2; needs two rated units. */
    static double standardError(PatternHistogram histogram, WeightScheme scheme) {
        var chance = new GwetChance(scheme, histogram.scale());
        var agreements = ChanceCorrectedStatistic.agreements(histogram, scheme);
        double units = histogram.counts().units();
        double pairable = histogram.counts().pairable();
        var shares = new double[histogram.scale().size()];
        double observed = 0;
        for (var row = 0; row < agreements.length; row++) {
            var pattern = histogram.pattern(row);
            var weight = histogram.rows().get(row).units();
            for (var number = 0; number < pattern.distinct(); number++) {
                shares[pattern.value(number)] += weight / units * pattern.times(number) / pattern.ratings();
            }
            observed += weight * agreements[row] / pairable;
        }
        var expected = chance.agreement(shares);
        var coefficient = (observed - expected) / (1 - expected);

        double squares = 0;
        for (var row = 0; row < agreements.length; row++) {
            var pattern = histogram.pattern(row);
            double unitChance = 0;
            for (var number = 0; number < pattern.distinct(); number++) {
                unitChance += chance.factor()
                        * (1 - shares[pattern.value(number)])
                        * pattern.times(number)
                        / pattern.ratings();
            }
            var unitCoefficient =
                    pattern.ratings() < 2 ? 0 : units / pairable * (agreements[row] - expected) / (1 - expected);
            var linearised = unitCoefficient - 2 * (1 - coefficient) * (unitChance - expected) / (1 - expected);
            squares += histogram.rows().get(row).units() * Math.pow(linearised - coefficient, 2);
        }
        return Math.sqrt(squares / (units * (units - 1)));
    }
}
