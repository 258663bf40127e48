package org.diptych.reward.encoder;

/**
 * Source and edit side by side, with everything that several feature groups need.
 *
 * @param source as it came
 * @param placed the source as the edit shows it (mirrored, zoomed); the source itself if nothing moved
 * @param edited the edit
 * @param registration how the edit shows the source
 * @param tone the best global change of colour, and what it leaves
 * @param area where the unexplained change is
 * @param detail what happened to fine detail and straight edges
 * @param taps distances of the network's feature maps
 */
record Comparison(
        ImageAnalysis source,
        ImageAnalysis placed,
        ImageAnalysis edited,
        Registration registration,
        ToneChange tone,
        ChangedArea area,
        DetailChange detail,
        TapChange taps) {

    private static final double VISIBLE = 14;

    /** The largest unexplained difference, averaged over 3 x 3 cells so that noise does not count: small things that were added. */
    double peak() {
        float[] map = tone.residuals();
        int side = ToneChange.SIDE;
        double peak = 0;
        for (int y = 1; y < side - 1; y++) {
            for (int x = 1; x < side - 1; x++) {
                int i = y * side + x;
                double sum = 0;
                for (int row = -side; row <= side; row += side) {
                    sum += map[i + row - 1] + map[i + row] + map[i + row + 1];
                }
                peak = Math.max(peak, sum / 9);
            }
        }
        return peak;
    }

    /** The share of every named colour within the changed area of the edit. */
    double[] changedColors() {
        return NamedColor.shares(edited.pixels(), changedPixels());
    }

    /** The changed area in pixels of the prepared images. */
    boolean[] changedPixels() {
        int side = ImageAnalysis.SIDE;
        int factor = side / ToneChange.SIDE;
        boolean[] region = new boolean[side * side];
        for (int i = 0; i < region.length; i++) {
            int row = i / side / factor;
            region[i] = area.changed()[row * ToneChange.SIDE + i % side / factor];
        }
        return region;
    }

    static Comparison of(ImageAnalysis source, ImageAnalysis placed, ImageAnalysis edited, Registration registration) {
        var tone = ToneChange.of(placed, edited);
        // textured pictures leave a floor of small residuals everywhere after any resampling
        double threshold = Math.max(VISIBLE, 2.5 * Plane.quantile(tone.residuals(), 0.5));
        var area = ChangedArea.of(tone.residuals(), ToneChange.SIDE, threshold);
        return new Comparison(
                source,
                placed,
                edited,
                registration,
                tone,
                area,
                DetailChange.of(placed, edited, tone.residuals()),
                new TapChange(placed.taps(), edited.taps()));
    }
}
