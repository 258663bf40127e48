package org.diptych.reward.encoder;

/**
 * What happened to fine detail and to straight edges, cell by cell: noise and blur of the whole image show in the median of the cells,
 * a thing that was added only in few of them; misplaced blocks leave straight steps that no photo has.
 *
 * @param low, median, high quantiles (0.1, 0.5, 0.9) over 14 x 14 cells of the log ratio of detail in edit and source
 * @param calm the same ratio in the quarter of cells where the source is smoothest: noise and ringing show there first
 * @param steps share of cells of the residual map on straight steps of 4 to 40 cells
 * @param longSteps the same for longer ones: frames, bars, halves
 */
record DetailChange(double low, double median, double high, double calm, double steps, double longSteps) {

    private static final int CELLS = 14;
    private static final int CELL = ImageAnalysis.SIDE / CELLS;
    private static final double STEP = 10;
    private static final int SHORTEST = 4;
    private static final int LONGEST = 40;

    static DetailChange of(ImageAnalysis placed, ImageAnalysis edited, float[] residuals) {
        float[] before = detail(placed.luma());
        float[] after = detail(edited.luma());
        float[] ratio = new float[before.length];
        for (int i = 0; i < ratio.length; i++) {
            ratio[i] = (float) Math.log((0.7 + after[i]) / (0.7 + before[i]));
        }
        double smooth = Plane.quantile(before, 0.25);
        boolean[] calm = new boolean[before.length];
        for (int i = 0; i < calm.length; i++) {
            calm[i] = before[i] <= smooth;
        }
        int[] straight = straight(residuals, ToneChange.SIDE);
        return new DetailChange(
                Plane.quantile(ratio, 0.1),
                Plane.quantile(ratio, 0.5),
                Plane.quantile(ratio, 0.9),
                Plane.mean(ratio, calm),
                (double) straight[0] / residuals.length,
                (double) straight[1] / residuals.length);
    }

    /** Mean absolute Laplacian per cell; places outside of the source count as smooth. */
    private static float[] detail(float[] luma) {
        int side = ImageAnalysis.SIDE;
        float[] cells = new float[CELLS * CELLS];
        for (int y = 1; y < side - 1; y++) {
            for (int x = 1; x < side - 1; x++) {
                int i = y * side + x;
                float l = Math.abs(4 * luma[i] - luma[i - 1] - luma[i + 1] - luma[i - side] - luma[i + side]);
                if (!Float.isNaN(l)) {
                    cells[y / CELL * CELLS + x / CELL] += l / (CELL * CELL);
                }
            }
        }
        return cells;
    }

    private static int[] straight(float[] map, int side) {
        int[] found = new int[2];
        for (int line = 0; line < side - 1; line++) {
            run(map, line, side, 1, side, found);
            run(map, line * side, 1, side, side, found);
        }
        return found;
    }

    /** Follows the step between two neighbouring lines of cells and counts the lengths of runs with one sign. */
    private static void run(float[] map, int start, int along, int across, int side, int[] found) {
        int length = 0;
        double sign = 0;
        for (int k = 0; k <= side; k++) {
            double jump = 0;
            if (k < side) {
                int i = start + k * along;
                jump = map[i + across] - map[i];
            }
            double now = Math.abs(jump) > STEP ? Math.signum(jump) : 0;
            if (now != 0 && now == sign) {
                length++;
                continue;
            }
            if (length > LONGEST) {
                found[1] += length;
            } else if (length >= SHORTEST) {
                found[0] += length;
            }
            sign = now;
            length = now == 0 ? 0 : 1;
        }
    }

    void write(FeatureWriter out) {
        out.add("detail.low", low);
        out.add("detail.median", median);
        out.add("detail.high", high);
        out.add("detail.calm", calm);
        out.add("detail.spread", high - low);
        out.add("detail.added", Math.max(0, median));
        out.add("detail.lost", Math.max(0, -median));
        out.add("steps", Math.sqrt(steps));
        out.add("steps.long", Math.sqrt(longSteps));
    }
}
