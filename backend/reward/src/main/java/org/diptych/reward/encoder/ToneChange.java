package org.diptych.reward.encoder;

/**
 * The one affine map of (luma, blueness, redness) that explains the edit best, and what it leaves unexplained. Global edits (brighter,
 * grey, warm, inverted) are explained by it; objects, text and artefacts are not.
 *
 * @param lumaGain contrast ratio; -1 for an inverted image
 * @param chromaGain ratio of colourfulness, 0 for a grey image
 * @param chromaTurn rotation of the hues, -1..1 in half turns
 * @param lumaShift, bluenessShift, rednessShift change at the source's mean colour, in levels
 * @param explained share of the edit's variance that the map explains, 0..1
 * @param residuals size of the unexplained difference per cell of 112 x 112, in levels
 * @param lumaResiduals its signed luma part
 */
record ToneChange(
        double lumaGain,
        double chromaGain,
        double chromaTurn,
        double lumaShift,
        double bluenessShift,
        double rednessShift,
        double explained,
        float[] residuals,
        float[] lumaResiduals) {

    /** Side of the residual map. */
    static final int SIDE = 112;

    private static final double TYPICAL_RESIDUAL = 12;

    /** Fits the map from a source, already placed as the edit shows it, to the edit. */
    static ToneChange of(ImageAnalysis placed, ImageAnalysis edited) {
        float[][] from = cells(placed);
        float[][] to = cells(edited);
        int n = SIDE * SIDE;
        double[] weights = new double[n];
        double[] centre = new double[3];
        int seen = 0;
        for (int i = 0; i < n; i++) {
            if (!Float.isNaN(from[0][i])) {
                weights[i] = 1;
                seen++;
                for (int c = 0; c < 3; c++) {
                    centre[c] += from[c][i];
                }
            }
        }
        for (int c = 0; c < 3; c++) {
            centre[c] /= Math.max(1, seen);
        }
        double[][] map = {};
        float[] residuals = new float[n];
        for (int round = 0; round < 4; round++) {
            map = fit(from, to, weights, centre);
            for (int i = 0; i < n; i++) {
                if (Float.isNaN(from[0][i])) {
                    // shown, but not from the source: new by definition
                    residuals[i] = 40;
                } else {
                    double r = residual(map, from, to, centre, i);
                    residuals[i] = (float) r;
                    weights[i] = 1 / (1 + r * r / (TYPICAL_RESIDUAL * TYPICAL_RESIDUAL));
                }
            }
        }
        double chromaA = map[1][1] + map[2][2];
        double chromaB = map[1][2] - map[2][1];
        return new ToneChange(
                map[0][0],
                Math.hypot(chromaA, chromaB) / 2,
                Math.atan2(chromaB, chromaA) / Math.PI,
                map[0][3] - centre[0],
                map[1][3] - centre[1],
                map[2][3] - centre[2],
                explained(to, residuals),
                residuals,
                lumaResiduals(map, from, to, centre));
    }

    private static float[] lumaResiduals(double[][] map, float[][] from, float[][] to, double[] centre) {
        float[] signed = new float[SIDE * SIDE];
        for (int i = 0; i < signed.length; i++) {
            if (!Float.isNaN(from[0][i])) {
                signed[i] = (float) (to[0][i] - predicted(map[0], from, centre, i));
            }
        }
        return signed;
    }

    private static double predicted(double[] row, float[][] from, double[] centre, int i) {
        double sum = row[3];
        for (int c = 0; c < 3; c++) {
            sum += row[c] * (from[c][i] - centre[c]);
        }
        return Math.clamp(sum, -255, 255);
    }

    private static float[][] cells(ImageAnalysis image) {
        int factor = ImageAnalysis.SIDE / SIDE;
        return new float[][] {
            Plane.shrink(image.luma(), ImageAnalysis.SIDE, factor),
            Plane.shrink(image.blueness(), ImageAnalysis.SIDE, factor),
            Plane.shrink(image.redness(), ImageAnalysis.SIDE, factor)
        };
    }

    /** Weighted ridge regression towards "nothing changed", so that a grey source does not leave the colours free. */
    private static double[][] fit(float[][] from, float[][] to, double[] weights, double[] centre) {
        double[][] normal = new double[4][7];
        double[] x = new double[7];
        for (int i = 0; i < weights.length; i++) {
            if (weights[i] > 0) {
                for (int c = 0; c < 3; c++) {
                    x[c] = from[c][i] - centre[c];
                    x[4 + c] = to[c][i];
                }
                x[3] = 1;
                for (int r = 0; r < 4; r++) {
                    for (int c = 0; c < 7; c++) {
                        normal[r][c] += weights[i] * x[r] * x[c];
                    }
                }
            }
        }
        double ridge = 4.0 * weights.length;
        for (int c = 0; c < 3; c++) {
            normal[c][c] += ridge;
            normal[c][4 + c] += ridge;
        }
        normal[3][3] += 1e-6;
        double[][] solution = solve(normal);
        double[][] map = new double[3][4];
        for (int channel = 0; channel < 3; channel++) {
            for (int k = 0; k < 4; k++) {
                map[channel][k] = solution[k][channel];
            }
        }
        return map;
    }

    /** Gauss-Jordan elimination of a positive definite 4 x 4 system with three right-hand sides. */
    private static double[][] solve(double[][] system) {
        for (int p = 0; p < 4; p++) {
            double pivot = system[p][p];
            for (int c = 0; c < 7; c++) {
                system[p][c] /= pivot;
            }
            for (int r = 0; r < 4; r++) {
                if (r != p) {
                    double factor = system[r][p];
                    for (int c = 0; c < 7; c++) {
                        system[r][c] -= factor * system[p][c];
                    }
                }
            }
        }
        double[][] solution = new double[4][3];
        for (int r = 0; r < 4; r++) {
            System.arraycopy(system[r], 4, solution[r], 0, 3);
        }
        return solution;
    }

    private static double residual(double[][] map, float[][] from, float[][] to, double[] centre, int i) {
        double sum = 0;
        for (int channel = 0; channel < 3; channel++) {
            double r = to[channel][i] - predicted(map[channel], from, centre, i);
            sum += (channel == 0 ? 1 : 0.5) * r * r;
        }
        return Math.sqrt(sum);
    }

    private static double explained(float[][] to, float[] residuals) {
        double total = 0;
        for (int channel = 0; channel < 3; channel++) {
            double deviation = Plane.standardDeviation(to[channel]);
            total += (channel == 0 ? 1 : 0.5) * deviation * deviation;
        }
        double left = 0;
        for (float r : residuals) {
            left += (double) r * r;
        }
        return Math.clamp(1 - left / residuals.length / (total + 1), 0, 1);
    }
}
