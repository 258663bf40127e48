package org.diptych.reward.encoder;

/**
 * Finds how the edit shows the source: mirrored, turned, zoomed or shifted. Gradient lengths are compared, so that changes of colour,
 * brightness or polarity do not hide the geometry.
 *
 * @param placement the best placement found
 * @param likeness correlation of gradients under it, -1..1
 * @param unmoved correlation of gradients if nothing moved
 * @param mirrored best correlation when mirrored left to right
 * @param upended best correlation when mirrored top to bottom or turned
 */
record Registration(Placement placement, double likeness, double unmoved, double mirrored, double upended) {

    /** Side of the gradient maps. */
    static final int SIDE = 56;

    /** Borders and bars would dominate the comparison: the outermost cells are left out. */
    private static final int BORDER = 4;

    private static final boolean[] INNER = inner();
    private static final double INNER_CELLS = (SIDE - 2.0 * BORDER) * (SIDE - 2.0 * BORDER);
    private static final double ORIENTATION_MARGIN = 0.1;
    private static final double MOVE_MARGIN = 0.025;
    private static final double[] SCALES = {
        0.97, 0.94, 0.9, 0.85, 0.8, 0.72, 0.64, 0.56, 0.5, 0.42, 0.35, 1.06, 1.15, 1.3, 1.6
    };
    private static final Placement[] ORIENTATIONS = {
        new Placement(true, false, false, 1, 0, 0),
        new Placement(false, true, false, 1, 0, 0),
        new Placement(true, true, false, 1, 0, 0),
        new Placement(true, false, true, 1, 0, 0),
        new Placement(false, true, true, 1, 0, 0)
    };

    /** Compares two gradient maps of {@link #SIDE} x {@link #SIDE}. */
    static Registration of(float[] source, float[] edited) {
        double unmoved = likeness(Placement.IDENTITY, source, edited);
        double mirrored = likeness(ORIENTATIONS[0], source, edited);
        double upended = -1;
        var best = Placement.IDENTITY;
        double bestLikeness = unmoved + ORIENTATION_MARGIN;
        for (var orientation : ORIENTATIONS) {
            double found = likeness(orientation, source, edited);
            if (!orientation.equals(ORIENTATIONS[0])) {
                upended = Math.max(upended, found);
            }
            if (found > bestLikeness) {
                best = orientation;
                bestLikeness = found;
            }
        }
        if (best.isIdentity()) {
            bestLikeness = unmoved;
        }
        if (bestLikeness < 0.97) {
            var moved = move(best, source, edited);
            double found = likeness(moved, source, edited);
            if (found > bestLikeness + MOVE_MARGIN) {
                best = moved;
                bestLikeness = found;
            }
        }
        return new Registration(best, bestLikeness, unmoved, mirrored, upended);
    }

    private static Placement move(Placement start, float[] source, float[] edited) {
        var best = start;
        double bestLikeness = -1;
        for (double scale : SCALES) {
            double room = Math.abs(1 - scale) / 2;
            int steps = room < 0.04 ? 0 : room < 0.15 ? 1 : 2;
            for (int iy = -steps; iy <= steps; iy++) {
                for (int ix = -steps; ix <= steps; ix++) {
                    double unit = steps == 0 ? 0 : room / steps;
                    var candidate = start.at(scale, ix * unit, iy * unit);
                    double found = likeness(candidate, source, edited);
                    if (found > bestLikeness) {
                        best = candidate;
                        bestLikeness = found;
                    }
                }
            }
        }
        return climb(best, bestLikeness, source, edited);
    }

    private static Placement climb(Placement start, double likeness, float[] source, float[] edited) {
        var best = start;
        double bestLikeness = likeness;
        for (double step = 0.03; step > 0.004; step /= 2) {
            for (int round = 0; round < 3; round++) {
                var before = best;
                double[][] moves = {
                    {1 - step, 0, 0}, {1 + step, 0, 0}, {1, step, 0}, {1, -step, 0}, {1, 0, step}, {1, 0, -step}
                };
                for (double[] move : moves) {
                    var candidate = before.at(before.scale() * move[0], before.dx() + move[1], before.dy() + move[2]);
                    double found = likeness(candidate, source, edited);
                    if (found > bestLikeness) {
                        best = candidate;
                        bestLikeness = found;
                    }
                }
                if (best.equals(before)) {
                    break;
                }
            }
        }
        return best;
    }

    private static boolean[] inner() {
        boolean[] inner = new boolean[SIDE * SIDE];
        for (int i = 0; i < inner.length; i++) {
            int x = i % SIDE;
            int y = i / SIDE;
            inner[i] = Math.min(x, y) >= BORDER && Math.max(x, y) < SIDE - BORDER;
        }
        return inner;
    }

    private static double likeness(Placement placement, float[] source, float[] edited) {
        float[] warped = placement.warp(source, SIDE);
        double n = 0;
        double a = 0;
        double b = 0;
        double aa = 0;
        double bb = 0;
        double ab = 0;
        for (int i = 0; i < warped.length; i++) {
            double x = warped[i];
            if (INNER[i] && !Double.isNaN(x)) {
                double y = edited[i];
                n++;
                a += x;
                b += y;
                aa += x * x;
                bb += y * y;
                ab += x * y;
            }
        }
        if (n < 0.3 * INNER_CELLS) {
            return -1;
        }
        double varianceA = aa - a * a / n;
        double varianceB = bb - b * b / n;
        if (varianceA < 1e-6 || varianceB < 1e-6) {
            return 0;
        }
        // a placement that explains only a part of the edit counts for that part
        return (ab - a * b / n) / Math.sqrt(varianceA * varianceB) * Math.sqrt(n / INNER_CELLS);
    }
}
