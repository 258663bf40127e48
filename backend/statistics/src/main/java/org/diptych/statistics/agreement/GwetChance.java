package org.diptych.statistics.agreement;

/**
 * Gwet's chance agreement, {@code pe = Tw / (q (q - 1)) Σ π_k (1 - π_k)}, where Tw is the sum of all q x q weights
 * (Gwet, "Handbook of Inter-Rater Reliability", 2014). With identity weights Tw = q, which gives AC1.
 */
record GwetChance(double factor) implements ChanceCorrectedStatistic.Chance {

    GwetChance(WeightScheme scheme, ValueScale scale) {
        this(scheme.total(scale) / (scale.size() * (scale.size() - 1.0)));
    }

    @Override
    public double agreement(double[] shares) {
        double sum = 0;
        for (var share : shares) {
            sum += share * (1 - share);
        }
        return factor * sum;
    }
}
