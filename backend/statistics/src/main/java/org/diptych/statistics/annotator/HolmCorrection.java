package org.diptych.statistics.annotator;

import java.util.Comparator;
import java.util.stream.IntStream;

/** Holm's correction of several tests (Holm 1979): of many honest annotators, one in twenty would else be suspected. */
public final class HolmCorrection {
    private HolmCorrection() {}

    /** The corrected p values, in the order of the given ones. */
    public static double[] adjusted(double... pValues) {
        var order = IntStream.range(0, pValues.length)
                .boxed()
                .sorted(Comparator.comparingDouble(test -> pValues[test]))
                .toList();
        var adjusted = new double[pValues.length];
        double highest = 0;
        for (var rank = 0; rank < pValues.length; rank++) {
            highest = Math.max(highest, Math.min(1, (pValues.length - rank) * pValues[order.get(rank)]));
            adjusted[order.get(rank)] = highest;
        }
        return adjusted;
    }
}
