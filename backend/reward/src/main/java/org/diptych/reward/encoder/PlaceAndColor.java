package org.diptych.reward.encoder;

import java.util.Set;

/** Whether the change came where it was asked for and in the colours that were asked for. */
final class PlaceAndColor {

    private static final int FACTOR = ImageAnalysis.SIDE / ToneChange.SIDE;

    private final Request request;
    private final Comparison comparison;

    PlaceAndColor(Request request, Comparison comparison) {
        this.request = request;
        this.comparison = comparison;
    }

    void write(FeatureWriter out) {
        place(out);
        color(out);
    }

    private void place(FeatureWriter out) {
        var place = request.place();
        boolean named = !place.isAnywhere() && !request.geometry();
        var area = comparison.area();
        boolean[] inside = place.cells(ToneChange.SIDE);
        boolean[] outside = new boolean[inside.length];
        for (int i = 0; i < inside.length; i++) {
            outside[i] = !inside[i];
        }
        float[] difference = difference();
        double in = Plane.mean(difference, inside);
        double beside = Plane.mean(difference, outside);
        out.add("place.within", named ? area.shareWithin(inside) : 0);
        out.add("place.distance", named && area.mainShare() > 0 ? place.distance(area.x(), area.y()) : 0);
        out.add("place.inside", named ? Math.log1p(in) / 3 : 0);
        out.add("place.beside", named ? Math.log1p(beside) / 3 : 0);
        out.add("place.contrast", named ? Math.tanh(Math.log((2 + in) / (2 + beside)) / 2) : 0);
    }

    private void color(FeatureWriter out) {
        boolean[] changed = comparison.changedPixels();
        double[] after = NamedColor.shares(comparison.edited().pixels(), changed);
        double[] before = NamedColor.shares(comparison.placed().pixels(), changed);
        var wanted = request.colors().wanted();
        var gone = request.colors().gone();
        double some = comparison.area().share() > 0 ? 1 : 0;
        double came = sum(after, wanted) - sum(before, wanted);
        double left = sum(before, gone) - sum(after, gone);
        out.add("color.came", wanted.isEmpty() ? 0 : came);
        out.add("color.missing", wanted.isEmpty() ? 0 : 1 - sum(after, wanted) * some);
        out.add("color.left", gone.isEmpty() ? 0 : left);
        out.add("color.stayed", gone.isEmpty() ? 0 : 1 - sum(before, gone) * some);
        out.add("color.lit", wanted.isEmpty() || gone.isEmpty() ? 0 : Math.min(came, left));
    }

    private static double sum(double[] shares, Set<NamedColor> colors) {
        double sum = 0;
        for (var color : colors) {
            sum += shares[color.ordinal()];
        }
        return sum;
    }

    /** Plain difference of source and edit per cell, tone included: an asked change of tone in one half is no residual. */
    private float[] difference() {
        var a = comparison.placed();
        var b = comparison.edited();
        float[] difference = new float[ImageAnalysis.SIDE * ImageAnalysis.SIDE];
        for (int i = 0; i < difference.length; i++) {
            float d = Math.abs(a.luma()[i] - b.luma()[i])
                    + Math.abs(a.blueness()[i] - b.blueness()[i]) / 2
                    + Math.abs(a.redness()[i] - b.redness()[i]) / 2;
            difference[i] = Float.isNaN(d) ? 40 : d;
        }
        return Plane.shrink(difference, ImageAnalysis.SIDE, FACTOR);
    }
}
