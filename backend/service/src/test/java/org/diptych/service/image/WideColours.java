package org.diptych.service.image;

import java.awt.image.BufferedImage;

/** What the numbers of a Display P3 picture look like in sRGB, by the definitions of both. */
public final class WideColours {
    private WideColours() {}

    /** The same colours in sRGB, by the matrix between them (both D65) in linear light. */
    public static BufferedImage twin(BufferedImage wide) {
        var result = new BufferedImage(wide.getWidth(), wide.getHeight(), BufferedImage.TYPE_INT_ARGB);
        for (int y = 0; y < wide.getHeight(); y++) {
            for (int x = 0; x < wide.getWidth(); x++) {
                int pixel = wide.getRGB(x, y);
                double r = linear(pixel >> 16 & 0xff);
                double g = linear(pixel >> 8 & 0xff);
                double b = linear(pixel & 0xff);
                int red = level(1.2249401763 * r - 0.2249401763 * g);
                int green = level(-0.0420569547 * r + 1.0420569547 * g);
                int blue = level(-0.0196375546 * r - 0.0786360456 * g + 1.0982736001 * b);
                result.setRGB(x, y, (pixel & 0xff000000) | red << 16 | green << 8 | blue);
            }
        }
        return result;
    }

    private static double linear(int level) {
        double value = level / 255.0;
        return value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
    }

    private static int level(double linear) {
        double value = linear <= 0.0031308 ? 12.92 * linear : 1.055 * Math.pow(linear, 1 / 2.4) - 0.055;
        return (int) Math.round(255 * Math.clamp(value, 0, 1));
    }
}
