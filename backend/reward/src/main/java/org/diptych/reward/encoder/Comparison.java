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
 * @param taps distances of the network's feature maps
 */
record Comparison(
        ImageAnalysis source,
        ImageAnalysis placed,
        ImageAnalysis edited,
        Registration registration,
        ToneChange tone,
        ChangedArea area,
        TapChange taps) {

    private static final double VISIBLE = 14;

    static Comparison of(ImageAnalysis source, ImageAnalysis placed, ImageAnalysis edited, Registration registration) {
        var tone = ToneChange.of(placed, edited);
        // textured pictures leave a floor of small residuals everywhere after any resampling
        double threshold = Math.max(VISIBLE, 2.5 * Plane.quantile(tone.residuals(), 0.5));
        var area = ChangedArea.of(tone.residuals(), ToneChange.SIDE, threshold);
        return new Comparison(
                source, placed, edited, registration, tone, area, new TapChange(placed.taps(), edited.taps()));
    }
}
