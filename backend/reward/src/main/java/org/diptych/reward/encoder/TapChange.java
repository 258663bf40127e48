package org.diptych.reward.encoder;

/**
 * Distances between the feature maps of source and edit after dividing each position's channel vector by its length (Zhang et al., CVPR
 * 2018, arXiv 1801.03924, without learned weights), per stage of the network.
 */
final class TapChange {

    private final Taps source;
    private final Taps edited;

    TapChange(Taps source, Taps edited) {
        this.source = source;
        this.edited = edited;
    }

    void writeDistances(FeatureWriter out) {
        write(out, "block2", source.block2(), edited.block2());
        write(out, "block5", source.block5(), edited.block5());
        write(out, "block10", source.block10(), edited.block10());
        write(out, "block12", source.block12(), edited.block12());
        out.add("pooled.distance", pooledDistance());
    }

    /** Changes of the channels' means, per stage, in units of the stage's own spread. */
    void writeMeans(FeatureWriter out) {
        means(out, "block2", source.block2(), edited.block2());
        means(out, "block5", source.block5(), edited.block5());
        means(out, "block10", source.block10(), edited.block10());
        means(out, "block12", source.block12(), edited.block12());
    }

    double pooledDistance() {
        return 1 - cosine(source.pooled(), edited.pooled());
    }

    /** Mean distance of one early and one late stage, for products with the instruction. */
    double textureDistance() {
        return Plane.mean(distances(source.block2(), edited.block2()));
    }

    double contentDistance() {
        return Plane.mean(distances(source.block12(), edited.block12()));
    }

    private static void write(FeatureWriter out, String name, Taps.Map a, Taps.Map b) {
        float[] map = distances(a, b);
        out.add(name + ".mean", Plane.mean(map));
        out.add(name + ".root", Math.sqrt(Plane.mean(map)));
        out.add(name + ".deviation", Plane.standardDeviation(map));
        out.add(name + ".low", Plane.quantile(map, 0.1));
        out.add(name + ".median", Plane.quantile(map, 0.5));
        out.add(name + ".high", Plane.quantile(map, 0.9));
        out.add(name + ".energy", Math.log((1 + energy(b)) / (1 + energy(a))));
    }

    private static float[] distances(Taps.Map a, Taps.Map b) {
        int area = a.side() * a.side();
        float[] map = new float[area];
        for (int i = 0; i < area; i++) {
            double aa = 1e-6;
            double bb = 1e-6;
            double ab = 0;
            for (int c = 0; c < a.channels(); c++) {
                double x = a.values()[c * area + i];
                double y = b.values()[c * area + i];
                aa += x * x;
                bb += y * y;
                ab += x * y;
            }
            map[i] = (float) Math.max(0, 2 - 2 * ab / Math.sqrt(aa * bb));
        }
        return map;
    }

    private static void means(FeatureWriter out, String name, Taps.Map a, Taps.Map b) {
        double scale = Math.sqrt(energy(a)) + 1e-6;
        int area = a.side() * a.side();
        for (int c = 0; c < a.channels(); c++) {
            double difference = 0;
            for (int i = c * area; i < (c + 1) * area; i++) {
                difference += b.values()[i] - a.values()[i];
            }
            out.add(name + ".shift." + c, difference / area / scale);
        }
    }

    private static double energy(Taps.Map map) {
        double sum = 0;
        for (float value : map.values()) {
            sum += (double) value * value;
        }
        return sum / map.values().length;
    }

    private static double cosine(float[] a, float[] b) {
        double aa = 1e-9;
        double bb = 1e-9;
        double ab = 0;
        for (int i = 0; i < a.length; i++) {
            aa += (double) a[i] * a[i];
            bb += (double) b[i] * b[i];
            ab += (double) a[i] * b[i];
        }
        return ab / Math.sqrt(aa * bb);
    }
}
