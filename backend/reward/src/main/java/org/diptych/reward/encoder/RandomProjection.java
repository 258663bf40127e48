package org.diptych.reward.encoder;

import java.util.Random;

/**
 * A fixed Gaussian projection to fewer dimensions that keeps lengths and angles on average (Johnson and Lindenstrauss, 1984). The same
 * seed gives the same projection on every machine.
 */
final class RandomProjection {

    private final float[][] rows;

    RandomProjection(int inputs, int outputs, long seed) {
        var random = new Random(seed);
        rows = new float[outputs][inputs];
        double scale = 1 / Math.sqrt(outputs);
        for (float[] row : rows) {
            for (int i = 0; i < inputs; i++) {
                row[i] = (float) (random.nextGaussian() * scale);
            }
        }
    }

    float[] apply(float[] input) {
        float[] result = new float[rows.length];
        for (int r = 0; r < rows.length; r++) {
            float sum = 0;
            for (int i = 0; i < input.length; i++) {
                sum += rows[r][i] * input[i];
            }
            result[r] = sum;
        }
        return result;
    }
}
