package org.diptych.reward.encoder;

/**
 * Where the edited image shows the source: a point (x, y) of the edit, both 0..1, shows the source's point (0.5 + dx + sx u, 0.5 + dy +
 * sy v) with u = x - 0.5, v = y - 0.5 (exchanged if transposed) and sx, sy = scale with the sign of the mirroring.
 *
 * @param mirrorX, mirrorY mirrored left to right, top to bottom
 * @param transposed rows and columns exchanged first (a quarter turn together with one mirroring)
 * @param scale share of the source's width and height that is visible; below 1 is a zoom in
 * @param dx, dy shift of the centre, in widths and heights of the source
 */
record Placement(boolean mirrorX, boolean mirrorY, boolean transposed, double scale, double dx, double dy) {

    static final Placement IDENTITY = new Placement(false, false, false, 1, 0, 0);

    Placement at(double newScale, double newDx, double newDy) {
        return new Placement(mirrorX, mirrorY, transposed, newScale, newDx, newDy);
    }

    boolean isIdentity() {
        return equals(IDENTITY);
    }

    /** Samples a square plane of the source as the edit shows it; points outside of the source become NaN. */
    float[] warp(float[] plane, int side) {
        float[] result = new float[plane.length];
        double sx = mirrorX ? -scale : scale;
        double sy = mirrorY ? -scale : scale;
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                double u = (x + 0.5) / side - 0.5;
                double v = (y + 0.5) / side - 0.5;
                double px = (0.5 + dx + sx * (transposed ? v : u)) * side - 0.5;
                double py = (0.5 + dy + sy * (transposed ? u : v)) * side - 0.5;
                result[y * side + x] = sample(plane, side, px, py);
            }
        }
        return result;
    }

    private static float sample(float[] plane, int side, double px, double py) {
        if (px < -0.5 || py < -0.5 || px > side - 0.5 || py > side - 0.5) {
            return Float.NaN;
        }
        double x = Math.clamp(px, 0, side - 1.0);
        double y = Math.clamp(py, 0, side - 1.0);
        int x0 = Math.min((int) x, side - 2);
        int y0 = Math.min((int) y, side - 2);
        float fx = (float) (x - x0);
        float fy = (float) (y - y0);
        int i = y0 * side + x0;
        return (1 - fy) * ((1 - fx) * plane[i] + fx * plane[i + 1])
                + fy * ((1 - fx) * plane[i + side] + fx * plane[i + side + 1]);
    }
}
