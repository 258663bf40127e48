package org.diptych.reward.encoder;

import java.util.Arrays;

/**
 * How far an edit moved along every {@link Axis}.
 *
 * @param values one number -1..1 per axis, over the whole image
 * @param quadrants the tone axes within each quarter of the image
 */
record EditEvidence(double[] values, double[][] quadrants) {

    private static final Regions FINE = new Regions(ImageAnalysis.SIDE);
    private static final Regions COARSE = new Regions(ToneChange.SIDE);
    /** Height of a strip, in cells of 112. */
    private static final int STRIP = 13;

    private static final boolean[] ALL = all();
    private static final boolean[][] QUADRANTS = quarters();

    static EditEvidence of(Comparison comparison) {
        var placed = comparison.placed();
        var edited = comparison.edited();
        double[] values = new double[Axis.ALL.length];
        System.arraycopy(ToneEvidence.of(placed, edited, ALL), 0, values, 0, ToneEvidence.AXES);
        focus(values, placed, edited, comparison);
        geometry(values, comparison.registration());
        places(values, comparison);
        style(values, comparison);
        colors(values, placed, edited);
        double[][] quadrants = new double[QUADRANTS.length][];
        for (int q = 0; q < quadrants.length; q++) {
            quadrants[q] = ToneEvidence.of(placed, edited, QUADRANTS[q]);
        }
        return new EditEvidence(values, quadrants);
    }

    double value(Axis axis) {
        return values[axis.ordinal()];
    }

    private static void focus(double[] values, ImageAnalysis placed, ImageAnalysis edited, Comparison comparison) {
        float[] before = finite(Plane.gradient(placed.luma(), ImageAnalysis.SIDE));
        float[] after = Plane.gradient(edited.luma(), ImageAnalysis.SIDE);
        double inner = Math.log((0.5 + Plane.mean(after, FINE.centre)) / (0.5 + Plane.mean(before, FINE.centre)));
        boolean[] outer = new boolean[FINE.inner.length];
        for (int i = 0; i < outer.length; i++) {
            outer[i] = !FINE.inner[i];
        }
        double outside = Math.log((0.5 + Plane.mean(after, outer)) / (0.5 + Plane.mean(before, outer)));
        double corners = Plane.mean(edited.luma(), FINE.corners) - Plane.mean(finite(placed.luma()), FINE.corners);
        double centre = Plane.mean(edited.luma(), FINE.centre) - Plane.mean(finite(placed.luma()), FINE.centre);
        put(
                values,
                Axis.HUE_TURNED,
                Math.abs(comparison.tone().chromaTurn())
                        * Math.min(1, comparison.tone().chromaGain()));
        put(values, Axis.SHARPER, Math.tanh((inner + outside) / 2 / 0.6));
        put(values, Axis.OUTSIDE_BLURRED, Math.tanh((inner - outside) / 0.7));
        put(values, Axis.CORNERS_DARK, Math.tanh((centre - corners) / 40));
    }

    private static void geometry(double[] values, Registration registration) {
        var placement = registration.placement();
        double trust = Math.clamp(registration.likeness(), 0, 1);
        double zoom = -Math.log(placement.scale());
        put(values, Axis.MIRRORED, placement.mirrorX() && !placement.mirrorY() && !placement.transposed() ? trust : 0);
        put(values, Axis.UPENDED, placement.mirrorY() || placement.transposed() ? trust : 0);
        put(values, Axis.ZOOMED_IN, trust * Math.tanh(Math.max(0, zoom) / 0.6));
        put(values, Axis.ZOOMED_OUT, trust * Math.tanh(Math.max(0, -zoom) / 0.4));
    }

    private static void places(double[] values, Comparison comparison) {
        float[] map = comparison.tone().residuals();
        double inner = Plane.mean(map, COARSE.inner);
        var area = comparison.area();
        put(values, Axis.FRAMED, Math.tanh(Math.max(0, Plane.mean(map, COARSE.frame) - inner) / 90));
        put(values, Axis.STRIP_TOP, strip(map, 0, STRIP));
        put(values, Axis.STRIP_BOTTOM, strip(map, ToneChange.SIDE - STRIP, ToneChange.SIDE));
        double compact = area.fill() * (1 - area.outside()) * Math.min(1, area.mainShare() * 60);
        put(values, Axis.OBJECT, area.mainShare() > 0.35 ? 0 : compact);
        put(values, Axis.SPECKS, Math.min(1, Math.log1p(area.specks()) / Math.log(400)));
        put(values, Axis.LIT, Math.tanh(Plane.mean(comparison.tone().lumaResiduals()) / 12));
        // the share of the changed area within a part of the image, less what an even change would have there
        double trust = Math.min(1, area.share() * 100);
        put(values, Axis.AT_LEFT, trust * (area.shareWithin(COARSE.left) - 0.4));
        put(values, Axis.AT_RIGHT, trust * (area.shareWithin(COARSE.right) - 0.4));
        put(values, Axis.AT_TOP, trust * (area.shareWithin(COARSE.top) - 0.3));
        put(values, Axis.AT_BOTTOM, trust * (area.shareWithin(COARSE.bottom) - 0.3));
        put(values, Axis.AT_CENTRE, trust * (area.shareWithin(COARSE.centre) - 0.16));
    }

    private static double strip(float[] map, int fromRow, int toRow) {
        int side = ToneChange.SIDE;
        float[] strip = Arrays.copyOfRange(map, fromRow * side, toRow * side);
        float[] middle = Arrays.copyOfRange(map, side / 4 * side, side * 3 / 4 * side);
        return Math.tanh(Math.max(0, Plane.mean(strip) - Plane.mean(middle)) / 80);
    }

    private static void style(double[] values, Comparison comparison) {
        var edited = comparison.edited();
        float[] outline = Plane.shrink(
                finite(Plane.gradient(comparison.placed().luma(), ImageAnalysis.SIDE)), ImageAnalysis.SIDE, 4);
        float[] drawn = Plane.shrink(edited.luma(), ImageAnalysis.SIDE, 4);
        double lines = Math.max(0, -Plane.correlation(outline, drawn));
        double paper = Math.max(0, Plane.mean(edited.luma()) / 255 - 0.4);
        put(values, Axis.SKETCHED, Math.tanh(4 * lines * paper * (1 + values[Axis.GREY.ordinal()])));
        put(values, Axis.STYLIZED, Math.tanh(comparison.taps().contentDistance() * 1.5));
        double cells =
                edited.quality().flatness() - comparison.source().quality().flatness();
        put(values, Axis.COARSE, Math.tanh(Math.max(0, cells) * 3));
    }

    private static void colors(double[] values, ImageAnalysis placed, ImageAnalysis edited) {
        double[] before = NamedColor.shares(placed.pixels(), ALL);
        double[] after = NamedColor.shares(edited.pixels(), ALL);
        for (var color : NamedColor.values()) {
            double gain = after[color.ordinal()] - before[color.ordinal()];
            put(values, Axis.of(color), Math.tanh(gain / 0.06));
        }
    }

    private static void put(double[] values, Axis axis, double value) {
        values[axis.ordinal()] = value;
    }

    private static float[] finite(float[] plane) {
        float[] result = plane.clone();
        for (int i = 0; i < result.length; i++) {
            if (Float.isNaN(result[i])) {
                result[i] = 0;
            }
        }
        return result;
    }

    private static boolean[] all() {
        boolean[] region = new boolean[ImageAnalysis.SIDE * ImageAnalysis.SIDE];
        Arrays.fill(region, true);
        return region;
    }

    private static boolean[][] quarters() {
        int side = ImageAnalysis.SIDE;
        boolean[][] regions = new boolean[4][side * side];
        for (int i = 0; i < side * side; i++) {
            int column = i % side < side / 2 ? 0 : 1;
            int row = i / side < side / 2 ? 0 : 2;
            regions[row + column][i] = true;
        }
        return regions;
    }
}
