package org.diptych.service.evidence;

import java.util.Arrays;

/**
 * How much each pixel changed, as people see it: the CIE94 colour difference (graphic arts weights, the source as the
 * standard; CIE 116-1995) of the smoothed pictures, less what a shift by a fraction of a pixel would explain. About 1 is
 * just visible side by side, 3 is noticed when looked for, 15 is another colour.
 *
 * @param width in pixels
 * @param height in pixels
 * @param change 0 or more, in row order
 */
record ChangeMap(int width, int height, float[] change) {
    /**
     * Editing models and scaling move edges by a fraction of a pixel. A difference that such a shift explains is not a
     * change; the number is in pixels.
     */
    private static final float SHIFT = 0.5f;

    /** The change where one picture is transparent and the other is not. */
    private static final float DISAPPEARANCE = 60;

    static ChangeMap of(LabPicture source, LabPicture edit) {
        int width = source.width();
        int height = source.height();
        float[] change = new float[width * height];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int i = y * width + x;
                float colour = Math.max(0, difference(source, edit, i) - SHIFT * slope(source, x, y, i));
                float opacity = Math.abs(source.opacity()[i] - edit.opacity()[i]) * DISAPPEARANCE;
                change[i] = Math.max(colour, opacity);
            }
        }
        return new ChangeMap(width, height, change);
    }

    /** The given quantile, 0..1, of the change. */
    float quantile(double share) {
        float[] sorted = change.clone();
        Arrays.sort(sorted);
        return sorted[(int) Math.round(share * (sorted.length - 1))];
    }

    private static float difference(LabPicture source, LabPicture edit, int i) {
        float a1 = source.greenRed()[i];
        float b1 = source.blueYellow()[i];
        float a2 = edit.greenRed()[i];
        float b2 = edit.blueYellow()[i];
        float lightness = source.lightness()[i] - edit.lightness()[i];
        double chroma1 = Math.sqrt(a1 * a1 + b1 * b1);
        double chroma = chroma1 - Math.sqrt(a2 * a2 + b2 * b2);
        double hueSquared = Math.max(0, (a1 - a2) * (a1 - a2) + (b1 - b2) * (b1 - b2) - chroma * chroma);
        double chromaWeight = 1 + 0.045 * chroma1;
        double hueWeight = 1 + 0.015 * chroma1;
        return (float) Math.sqrt(lightness * lightness
                + chroma * chroma / (chromaWeight * chromaWeight)
                + hueSquared / (hueWeight * hueWeight));
    }

    /** How much the source's colour changes from one pixel to the next. */
    private static float slope(LabPicture source, int x, int y, int i) {
        int left = x > 0 ? i - 1 : i;
        int right = x < source.width() - 1 ? i + 1 : i;
        int above = y > 0 ? i - source.width() : i;
        int below = y < source.height() - 1 ? i + source.width() : i;
        float across = length(source, left, right) / Math.max(1, right - left);
        float down = length(source, above, below) / Math.max(1, (below - above) / source.width());
        return (float) Math.sqrt(across * across + down * down);
    }

    private static float length(LabPicture source, int i, int j) {
        float l = source.lightness()[i] - source.lightness()[j];
        float a = source.greenRed()[i] - source.greenRed()[j];
        float b = source.blueYellow()[i] - source.blueYellow()[j];
        return (float) Math.sqrt(l * l + a * a + b * b);
    }
}
