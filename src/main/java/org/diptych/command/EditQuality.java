package org.diptych.command;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * ImagenHub's two ratings of an edit and what follows from them.
 *
 * @param semantics semantic consistency
 * @param quality perceptual quality
 */
record EditQuality(double semantics, double quality) {
    /** Names of the measures, the one that is reported first in front. */
    static final List<String> MEASURES = List.of(RatingRecords.OVERALL, "SC", "PQ");

    /** sqrt(SC PQ). */
    double overall() {
        return Math.sqrt(semantics * quality);
    }

    /** All three measures. */
    Map<String, Double> measures() {
        return mean(List.of(this));
    }

    /** The mean of several raters, measure by measure. */
    static Map<String, Double> mean(List<EditQuality> raters) {
        Map<String, Double> mean = new LinkedHashMap<>();
        mean.put(
                RatingRecords.OVERALL,
                raters.stream().mapToDouble(EditQuality::overall).average().orElseThrow());
        mean.put(
                "SC",
                raters.stream().mapToDouble(EditQuality::semantics).average().orElseThrow());
        mean.put(
                "PQ",
                raters.stream().mapToDouble(EditQuality::quality).average().orElseThrow());
        return mean;
    }
}
