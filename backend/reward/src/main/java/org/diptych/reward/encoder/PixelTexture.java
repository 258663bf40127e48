package org.diptych.reward.encoder;

import java.util.Arrays;

/**
 * What the differences between neighbouring pixels tell, measured in one pass over the rows. Per row, the differences are computed
 * first, without dependencies between pixels, and added up afterwards, all sums in the order of the pixels.
 *
 * @param sharpness log of the mean absolute Laplacian
 * @param blockiness excess of gradients on the strongest of eight grid phases over the others, in grey levels, rows and columns
 * @param fineDetail log ratio of one-pixel differences to four-pixel differences
 */
record PixelTexture(double sharpness, double blockiness, double fineDetail) {

    static PixelTexture of(float[] luma, int width, int height) {
        var sums = new Sums(luma, width, height);
        for (int y = 0; y < height; y++) {
            sums.addRow(y);
        }
        return new PixelTexture(sums.sharpness(), sums.blockiness(), sums.fineDetail());
    }

    private static final class Sums {

        private final float[] p;
        private final int width;
        private final int height;
        // of one row; zero where a mask would reach over the frame
        private final float[] laplacian;
        private final float[] stepX;
        private final float[] stepY;
        private final float[] near;
        private final float[] far;
        private final double[] columns = new double[8];
        private final double[] rows = new double[8];
        private double curvature;
        private double fine;
        private double coarse;

        Sums(float[] luma, int width, int height) {
            p = luma;
            this.width = width;
            this.height = height;
            laplacian = new float[width];
            stepX = new float[width];
            stepY = new float[width];
            near = new float[width];
            far = new float[width];
        }

        void addRow(int y) {
            curve(y);
            steps(y);
            detail(y);
            double curved = curvature;
            double row = rows[y & 7];
            double nearSum = fine;
            double farSum = coarse;
            for (int x = 0; x < width; x++) {
                curved += laplacian[x];
                row += stepY[x];
                nearSum += near[x];
                farSum += far[x];
                columns[x & 7] += stepX[x];
            }
            curvature = curved;
            rows[y & 7] = row;
            fine = nearSum;
            coarse = farSum;
        }

        private void curve(int y) {
            if (y < 1 || y >= height - 1) {
                Arrays.fill(laplacian, 0);
                return;
            }
            for (int x = 1; x < width - 1; x++) {
                int i = y * width + x;
                laplacian[x] = Math.abs(4 * p[i] - p[i - 1] - p[i + 1] - p[i - width] - p[i + width]);
            }
        }

        /** The step to the next pixel, less the slope on both sides: edges of objects cancel, block edges stay. */
        private void steps(int y) {
            if (y < 1 || y >= height - 2) {
                Arrays.fill(stepX, 0);
                Arrays.fill(stepY, 0);
                return;
            }
            for (int x = 1; x < width - 2; x++) {
                int i = y * width + x;
                stepX[x] = Math.abs(p[i + 1] - p[i]) - (Math.abs(p[i] - p[i - 1]) + Math.abs(p[i + 2] - p[i + 1])) / 2;
            }
            for (int x = 1; x < width - 2; x++) {
                int i = y * width + x;
                stepY[x] = Math.abs(p[i + width] - p[i])
                        - (Math.abs(p[i] - p[i - width]) + Math.abs(p[i + 2 * width] - p[i + width])) / 2;
            }
        }

        private void detail(int y) {
            if (y >= height - 4) {
                Arrays.fill(near, 0);
                Arrays.fill(far, 0);
                return;
            }
            for (int x = 0; x < width - 4; x++) {
                int i = y * width + x;
                near[x] = Math.abs(p[i + 1] - p[i]) + Math.abs(p[i + width] - p[i]);
            }
            for (int x = 0; x < width - 4; x++) {
                int i = y * width + x;
                far[x] = Math.abs(p[i + 4] - p[i]) + Math.abs(p[i + 4 * width] - p[i]);
            }
        }

        double sharpness() {
            return Math.log(0.1 + curvature / Math.max(1, (width - 2) * (height - 2)));
        }

        double blockiness() {
            double scale = 8.0 / Math.max(1, (width - 3) * (height - 3));
            return scale * (excess(columns) + excess(rows));
        }

        double fineDetail() {
            return Math.log((1 + fine) / (1 + coarse));
        }

        private static double excess(double[] phases) {
            double[] sorted = phases.clone();
            Arrays.sort(sorted);
            return Math.max(0, sorted[7] - (sorted[3] + sorted[4]) / 2);
        }
    }
}
