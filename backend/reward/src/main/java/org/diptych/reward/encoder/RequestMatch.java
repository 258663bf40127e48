package org.diptych.reward.encoder;

/**
 * How well the evidence fits the request. A head that learns from "make it brighter" that carried-out requests are good knows the same
 * of "make it darker", because both are read on the same axes.
 */
final class RequestMatch {

    private static final double CORE = 0.75;

    private final Request request;
    private final double[] meaning;
    private final EditEvidence evidence;
    private final Comparison comparison;

    /**
     * @param request what the words ask for
     * @param meaning directions by similarity of meaning, for instructions whose words are unknown
     * @param evidence what was done
     * @param comparison for the amount of change
     */
    RequestMatch(Request request, double[] meaning, EditEvidence evidence, Comparison comparison) {
        this.request = request;
        this.meaning = meaning;
        this.evidence = evidence;
        this.comparison = comparison;
    }

    void write(FeatureWriter out) {
        double[] asked = request.directions();
        double known = request.understood() ? 1 : 0;
        double totalDone = 0;
        double totalAsked = 0;
        for (var family : Axis.Family.values()) {
            double done = 0;
            double weight = 0;
            double extra = 0;
            for (var axis : Axis.ALL) {
                if (axis.family() == family) {
                    double direction = asked[axis.ordinal()];
                    double value = evidence.value(axis);
                    done += direction * value;
                    weight += Math.abs(direction);
                    extra += direction == 0 ? Math.abs(value) : 0;
                }
            }
            totalDone += done;
            totalAsked += weight;
            out.add("done." + family, weight == 0 ? 0 : done / weight);
            out.add("extra." + family, known * extra);
        }
        out.add("done", totalAsked == 0 ? 0 : totalDone / totalAsked);
        out.add("weakest", weakest(asked));
        out.add("uneven", unevenness(asked));
        out.add("colored", colored(asked));
        double cosine = cosine(asked, evidence.values());
        out.add("cosine", cosine);
        out.add("cosineSquare", cosine * Math.abs(cosine));
        out.add("extra", known * extra(asked));
        out.add("meaningCosine", cosine(meaning, evidence.values()));
        out.add("meaningCosineUnknown", (1 - known) * cosine(meaning, evidence.values()));
        new PlaceAndColor(request, comparison).write(out);
        excuses(out);
        scope(out, "whole", request.whole() && !request.part() ? 1 : 0);
        scope(out, "part", request.part() ? 1 : 0);
        scope(out, "geometry", request.geometry() ? 1 : 0);
    }

    /** Loss of quality that the request explains: a blur that was asked for is no defect. */
    private void excuses(FeatureWriter out) {
        var detail = comparison.detail();
        double blur = Math.max(0, -wish(Axis.SHARPER)) + wish(Axis.OUTSIDE_BLURRED) + Math.abs(wish(Axis.COARSE));
        double specks = wish(Axis.SPECKS);
        double style = Math.max(wish(Axis.STYLIZED), wish(Axis.SKETCHED));
        double shape = wish(Axis.OBJECT) + wish(Axis.FRAMED) + wish(Axis.STRIP_TOP) + wish(Axis.STRIP_BOTTOM);
        double lost = Math.max(0, -detail.median());
        double added = Math.max(0, detail.calm());
        out.add("excused.blur", Math.min(1, blur) * lost);
        out.add("excused.noise", Math.min(1, specks + wish(Axis.SHARPER)) * added);
        out.add("excused.style", style * added);
        out.add("excused.steps", Math.min(1, shape + style) * Math.sqrt(detail.steps()));
        out.add("excused.content", style * comparison.taps().contentDistance());
        out.add("unasked.blur", Math.max(0, 1 - blur - style) * lost);
        out.add("unasked.noise", Math.max(0, 1 - specks - style) * added);
        out.add("unasked.steps", Math.max(0, 1 - shape - style) * Math.sqrt(detail.steps()));
    }

    private double wish(Axis axis) {
        return request.directions()[axis.ordinal()];
    }

    /** The least fulfilled main wish, so that half of "flip it and make it grey" is not taken for all of it. */
    private double weakest(double[] asked) {
        double least = 1;
        boolean any = false;
        for (var axis : Axis.ALL) {
            double direction = asked[axis.ordinal()];
            if (Math.abs(direction) >= CORE) {
                any = true;
                least = Math.min(least, Math.signum(direction) * evidence.value(axis));
            }
        }
        return any ? least : 0;
    }

    /** For wishes of tone: the whole image's evidence less that of the quarter where least was done. */
    private double unevenness(double[] asked) {
        double sum = 0;
        for (int axis = 0; axis < ToneEvidence.AXES; axis++) {
            if (asked[axis] != 0) {
                double sign = Math.signum(asked[axis]);
                double least = 1;
                for (double[] quadrant : evidence.quadrants()) {
                    least = Math.min(least, sign * quadrant[axis]);
                }
                sum += Math.abs(asked[axis]) * (sign * evidence.values()[axis] - least);
            }
        }
        return sum;
    }

    /** How much of the changed area has a colour that was asked for. */
    private double colored(double[] asked) {
        double sum = 0;
        double weight = 0;
        double[] shares = comparison.changedColors();
        for (var color : NamedColor.values()) {
            double direction = asked[Axis.of(color).ordinal()];
            sum += direction * shares[color.ordinal()];
            weight += Math.abs(direction);
        }
        return weight == 0 ? 0 : sum / weight;
    }

    private double extra(Axis.Family family) {
        double sum = 0;
        for (var axis : Axis.ALL) {
            if (axis.family() == family && request.directions()[axis.ordinal()] == 0) {
                sum += Math.abs(evidence.value(axis));
            }
        }
        return sum;
    }

    private double extra(double[] asked) {
        double sum = 0;
        for (int axis = 0; axis < asked.length; axis++) {
            if (asked[axis] == 0) {
                sum += evidence.values()[axis] * evidence.values()[axis];
            }
        }
        return Math.sqrt(sum);
    }

    /** What kind of change belongs to the scope that was asked for: the same amount is right in one and wrong in another. */
    private void scope(FeatureWriter out, String name, double active) {
        var tone = comparison.tone();
        var area = comparison.area();
        out.add(name + ".residual", active * Plane.mean(tone.residuals()) / 20);
        out.add(name + ".outside", active * area.outside());
        out.add(name + ".mainShare", active * Math.sqrt(area.mainShare()));
        out.add(name + ".explained", active * tone.explained());
        out.add(name + ".texture", active * comparison.taps().textureDistance());
        out.add(name + ".content", active * comparison.taps().contentDistance());
        out.add(name + ".pooled", active * comparison.taps().pooledDistance());
        out.add(name + ".median", active * Plane.quantile(tone.residuals(), 0.5) / 20);
        out.add(name + ".likeness", active * comparison.registration().likeness());
        out.add(
                name + ".zoom",
                active * Math.abs(Math.log(comparison.registration().placement().scale())));
        out.add(name + ".luma", active * Math.abs(tone.lumaShift()) / 40);
        out.add(name + ".peak", active * Math.log1p(comparison.peak()) / 4);
        out.add(name + ".contrast", active * Math.log((4 + comparison.peak()) / (4 + Plane.mean(tone.residuals()))));
        out.add(name + ".extraTone", active * extra(Axis.Family.TONE));
        out.add(name + ".extraColor", active * extra(Axis.Family.COLOR));
        out.add(name + ".extraLocal", active * extra(Axis.Family.LOCAL));
        out.add(name + ".hue", active * Math.abs(tone.chromaTurn()) * Math.min(1, tone.chromaGain()));
    }

    private static double cosine(double[] a, double[] b) {
        double aa = 1e-9;
        double bb = 0.05;
        double ab = 0;
        for (int i = 0; i < a.length; i++) {
            aa += a[i] * a[i];
            bb += b[i] * b[i];
            ab += a[i] * b[i];
        }
        return ab / Math.sqrt(aa * bb);
    }
}
