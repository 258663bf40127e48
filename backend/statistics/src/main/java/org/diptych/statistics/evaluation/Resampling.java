package org.diptych.statistics.evaluation;

import java.util.Arrays;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * How figures of a benchmark get their intervals and their thresholds. Each figure draws from a generator of its own, so it
 * does not depend on which others were computed before.
 *
 * @param bootstrap over source images
 * @param folds in how many parts the source images are dealt where a threshold is chosen on the other parts
 * @param generators a new generator in the same state each time
 */
public record Resampling(GroupBootstrap bootstrap, int folds, Supplier<RandomGenerator> generators) {

    RandomGenerator random() {
        return generators.get();
    }

    /** The folds for these groups: not more than there are. */
    int folds(int[] group) {
        return Math.min(folds, distinct(group));
    }

    static int distinct(int[] group) {
        return (int) Arrays.stream(group).distinct().count();
    }

    /** A mean of values with its interval, beside its published form. */
    SideBySide mean(
            Measure published, double[] values, int[] group, Measure majority, Measure random, String reasonIfEmpty) {
        return new SideBySide(
                published,
                Measure.share(Arrays.stream(values).sum(), values.length, reasonIfEmpty),
                bootstrap.mean(values, group, random()),
                majority,
                random,
                values.length,
                distinct(group));
    }
}
