package org.diptych.reward.encoder;

/**
 * Evidence for global changes of tone within one region, so that an edit done in half of the picture shows as uneven.
 */
final class ToneEvidence {

    /** The axes measured here: the first of {@link Axis}, in order. */
    static final int AXES = Axis.INVERTED.ordinal() + 1;

    private ToneEvidence() {}

    /** Measures the first {@link #AXES} axes over a region of 224 x 224. */
    static double[] of(ImageAnalysis before, ImageAnalysis after, boolean[] region) {
        var a = new Moments();
        var b = new Moments();
        double cross = 0;
        for (int i = 0; i < region.length; i++) {
            if (region[i] && !Float.isNaN(before.luma()[i])) {
                a.add(before, i);
                b.add(after, i);
                cross += (double) before.luma()[i] * after.luma()[i];
            }
        }
        double[] evidence = new double[AXES];
        if (a.n < 16) {
            return evidence;
        }
        double covariance = cross / a.n - a.luma() * b.luma();
        double correlation = covariance / (a.deviation() * b.deviation() + 4);
        evidence[Axis.BRIGHTER.ordinal()] = Math.tanh((b.luma() - a.luma()) / 60);
        evidence[Axis.CONTRAST.ordinal()] = Math.tanh(Math.log((b.deviation() + 4) / (a.deviation() + 4)) / 0.4);
        evidence[Axis.COLORFUL.ordinal()] = Math.tanh(Math.log((b.chroma() + 4) / (a.chroma() + 4)) / 0.6);
        evidence[Axis.GREY.ordinal()] = Math.exp(-b.chroma() / 5) - Math.exp(-a.chroma() / 5);
        evidence[Axis.WARM.ordinal()] = Math.tanh((b.redness() - b.blueness() - a.redness() + a.blueness()) / 50);
        evidence[Axis.TINT_RED.ordinal()] = Math.tanh((b.redness() - a.redness()) / 25);
        evidence[Axis.TINT_GREEN.ordinal()] = Math.tanh((b.greenness() - a.greenness()) / 12);
        evidence[Axis.TINT_BLUE.ordinal()] = Math.tanh((b.blueness() - a.blueness()) / 25);
        evidence[Axis.INVERTED.ordinal()] = Math.max(0, -correlation);
        return evidence;
    }

    /** Sums over a region. */
    private static final class Moments {

        private int n;
        private double luma;
        private double lumaSquare;
        private double chroma;
        private double redness;
        private double blueness;

        void add(ImageAnalysis image, int i) {
            double l = image.luma()[i];
            double r = image.redness()[i];
            double b = image.blueness()[i];
            n++;
            luma += l;
            lumaSquare += l * l;
            chroma += Math.sqrt(r * r + b * b);
            redness += r;
            blueness += b;
        }

        double luma() {
            return luma / n;
        }

        double deviation() {
            return Math.sqrt(Math.max(0, lumaSquare / n - luma() * luma()));
        }

        double chroma() {
            return chroma / n;
        }

        double redness() {
            return redness / n;
        }

        double blueness() {
            return blueness / n;
        }

        /** Green minus luma, which follows from the other two since luma is their weighted mean. */
        double greenness() {
            return -(0.299 * redness() + 0.114 * blueness()) / 0.587;
        }
    }
}
