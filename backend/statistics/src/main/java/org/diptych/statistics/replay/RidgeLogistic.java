package org.diptych.statistics.replay;

import java.util.Arrays;
import org.diptych.statistics.acquisition.Logistic;
import org.diptych.statistics.acquisition.SymmetricMatrices;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.decomposition.TriangularSolver_DDRM;
import org.jspecify.annotations.Nullable;

/**
 * Newton's method for ridge-penalised logistic regression, kept warm over several strengths: weights v in the
 * coordinates of the prior, w = T v, features T x.
 */
final class RidgeLogistic {
    private static final int MOST_ITERATIONS = 100;
    /** Newton decrement, in nats, at which strengths can be compared; the error left is of its square. */
    static final double COARSE = 1e-4;
    /** Newton decrement at which the weights are final. */
    static final double FINE = 1e-10;

    private final PairLabels labels;
    private final @Nullable DMatrixRMaj transform;
    private final double[][] rows;
    private final int width;
    private final double[] margins;
    private final double[] information;
    private final DMatrixRMaj weights;
    private final DMatrixRMaj gradient;
    private final DMatrixRMaj step;
    private final DMatrixRMaj precision;
    /** Lower triangular root of the precision. */
    private DMatrixRMaj root;

    private double strength = Double.NaN;
    private double objective;

    RidgeLogistic(PairLabels labels, @Nullable DMatrixRMaj transform) {
        this.labels = labels;
        this.transform = transform;
        width = labels.features().width();
        // a multiple of four, the rest zeros without weight, for the blocks of four below
        rows = new double[Math.ceilDiv(labels.size(), 4) * 4][width];
        var row = new float[width];
        for (int label = 0; label < labels.size(); label++) {
            labels.features().read(label, row);
            if (transform == null) {
                for (int column = 0; column < width; column++) {
                    rows[label][column] = row[column];
                }
            } else {
                SymmetricMatrices.multiplyTransposed(transform, row, rows[label]);
            }
        }
        margins = new double[labels.size()];
        information = new double[rows.length];
        weights = new DMatrixRMaj(width, 1);
        gradient = new DMatrixRMaj(width, 1);
        step = new DMatrixRMaj(width, 1);
        precision = new DMatrixRMaj(width, width);
        root = precision;
    }

    /** Moves to the optimum under another strength, until the Newton decrement is below the tolerance. */
    RidgeLogistic refit(double newStrength, double tolerance) {
        strength = newStrength;
        objective = evaluate();
        for (int iteration = 0; iteration < MOST_ITERATIONS; iteration++) {
            prepareStep();
            double decrement = CommonOps_DDRM.dot(gradient, step);
            if (decrement < tolerance) {
                return this;
            }
            if (!move()) {
                if (decrement > 1e-10 * Math.abs(objective)) {
                    break;
                }
                // the objective is at its rounding error
                return this;
            }
        }
        throw new IllegalStateException("Newton's method did not converge in %d iterations on %d rows, strength %s"
                .formatted(MOST_ITERATIONS, labels.size(), strength));
    }

    private void prepareStep() {
        Arrays.fill(precision.data, 0);
        for (int column = 0; column < width; column++) {
            gradient.data[column] = -strength * weights.data[column];
        }
        for (int label = 0; label < margins.length; label++) {
            double probability = Logistic.sigmoid(margins[label]);
            double residual = labels.wins(label) - labels.total(label) * probability;
            information[label] = labels.total(label) * probability * (1 - probability);
            double[] row = rows[label];
            for (int column = 0; column < width; column++) {
                gradient.data[column] += residual * row[column];
            }
        }
        for (int label = 0; label < rows.length; label += 4) {
            addFourOuter(label);
        }
        CommonOps_DDRM.symmUpperToFull(precision);
        for (int column = 0; column < width; column++) {
            precision.add(column, column, strength);
        }
        root = SymmetricMatrices.root(precision);
        step.setTo(gradient);
        TriangularSolver_DDRM.solveL(root.data, step.data, width);
        TriangularSolver_DDRM.solveTranL(root.data, step.data, width);
    }

    /** Adds information x x' of four labels to the upper triangle: one pass over the matrix for four rows. */
    private void addFourOuter(int label) {
        double[] first = rows[label];
        double[] second = rows[label + 1];
        double[] third = rows[label + 2];
        double[] fourth = rows[label + 3];
        double[] data = precision.data;
        for (int i = 0; i < width; i++) {
            double a = information[label] * first[i];
            double b = information[label + 1] * second[i];
            double c = information[label + 2] * third[i];
            double d = information[label + 3] * fourth[i];
            int offset = i * width;
            for (int j = i; j < width; j++) {
                data[offset + j] += a * first[j] + b * second[j] + c * third[j] + d * fourth[j];
            }
        }
    }

    /** Takes the step, halved until the objective rises; with a concave objective one of the halves does. */
    private boolean move() {
        double before = objective;
        var start = weights.copy();
        for (double fraction = 1; fraction > 1e-10; fraction /= 2) {
            CommonOps_DDRM.add(start, fraction, step, weights);
            objective = evaluate();
            if (objective > before) {
                return true;
            }
        }
        weights.setTo(start);
        objective = evaluate();
        return false;
    }

    /** Log likelihood plus log prior (without its constant), at the current weights. */
    private double evaluate() {
        double sum = 0;
        for (int label = 0; label < margins.length; label++) {
            double margin = SymmetricMatrices.dot(weights.data, rows[label]);
            margins[label] = margin;
            sum += labels.wins(label) * margin - labels.total(label) * softplus(margin);
        }
        return sum - strength * CommonOps_DDRM.dot(weights, weights) / 2;
    }

    /** log p(labels) by Laplace: the objective + ½ d log strength - ½ log det precision. */
    double logEvidence() {
        double logDeterminant = 0;
        for (int column = 0; column < width; column++) {
            logDeterminant += 2 * Math.log(root.get(column, column));
        }
        return objective + (width * Math.log(strength) - logDeterminant) / 2;
    }

    PreferenceModel model(PairLabels source, double power) {
        // the covariance of v is the square of the inverse of the precision's root, that of w = T v the square of T
        // times it
        var inverse = SymmetricMatrices.invertLower(root);
        var spread = new DMatrixRMaj(width, width);
        var original = weights.copy();
        if (transform == null) {
            CommonOps_DDRM.transpose(inverse, spread);
        } else {
            CommonOps_DDRM.multTransB(transform, inverse, spread);
            CommonOps_DDRM.mult(transform, weights, original);
        }
        var covariance = SymmetricMatrices.root(CommonOps_DDRM.multTransB(spread, spread, null));
        return PreferenceModel.of(original.data, covariance, source, strength, power, logEvidence());
    }

    static double softplus(double value) {
        return value > 0 ? value + Math.log1p(Math.exp(-value)) : Math.log1p(Math.exp(value));
    }
}
