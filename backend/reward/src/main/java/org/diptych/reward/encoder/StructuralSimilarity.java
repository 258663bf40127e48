package org.diptych.reward.encoder;

/**
 * SSIM (Wang et al., IEEE TIP 13(4), 2004) over disjoint 7 x 7 windows of two luma planes, levels 0..255.
 *
 * @param mean of the index over windows
 * @param low its 0.1-quantile
 * @param structure mean of the structure term alone, blind to brightness and contrast
 * @param structureLow its 0.1-quantile
 */
record StructuralSimilarity(double mean, double low, double structure, double structureLow) {

    private static final int WINDOW = 7;
    private static final double C1 = 6.5025;
    private static final double C2 = 58.5225;

    /** Windows with values that are not numbers are left out. */
    static StructuralSimilarity of(float[] a, float[] b, int side) {
        int windows = side / WINDOW;
        float[] index = new float[windows * windows];
        float[] structure = new float[windows * windows];
        for (int w = 0; w < index.length; w++) {
            int start = w / windows * WINDOW * side + w % windows * WINDOW;
            double sumA = 0;
            double sumB = 0;
            double aa = 0;
            double bb = 0;
            double ab = 0;
            for (int k = 0; k < WINDOW * WINDOW; k++) {
                int i = start + k / WINDOW * side + k % WINDOW;
                sumA += a[i];
                sumB += b[i];
                aa += (double) a[i] * a[i];
                bb += (double) b[i] * b[i];
                ab += (double) a[i] * b[i];
            }
            if (Double.isNaN(sumA + sumB)) {
                continue;
            }
            double n = WINDOW * WINDOW;
            double meanA = sumA / n;
            double meanB = sumB / n;
            double varianceA = Math.max(0, aa / n - meanA * meanA);
            double varianceB = Math.max(0, bb / n - meanB * meanB);
            double covariance = ab / n - meanA * meanB;
            double luminance = (2 * meanA * meanB + C1) / (meanA * meanA + meanB * meanB + C1);
            index[w] = (float) (luminance * (2 * covariance + C2) / (varianceA + varianceB + C2));
            structure[w] = (float) ((covariance + C2 / 2) / (Math.sqrt(varianceA * varianceB) + C2 / 2));
        }
        return new StructuralSimilarity(
                Plane.mean(index), Plane.quantile(index, 0.1), Plane.mean(structure), Plane.quantile(structure, 0.1));
    }
}
