package org.diptych.service.reward;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a worker knows of a model it has just trained; see {@link ModelVersion} for the fields. */
public record NewModelVersion(
        UUID campaign,
        UUID run,
        UUID snapshot,
        String digest,
        String encoderId,
        String card,
        int labels,
        @Nullable Double accuracy,
        @Nullable Double accuracyLow,
        @Nullable Double accuracyHigh,
        int evaluatedPairs,
        @Nullable Double majorityRate,
        String comparison) {}
