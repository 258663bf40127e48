package org.diptych.statistics.agreement;

/**
 * Agreement weights between two values of a scale with q values: 1 for the same value, less for values farther apart
 * (Gwet, "Handbook of Inter-Rater Reliability", 4th ed., 2014, chapter 3).
 *
 * <p>Positions are the numbers of a numeric scale and the ranks of an ordered scale of words.
 */
enum WeightScheme {
    /** 1 for the same value, else 0. */
    IDENTITY,
    /** {@code 1 - |a - b| / (max - min)}. */
    LINEAR,
    /** {@code 1 - ((a - b) / (max - min))²}. */
    QUADRATIC,
    /**
     * Gwet's ordinal weights, {@code 1 - C(|k - l| + 1, 2) / C(q, 2)} for the ranks k and l. They do not depend on the
     * ratings and have nothing in common with Krippendorff's ordinal distance ({@link Level#ORDINAL}) but the name.
     */
    GWET_ORDINAL;

    /** Weight of the values with two indexes; symmetric, 1 for the same index. */
    double weight(ValueScale scale, int first, int second) {
        if (first == second) {
            return 1;
        }
        double size = scale.size();
        double steps = Math.abs(first - second);
        var distance = Math.abs(scale.position(first) - scale.position(second)) / range(scale);
        return switch (this) {
            case IDENTITY -> 0;
            case LINEAR -> 1 - distance;
            case QUADRATIC -> 1 - distance * distance;
            case GWET_ORDINAL -> 1 - steps * (steps + 1) / (size * (size - 1));
        };
    }

    /** Sum of all q x q weights, in a time linear in q. */
    double total(ValueScale scale) {
        double size = scale.size();
        double loss = 0;
        for (var index = 1; index < scale.size(); index++) {
            var position = (scale.position(index) - scale.position(0)) / range(scale);
            loss += switch (this) {
                case IDENTITY -> 2.0 * index;
                case LINEAR -> 2 * (2 * index - size + 1) * position;
                case QUADRATIC -> 2 * size * position * position;
                case GWET_ORDINAL -> 2 * (size - index) * index * (index + 1.0) / (size * (size - 1));
            };
        }
        if (this == QUADRATIC) {
            double sum = 0;
            for (var index = 1; index < scale.size(); index++) {
                sum += (scale.position(index) - scale.position(0)) / range(scale);
            }
            loss -= 2 * sum * sum;
        }
        return size * size - loss;
    }

    private static double range(ValueScale scale) {
        return scale.position(scale.size() - 1) - scale.position(0);
    }
}
