package org.diptych.reward.worker;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * What choosing pairs has been worth: accuracy on the uniform stratum of a model trained on the labels that were chosen,
 * above that of one trained on as many labels of random pairs.
 *
 * @param low lower end of the 95 % interval
 * @param high upper end
 */
record MeasuredLift(double low, double high) {
    private static final JsonMapper JSON = new JsonMapper();

    /** From a version's report; null where it is not defined yet. */
    static @Nullable MeasuredLift of(@Nullable String report) {
        if (report == null) {
            return null;
        }
        var node = JSON.readTree(report);
        return node.path("low").isNumber() && node.path("high").isNumber()
                ? new MeasuredLift(
                        node.path("low").asDouble(), node.path("high").asDouble())
                : null;
    }

    /** Whether the whole interval lies below zero. */
    boolean isNegative() {
        return high < 0;
    }
}
