package org.diptych.statistics.replay;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.diptych.statistics.acquisition.SymmetricMatrices;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;

/**
 * Brings wide features to the few directions in which candidates differ most: standardised, then projected to their
 * principal axes (without scaling these, so that a direction that many features share stays large). Learnt without labels
 * in one pass of bounded memory; features as narrow as the limit are only standardised.
 */
final class FeatureReduction {
    /** Directions kept at most, as in the last layer of the reward model. */
    static final int DIRECTIONS = 64;

    private static final int SAMPLE = 512;
    private static final long SEED = 7;
    /** Features farther out than this many deviations are drawn in, so that no single candidate makes a direction. */
    private static final double LIMIT = 5;

    private final double[] mean;
    private final double[] scale;
    /** One row per direction; empty when the standardised features themselves are used. */
    private final List<double[]> axes;

    private final int[] varying;

    private FeatureReduction(double[] mean, double[] scale, int[] varying, List<double[]> axes) {
        this.mean = mean;
        this.scale = scale;
        this.varying = varying;
        this.axes = axes;
    }

    /** Number of features left. */
    int width() {
        return axes.isEmpty() ? varying.length : axes.size();
    }

    /** The reduced features of one candidate. */
    float[] reduce(float[] features) {
        double[] standard = standardise(features);
        var reduced = new float[width()];
        for (int column = 0; column < reduced.length; column++) {
            reduced[column] = (float)
                    (axes.isEmpty() ? standard[varying[column]] : SymmetricMatrices.dot(axes.get(column), standard));
        }
        return reduced;
    }

    private double[] standardise(float[] features) {
        var standard = new double[mean.length];
        for (int column = 0; column < standard.length; column++) {
            standard[column] = Math.clamp((features[column] - mean[column]) * scale[column], -LIMIT, LIMIT);
        }
        return standard;
    }

    /** Learns from candidates, one after the other. */
    static final class Learner {
        private final double[] mean;
        private final double[] squares;
        private final List<float[]> sample = new ArrayList<>();
        private final SplittableRandom random = new SplittableRandom(SEED);
        private int count;

        Learner(int width) {
            mean = new double[width];
            squares = new double[width];
        }

        /** Adds one candidate (Welford's recurrence, and a reservoir of examples). */
        void add(float[] features) {
            count++;
            for (int column = 0; column < mean.length; column++) {
                double before = features[column] - mean[column];
                mean[column] += before / count;
                squares[column] += before * (features[column] - mean[column]);
            }
            if (sample.size() < SAMPLE) {
                sample.add(features.clone());
            } else {
                int place = random.nextInt(count);
                if (place < SAMPLE) {
                    sample.set(place, features.clone());
                }
            }
        }

        /**
         * What was learnt.
         *
         * @throws IllegalArgumentException when no feature differs between the candidates
         */
        FeatureReduction learn() {
            var scale = new double[mean.length];
            for (int column = 0; column < scale.length; column++) {
                double deviation = Math.sqrt(squares[column] / Math.max(1, count));
                scale[column] = deviation > 1e-6 * Math.max(1, Math.abs(mean[column])) ? 1 / deviation : 0;
            }
            int[] varying = IntStream.range(0, scale.length)
                    .filter(column -> scale[column] > 0)
                    .toArray();
            if (varying.length == 0) {
                throw new IllegalArgumentException("Every feature is the same in all candidates");
            }
            var narrow = new FeatureReduction(mean, scale, varying, List.of());
            return varying.length <= DIRECTIONS
                    ? narrow
                    : new FeatureReduction(mean, scale, varying, axes(narrow, sample));
        }

        /** Principal axes from the inner products of the sample, fewer than the features. */
        private static List<double[]> axes(FeatureReduction narrow, List<float[]> sample) {
            var rows = sample.stream().map(narrow::standardise).toList();
            int size = rows.size();
            var gram = new DMatrixRMaj(size, size);
            for (int i = 0; i < size; i++) {
                for (int j = 0; j <= i; j++) {
                    double product = SymmetricMatrices.dot(rows.get(i), rows.get(j));
                    gram.set(i, j, product);
                    gram.set(j, i, product);
                }
            }
            var eigen = DecompositionFactory_DDRM.eig(size, true, true);
            if (!eigen.decompose(gram)) {
                throw new IllegalStateException("The inner products of the features have no eigenvectors");
            }
            double largest = IntStream.range(0, size)
                    .mapToDouble(axis -> eigen.getEigenvalue(axis).getReal())
                    .max()
                    .orElse(0);
            return IntStream.range(0, size)
                    .boxed()
                    .filter(axis -> eigen.getEigenvalue(axis).getReal() > 1e-9 * largest)
                    .sorted(Comparator.comparingDouble(
                            axis -> -eigen.getEigenvalue(axis).getReal()))
                    .limit(DIRECTIONS)
                    .map(axis -> axis(eigen.getEigenVector(axis), rows))
                    .toList();
        }

        private static double[] axis(DMatrixRMaj weights, List<double[]> rows) {
            var axis = new double[rows.getFirst().length];
            for (int row = 0; row < rows.size(); row++) {
                double weight = weights.get(row, 0);
                for (int column = 0; column < axis.length; column++) {
                    axis[column] += weight * rows.get(row)[column];
                }
            }
            double length = Math.sqrt(SymmetricMatrices.dot(axis, axis));
            for (int column = 0; column < axis.length; column++) {
                axis[column] /= length;
            }
            return axis;
        }
    }
}
