package org.diptych.statistics.ranking;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;

/**
 * Newton's ascent of a concave function with halved steps where a full one does not rise.
 *
 * <p>Strengths are only defined up to a common constant, so the matrix of second derivatives is singular along it; the
 * matrix of ones is added there, which keeps their sum at 0 and changes nothing else.
 */
final class Ascent {

    /** A concave function of the strengths (the first parameters) and some others. */
    interface Function {

        /**
         * @param gradient to be filled
         * @param curvature to be filled with the negative second derivatives
         * @return the value, or minus infinity where it is not defined
         */
        double evaluate(double[] at, double[] gradient, DMatrixRMaj curvature);
    }

    private static final int HALVINGS = 40;

    private final Function function;
    private final int strengths;
    private final double[] position;
    private final double[] gradient;
    private final DMatrixRMaj curvature;
    private double value;

    Ascent(Function function, int strengths, double[] start) {
        this.function = function;
        this.strengths = strengths;
        this.position = start.clone();
        this.gradient = new double[start.length];
        this.curvature = new DMatrixRMaj(start.length, start.length);
        this.value = function.evaluate(position, gradient, curvature);
    }

    double[] position() {
        return position;
    }

    /** One step; returns its largest component, or infinity when the function has no maximum to step to. */
    double step() {
        var solver = LinearSolverFactory_DDRM.symmPosDef(position.length);
        if (!solver.setA(anchored())) {
            return Double.POSITIVE_INFINITY;
        }
        var direction = new DMatrixRMaj(position.length, 1);
        solver.solve(DMatrixRMaj.wrap(position.length, 1, gradient.clone()), direction);
        double[] before = position.clone();
        double valueBefore = value;
        double length = 1;
        for (int halving = 0; halving < HALVINGS; halving++) {
            for (int index = 0; index < position.length; index++) {
                position[index] = before[index] + length * direction.get(index);
            }
            value = function.evaluate(position, gradient, curvature);
            // rounding may lower the value by a hair at the summit
            if (value >= valueBefore - 1e-12 * (1 + Math.abs(valueBefore))) {
                break;
            }
            length /= 2;
        }
        double largest = 0;
        for (int index = 0; index < position.length; index++) {
            largest = Math.max(largest, Math.abs(position[index] - before[index]));
        }
        return Double.isFinite(value) ? largest : Double.POSITIVE_INFINITY;
    }

    /**
     * Standard errors of all parameters, from the inverse of a matrix of negative second derivatives; infinite when it
     * has none.
     */
    static double[] standardErrors(DMatrixRMaj information, int strengths) {
        int size = information.numRows;
        double[] errors = new double[size];
        var solver = LinearSolverFactory_DDRM.symmPosDef(size);
        DMatrixRMaj anchored = anchored(information, strengths);
        double alongOnes = 0;
        for (int index = 0; index < strengths; index++) {
            alongOnes += anchored.get(0, index);
        }
        if (!solver.setA(anchored)) {
            Arrays.fill(errors, Double.POSITIVE_INFINITY);
            return errors;
        }
        var inverse = new DMatrixRMaj(size, size);
        solver.invert(inverse);
        // take out the variance along the common constant, which the added ones have made finite
        double common = 1 / (strengths * alongOnes);
        for (int index = 0; index < size; index++) {
            errors[index] = Math.sqrt(Math.max(0, inverse.get(index, index) - (index < strengths ? common : 0)));
        }
        return errors;
    }

    private DMatrixRMaj anchored() {
        return anchored(curvature, strengths);
    }

    private static DMatrixRMaj anchored(DMatrixRMaj matrix, int strengths) {
        DMatrixRMaj anchored = matrix.copy();
        for (int row = 0; row < strengths; row++) {
            for (int column = 0; column < strengths; column++) {
                anchored.add(row, column, 1);
            }
        }
        return anchored;
    }
}
