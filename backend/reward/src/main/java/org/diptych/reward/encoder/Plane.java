package org.diptych.reward.encoder;

import java.util.Arrays;

/** Arithmetic on square or rectangular planes in row order. */
final class Plane {

    private Plane() {}

    static double mean(float[] plane) {
        double sum = 0;
        for (float value : plane) {
            sum += value;
        }
        return sum / plane.length;
    }

    static double standardDeviation(float[] plane) {
        double mean = mean(plane);
        double sum = 0;
        for (float value : plane) {
            sum += (value - mean) * (value - mean);
        }
        return Math.sqrt(sum / plane.length);
    }

    /** The q-quantile, 0..1, without interpolation. */
    static double quantile(float[] plane, double q) {
        float[] sorted = plane.clone();
        Arrays.sort(sorted);
        return sorted[(int) Math.min(sorted.length - 1L, Math.round(q * (sorted.length - 1)))];
    }

    /** The share of values above a threshold. */
    static double above(float[] plane, double threshold) {
        int count = 0;
        for (float value : plane) {
            if (value > threshold) {
                count++;
            }
        }
        return (double) count / plane.length;
    }

    /** Pearson's correlation; 0 if one of the planes is constant. */
    static double correlation(float[] a, float[] b) {
        double meanA = mean(a);
        double meanB = mean(b);
        double aa = 0;
        double bb = 0;
        double ab = 0;
        for (int i = 0; i < a.length; i++) {
            double x = a[i] - meanA;
            double y = b[i] - meanB;
            aa += x * x;
            bb += y * y;
            ab += x * y;
        }
        return aa < 1e-9 || bb < 1e-9 ? 0 : ab / Math.sqrt(aa * bb);
    }

    /** Means over cells of factor x factor; the side must be a multiple of the factor. */
    static float[] shrink(float[] plane, int side, int factor) {
        int small = side / factor;
        float[] result = new float[small * small];
        for (int y = 0; y < small * factor; y++) {
            for (int x = 0; x < small * factor; x++) {
                result[y / factor * small + x / factor] += plane[y * side + x];
            }
        }
        for (int i = 0; i < result.length; i++) {
            result[i] /= factor * factor;
        }
        return result;
    }

    /** Length of the gradient by central differences; 0 on the frame. */
    static float[] gradient(float[] plane, int side) {
        float[] result = new float[plane.length];
        for (int y = 1; y < side - 1; y++) {
            for (int x = 1; x < side - 1; x++) {
                int i = y * side + x;
                float gx = plane[i + 1] - plane[i - 1];
                float gy = plane[i + side] - plane[i - side];
                result[i] = (float) Math.sqrt(gx * gx + gy * gy) / 2;
            }
        }
        return result;
    }

    /** Mean over the cells of a region. */
    static double mean(float[] plane, boolean[] region) {
        double sum = 0;
        int count = 0;
        for (int i = 0; i < plane.length; i++) {
            if (region[i]) {
                sum += plane[i];
                count++;
            }
        }
        return count == 0 ? 0 : sum / count;
    }
}
