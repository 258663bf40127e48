package org.diptych.service.image;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.util.Arrays;

/**
 * Pictures as all of the product sees them: sRGB with eight bits a channel, transparency kept. A grey level stays the same
 * grey level.
 */
public final class SrgbPixels {
    private static final int ROWS = 16;

    private SrgbPixels() {}

    /** The picture itself where it is of that kind already, else a copy that is. */
    public static BufferedImage of(BufferedImage picture) {
        if (isSrgb(picture)) {
            return picture;
        }
        int width = picture.getWidth();
        var samples = SampleReader.of(picture);
        var result = empty(picture);
        int[] packed = ((DataBufferInt) result.getRaster().getDataBuffer()).getData();
        for (int y = 0; y < picture.getHeight(); y += ROWS) {
            int rows = Math.min(ROWS, picture.getHeight() - y);
            var part = samples.rows(y, rows, 255);
            int[] colours = part.colours();
            for (int i = 0; i < rows * width; i++) {
                packed[y * width + i] =
                        part.alpha()[i] << 24 | colours[3 * i] << 16 | colours[3 * i + 1] << 8 | colours[3 * i + 2];
            }
        }
        return result;
    }

    /** Whether every decoder reads the same eight bits a channel from a file that decodes like this. */
    static boolean isPlain(BufferedImage picture) {
        var model = picture.getColorModel();
        boolean grey = model.getColorSpace().getType() == ColorSpace.TYPE_GRAY;
        return isSrgb(picture) || (grey && !model.hasAlpha() && model.getComponentSize(0) <= 8);
    }

    private static boolean isSrgb(BufferedImage picture) {
        var model = picture.getColorModel();
        return model.getColorSpace().isCS_sRGB()
                && Arrays.stream(model.getComponentSize()).allMatch(bits -> bits <= 8);
    }

    /** A picture of the same size and kind of transparency to be filled. */
    static BufferedImage empty(BufferedImage like) {
        return new BufferedImage(
                like.getWidth(),
                like.getHeight(),
                like.getColorModel().hasAlpha() ? BufferedImage.TYPE_INT_ARGB : BufferedImage.TYPE_INT_RGB);
    }

    /** A number of 0 to {@code most} in 0 to 255. */
    static int narrow(int value, int most) {
        return (value * 255 + most / 2) / most;
    }
}
