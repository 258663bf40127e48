package org.diptych.reward.encoder;

/** The eleven basic colour terms (Berlin and Kay, 1969), told by hue, saturation and value. */
enum NamedColor {
    BLACK,
    WHITE,
    GREY,
    RED,
    ORANGE,
    YELLOW,
    GREEN,
    BLUE,
    PURPLE,
    PINK,
    BROWN;

    private static final NamedColor[] ALL = values();

    /** Names a colour given as levels 0..255. */
    static NamedColor of(float red, float green, float blue) {
        float max = Math.max(red, Math.max(green, blue));
        float min = Math.min(red, Math.min(green, blue));
        float range = max - min;
        float saturation = max <= 0 ? 0 : range / max;
        if (max < 40) {
            return BLACK;
        }
        if (saturation < 0.18 || range < 20) {
            return max > 215 ? WHITE : max < 60 ? BLACK : GREY;
        }
        float hue = hue(red, green, blue, max, range);
        if (hue < 14 || hue >= 345) {
            return saturation < 0.5 && max > 180 ? PINK : RED;
        }
        if (hue < 42) {
            return max < 160 ? BROWN : ORANGE;
        }
        if (hue < 68) {
            return max < 110 ? BROWN : YELLOW;
        }
        if (hue < 165) {
            return GREEN;
        }
        if (hue < 255) {
            return BLUE;
        }
        return hue < 305 ? PURPLE : PINK;
    }

    /** The share of each colour in an image; pixels that are not numbers count for none. */
    static double[] shares(Pixels pixels, boolean[] region) {
        double[] shares = new double[ALL.length];
        int count = 0;
        for (int i = 0; i < region.length; i++) {
            if (region[i]) {
                count++;
                if (!Float.isNaN(pixels.red()[i])) {
                    shares[
                            of(pixels.red()[i], pixels.green()[i], pixels.blue()[i])
                                    .ordinal()]++;
                }
            }
        }
        for (int c = 0; c < shares.length; c++) {
            shares[c] /= Math.max(1, count);
        }
        return shares;
    }

    private static float hue(float red, float green, float blue, float max, float range) {
        float hue;
        if (max == red) {
            hue = (green - blue) / range;
        } else if (max == green) {
            hue = 2 + (blue - red) / range;
        } else {
            hue = 4 + (red - green) / range;
        }
        return (hue * 60 + 360) % 360;
    }
}
