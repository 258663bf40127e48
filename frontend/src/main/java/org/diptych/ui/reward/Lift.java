package org.diptych.ui.reward;

/** The measured lift of a version, as its report has it. */
sealed interface Lift {
    /**
     * Accuracy of heads fitted to labels of chosen pairs, minus that of heads fitted to as many labels of random pairs.
     *
     * @param labels labels of each side
     * @param pairs held-out pairs that both were judged on
     * @param subsamples draws of labels it is averaged over
     * @param value the difference
     * @param low lower end of its 95 % interval
     * @param high upper end
     */
    record Measured(int labels, int pairs, int subsamples, double value, double low, double high) implements Lift {}

    /**
     * It cannot be measured yet.
     *
     * @param count how many are missing at least
     * @param of of what: {@code chosen}, {@code random} or {@code judged}
     */
    record Missing(int count, String of) implements Lift {}

    /** The version comes from a time before this was measured. */
    record Unknown() implements Lift {}

    /** Reads a version's report. */
    static Lift of(String comparison) {
        var lift = ModelCardJson.of(comparison).root().path("lift");
        if (lift.path("value").isNumber()) {
            return new Measured(
                    lift.path("labels").asInt(0),
                    lift.path("pairs").asInt(0),
                    lift.path("subsamples").asInt(0),
                    lift.path("value").asDouble(0),
                    lift.path("low").asDouble(0),
                    lift.path("high").asDouble(0));
        }
        return switch (lift.path("of").asString("")) {
            case "chosen" -> new Missing(lift.path("missing").asInt(0), "chosen");
            case "random" -> new Missing(lift.path("missing").asInt(0), "random");
            case "judged" -> new Missing(lift.path("missing").asInt(0), "judged");
            default -> new Unknown();
        };
    }
}
