package org.diptych.reward.encoder;

/** Fixed parts of a square map, for telling where something changed. */
final class Regions {

    final boolean[] left;
    final boolean[] right;
    final boolean[] top;
    final boolean[] bottom;
    final boolean[] centre;
    final boolean[] corners;
    final boolean[] frame;
    final boolean[] inner;

    Regions(int side) {
        int n = side * side;
        left = new boolean[n];
        right = new boolean[n];
        top = new boolean[n];
        bottom = new boolean[n];
        centre = new boolean[n];
        corners = new boolean[n];
        frame = new boolean[n];
        inner = new boolean[n];
        for (int i = 0; i < n; i++) {
            double x = (i % side + 0.5) / side;
            int row = i / side;
            double y = (row + 0.5) / side;
            left[i] = x < 0.4;
            right[i] = x > 0.6;
            top[i] = y < 0.3;
            bottom[i] = y > 0.7;
            centre[i] = Math.abs(x - 0.5) < 0.2 && Math.abs(y - 0.5) < 0.2;
            corners[i] = Math.abs(x - 0.5) > 0.33 && Math.abs(y - 0.5) > 0.33;
            frame[i] = Math.max(Math.abs(x - 0.5), Math.abs(y - 0.5)) > 0.46;
            inner[i] = Math.max(Math.abs(x - 0.5), Math.abs(y - 0.5)) < 0.4;
        }
    }
}
