package org.diptych.reward.encoder;

/** The change from source to edit in numbers, whatever was asked. */
final class ChangeFeatures {

    private static final Regions REGIONS = new Regions(ToneChange.SIDE);

    private ChangeFeatures() {}

    static void write(FeatureWriter out, Comparison comparison, EditEvidence evidence) {
        for (var axis : Axis.ALL) {
            out.add(axis.name(), evidence.value(axis));
        }
        double magnitude = 0;
        for (var axis : Axis.ALL) {
            magnitude += evidence.value(axis) * evidence.value(axis);
        }
        out.add("magnitude", Math.sqrt(magnitude));
        tone(out, comparison.tone());
        local(out, comparison);
        comparison.detail().write(out);
        geometry(out, comparison);
        for (int axis = 0; axis < ToneEvidence.AXES; axis++) {
            double low = 1;
            double high = -1;
            for (double[] quadrant : evidence.quadrants()) {
                low = Math.min(low, quadrant[axis]);
                high = Math.max(high, quadrant[axis]);
            }
            out.add("spread." + Axis.ALL[axis], high - low);
        }
    }

    private static void tone(FeatureWriter out, ToneChange tone) {
        out.add("lumaGain", Math.clamp(tone.lumaGain(), -2, 3));
        out.add("chromaGain", Math.clamp(tone.chromaGain(), 0, 4));
        out.add("chromaTurn", tone.chromaTurn());
        out.add("lumaShift", tone.lumaShift() / 64);
        out.add("bluenessShift", tone.bluenessShift() / 32);
        out.add("rednessShift", tone.rednessShift() / 32);
        out.add("explained", tone.explained());
        out.add("unexplained", Math.log(1.02 - tone.explained()));
    }

    private static void local(FeatureWriter out, Comparison comparison) {
        float[] map = comparison.tone().residuals();
        var area = comparison.area();
        out.add("residual.mean", Math.log1p(Plane.mean(map)));
        out.add("residual.median", Math.log1p(Plane.quantile(map, 0.5)));
        out.add("residual.high", Math.log1p(Plane.quantile(map, 0.9)));
        out.add("residual.highest", Math.log1p(Plane.quantile(map, 0.99)));
        out.add("residual.deviation", Math.log1p(Plane.standardDeviation(map)));
        out.add("residual.peak", Math.log1p(comparison.peak()));
        out.add("residual.above8", Plane.above(map, 8));
        out.add("residual.above16", Plane.above(map, 16));
        out.add("residual.above32", Plane.above(map, 32));
        out.add("residual.inner", Math.log1p(Plane.mean(map, REGIONS.inner)));
        out.add("residual.frame", Math.log1p(Plane.mean(map, REGIONS.frame)));
        out.add("area.share", area.share());
        out.add("area.root", Math.sqrt(area.share()));
        out.add("area.parts", Math.log1p(area.parts()));
        out.add("area.specks", Math.log1p(area.specks()));
        out.add("area.main", Math.sqrt(area.mainShare()));
        out.add("area.fill", area.fill());
        out.add("area.x", area.x() - 0.5);
        out.add("area.y", area.y() - 0.5);
        out.add("area.width", area.width());
        out.add("area.height", area.height());
        out.add("area.outside", area.outside());
        boolean[] rest = new boolean[map.length];
        for (int i = 0; i < rest.length; i++) {
            rest[i] = !area.main()[i];
        }
        out.add("residual.outsideMain", Math.log1p(Plane.mean(map, rest)));
        var placed = StructuralSimilarity.of(
                comparison.placed().luma(), comparison.edited().luma(), ImageAnalysis.SIDE);
        var direct = StructuralSimilarity.of(
                comparison.source().luma(), comparison.edited().luma(), ImageAnalysis.SIDE);
        out.add("ssim", placed.mean());
        out.add("ssim.low", placed.low());
        out.add("ssim.structure", placed.structure());
        out.add("ssim.structureLow", placed.structureLow());
        out.add("ssim.direct", direct.mean());
    }

    private static void geometry(FeatureWriter out, Comparison comparison) {
        var registration = comparison.registration();
        var placement = registration.placement();
        out.add("likeness", registration.likeness());
        out.add("likeness.unmoved", registration.unmoved());
        out.add("likeness.mirrored", registration.mirrored());
        out.add("likeness.upended", registration.upended());
        out.add("likeness.gain", registration.likeness() - registration.unmoved());
        out.add("zoom", Math.log(placement.scale()));
        out.add("zoom.small", Math.abs(Math.log(placement.scale())) > 0.015 && placement.scale() > 0.8 ? 1 : 0);
        out.add("shift", Math.hypot(placement.dx(), placement.dy()));
        var source = comparison.source();
        var edited = comparison.edited();
        out.add("width", Math.clamp(Math.log((double) edited.width() / source.width()), -2, 2));
        out.add("height", Math.clamp(Math.log((double) edited.height() / source.height()), -2, 2));
    }
}
