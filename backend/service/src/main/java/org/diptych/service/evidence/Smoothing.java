package org.diptych.service.evidence;

/** A separable Gaussian filter; beyond the edge the last pixel goes on. */
final class Smoothing {
    private final float[] weights;
    private final int reach;

    /** @param deviation standard deviation, in pixels */
    Smoothing(double deviation) {
        reach = (int) Math.ceil(3 * deviation);
        weights = new float[2 * reach + 1];
        double sum = 0;
        for (int i = -reach; i <= reach; i++) {
            sum += Math.exp(-i * i / (2 * deviation * deviation));
        }
        for (int i = -reach; i <= reach; i++) {
            weights[i + reach] = (float) (Math.exp(-i * i / (2 * deviation * deviation)) / sum);
        }
    }

    float[] apply(float[] plane, int width, int height) {
        float[] rows = new float[plane.length];
        float[] line = new float[width + 2 * reach];
        for (int y = 0; y < height; y++) {
            for (int x = -reach; x < width + reach; x++) {
                line[x + reach] = plane[y * width + Math.clamp(x, 0, width - 1)];
            }
            for (int x = 0; x < width; x++) {
                float sum = 0;
                for (int k = 0; k < weights.length; k++) {
                    sum += weights[k] * line[x + k];
                }
                rows[y * width + x] = sum;
            }
        }
        float[] result = new float[plane.length];
        for (int y = 0; y < height; y++) {
            for (int k = 0; k < weights.length; k++) {
                int from = Math.clamp(y + k - reach, 0, height - 1) * width;
                float weight = weights[k];
                for (int x = 0; x < width; x++) {
                    result[y * width + x] += weight * rows[from + x];
                }
            }
        }
        return result;
    }
}
