package org.diptych.statistics.replay;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.diptych.statistics.agreement.Agreement;
import org.diptych.statistics.agreement.Estimate;
import org.diptych.statistics.agreement.IntervalSettings;
import org.diptych.statistics.agreement.Level;
import org.diptych.statistics.agreement.Measure;
import org.diptych.statistics.agreement.PatternHistogram;
import org.diptych.statistics.agreement.ValueScale;

/** Krippendorff's nominal alpha of verdicts: what overlap buys. */
final class OverlapAgreement {
    private static final ValueScale VERDICTS = ValueScale.range(-1, 1);

    private OverlapAgreement() {}

    static Estimate of(List<int[]> verdicts, RandomGenerator random) {
        var histogram = PatternHistogram.builder(VERDICTS);
        for (int[] labels : verdicts) {
            histogram.addUnit(Arrays.stream(labels).map(VERDICTS::indexOf).toArray());
        }
        return Agreement.of(histogram.build()).estimate(Measure.alpha(Level.NOMINAL), IntervalSettings.DEFAULT, random);
    }
}
