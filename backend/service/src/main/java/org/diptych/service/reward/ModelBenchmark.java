package org.diptych.service.reward;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How a model version did on a public benchmark: the first figure of the result.
 *
 * @param version number of the version
 * @param benchmark its name on the command line
 * @param metric name of the first figure
 * @param paper the figure as it is published; null where that is undefined
 * @param corrected the corrected figure; null where that is undefined
 * @param low lower end of its interval over source images; null where there is none
 * @param high upper end
 * @param cases pairs, groups or edits that were counted
 * @param measuredBy name of the account
 */
public record ModelBenchmark(
        UUID id,
        int version,
        String benchmark,
        String metric,
        @Nullable Double paper,
        @Nullable Double corrected,
        @Nullable Double low,
        @Nullable Double high,
        int cases,
        String measuredBy,
        Instant measuredAt) {

    /**
     * The same with all that was sent.
     *
     * @param files JSON: names and SHA-256 of the benchmark's files
     * @param result JSON: everything that {@code diptych evaluate} prints
     */
    public record Whole(ModelBenchmark figure, String files, String result) {}
}
