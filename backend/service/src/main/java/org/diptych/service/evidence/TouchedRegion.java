package org.diptych.service.evidence;

import java.util.function.IntPredicate;

/**
 * The region that an edit plainly touched: connected parts that hold strong change, grown to where the change fades
 * (hysteresis), small specks left out, then widened a little so that soft edges belong to it. All change is counted above
 * the level that most of the picture changed by, so that a light tint of everything does not join what was edited.
 *
 * @param inside whether a pixel is in the region, in row order
 * @param pixels how many are
 * @param parts connected parts of the region
 */
record TouchedRegion(boolean[] inside, int pixels, int parts) {
    /** Change that only an edit makes. */
    private static final float STRONG = 14;

    private static final float STRONG_ABOVE_REST = 9;

    /** An edit's region goes on as far as the change is at least this. */
    private static final float WEAK = 7;

    private static final float WEAK_ABOVE_REST = 4;

    /** A part covers at least this share of the picture; what is smaller is no edit but a speck. */
    private static final double SMALLEST_PART = 0.001;

    /** The region is widened by this share of the longer side. */
    private static final double WIDENING = 0.015;

    /** @param rest the level that most of the picture changed by */
    static TouchedRegion of(ChangeMap map, float rest) {
        float[] change = map.change();
        float strong = Math.max(STRONG, rest + STRONG_ABOVE_REST);
        float weak = Math.max(WEAK, rest + WEAK_ABOVE_REST);
        boolean[] inside = new boolean[change.length];
        boolean[] seen = new boolean[change.length];
        int[] queue = new int[change.length];
        double smallest = Math.max(4, SMALLEST_PART * change.length);
        for (int start = 0; start < change.length; start++) {
            if (change[start] >= strong && !seen[start]) {
                int size = flood(map.width(), map.height(), start, queue, seen, i -> change[i] >= weak);
                if (size >= smallest) {
                    for (int k = 0; k < size; k++) {
                        inside[queue[k]] = true;
                    }
                }
            }
        }
        int reach = (int) Math.round(WIDENING * Math.max(map.width(), map.height()));
        return count(widen(inside, map.width(), map.height(), reach), map.width(), map.height(), queue);
    }

    private static TouchedRegion count(boolean[] inside, int width, int height, int[] queue) {
        boolean[] seen = new boolean[inside.length];
        int parts = 0;
        int pixels = 0;
        for (int i = 0; i < inside.length; i++) {
            if (inside[i] && !seen[i]) {
                pixels += flood(width, height, i, queue, seen, k -> inside[k]);
                parts++;
            }
        }
        return new TouchedRegion(inside, pixels, parts);
    }

    /** Collects what hangs together with a pixel, also across corners; its indices are the queue's first ones. */
    private static int flood(int width, int height, int start, int[] queue, boolean[] seen, IntPredicate member) {
        int size = 0;
        queue[size++] = start;
        seen[start] = true;
        for (int next = 0; next < size; next++) {
            int x = queue[next] % width;
            int y = queue[next] / width;
            for (int ny = Math.max(0, y - 1); ny <= Math.min(height - 1, y + 1); ny++) {
                for (int nx = Math.max(0, x - 1); nx <= Math.min(width - 1, x + 1); nx++) {
                    int i = ny * width + nx;
                    if (!seen[i] && member.test(i)) {
                        seen[i] = true;
                        queue[size++] = i;
                    }
                }
            }
        }
        return size;
    }

    /** Adds everything within a square of the given reach, rows first and then columns. */
    private static boolean[] widen(boolean[] inside, int width, int height, int reach) {
        boolean[] rows = new boolean[inside.length];
        for (int y = 0; y < height; y++) {
            spread(inside, rows, y * width, 1, width, reach);
        }
        boolean[] both = new boolean[inside.length];
        for (int x = 0; x < width; x++) {
            spread(rows, both, x, width, height, reach);
        }
        return both;
    }

    private static void spread(boolean[] from, boolean[] to, int start, int step, int count, int reach) {
        int last = -reach - 1;
        for (int k = 0; k < count + reach; k++) {
            if (k < count && from[start + k * step]) {
                last = k;
            }
            if (k >= reach && last >= k - 2 * reach) {
                to[start + (k - reach) * step] = true;
            }
        }
    }
}
