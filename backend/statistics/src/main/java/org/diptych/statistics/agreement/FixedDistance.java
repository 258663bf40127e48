package org.diptych.statistics.agreement;

/** Krippendorff's squared distances that do not depend on the ratings (Krippendorff 2011). */
enum FixedDistance {
    NOMINAL,
    INTERVAL,
    RATIO;

    static FixedDistance of(Level level) {
        return switch (level) {
            case NOMINAL -> NOMINAL;
            case INTERVAL -> INTERVAL;
            case RATIO -> RATIO;
            case ORDINAL -> throw new IllegalArgumentException("Ordinal distances depend on the ratings");
        };
    }

    /** Squared distance of the values with two indexes, 0 for the same value. */
    double squared(ValueScale scale, int first, int second) {
        if (first == second) {
            return 0;
        }
        var difference = scale.position(first) - scale.position(second);
        return switch (this) {
            case NOMINAL -> 1;
            case INTERVAL -> difference * difference;
            case RATIO -> {
                var ratio = difference / (scale.position(first) + scale.position(second));
                yield ratio * ratio;
            }
        };
    }

    /**
     * {@code Σ_c Σ_k n_c n_k d²(c, k)}; exactly 0 if one value only was used.
     *
     * @param marginals starts with the number of ratings n_c of each value
     * @param total their sum
     */
    double expected(ValueScale scale, double[] marginals, double total) {
        return switch (this) {
            case NOMINAL -> nominal(scale, marginals, total);
            case INTERVAL -> interval(scale, marginals, total);
            case RATIO -> pairwise(scale, marginals);
        };
    }

    private static double nominal(ValueScale scale, double[] marginals, double total) {
        double sum = 0;
        for (var value = 0; value < scale.size(); value++) {
            sum += marginals[value] * (total - marginals[value]);
        }
        return sum;
    }

    private static double interval(ValueScale scale, double[] marginals, double total) {
        double mean = 0;
        for (var value = 0; value < scale.size(); value++) {
            if (marginals[value] == total) {
                return 0;
            }
            mean += marginals[value] / total * scale.position(value);
        }
        double squares = 0;
        for (var value = 0; value < scale.size(); value++) {
            var deviation = scale.position(value) - mean;
            squares += marginals[value] * deviation * deviation;
        }
        return 2 * total * squares;
    }

    private double pairwise(ValueScale scale, double[] marginals) {
        double sum = 0;
        for (var first = 1; first < scale.size(); first++) {
            if (marginals[first] != 0) {
                for (var second = 0; second < first; second++) {
                    sum += 2 * marginals[first] * marginals[second] * squared(scale, first, second);
                }
            }
        }
        return sum;
    }
}
