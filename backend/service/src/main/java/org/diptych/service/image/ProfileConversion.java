package org.diptych.service.image;

import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.awt.image.ColorConvertOp;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferInt;
import java.awt.image.Raster;

/** Turns the numbers of one colour space into sRGB, with 16 bits a channel on the way in and 8 on the way out. */
final class ProfileConversion {
    /** Rows at a time: the picture itself takes memory enough. */
    private static final int ROWS = 16;

    private static final int MOST = 0xffff;
    private static final int GRID = 17;

    private final ColorConvertOp operation;
    private final int channels;

    private ProfileConversion(ICC_Profile from) {
        operation = new ColorConvertOp(new ICC_Profile[] {from, ICC_Profile.getInstance(ColorSpace.CS_sRGB)}, null);
        channels = from.getNumComponents();
    }

    static ProfileConversion of(ICC_Profile from) {
        return new ProfileConversion(from);
    }

    /** Whether no colour moves by more than a level. */
    boolean isIdentity() {
        int steps = channels == 1 ? 256 : GRID * GRID * GRID;
        int[] wide = new int[3 * steps];
        for (int i = 0; i < steps; i++) {
            int[] indexes = {i, i / GRID, i / GRID / GRID};
            for (int channel = 0; channel < 3; channel++) {
                wide[3 * i + channel] = channels == 1 ? i * MOST / 255 : indexes[channel] % GRID * MOST / (GRID - 1);
            }
        }
        int[] turned = convert(wide, steps);
        for (int i = 0; i < wide.length; i++) {
            if (Math.abs(SrgbPixels.narrow(wide[i], MOST) - turned[i]) > 1) {
                return false;
            }
        }
        return true;
    }

    /** The picture in sRGB. */
    BufferedImage apply(BufferedImage picture) {
        int width = picture.getWidth();
        var samples = SampleReader.of(picture);
        var result = SrgbPixels.empty(picture);
        int[] packed = ((DataBufferInt) result.getRaster().getDataBuffer()).getData();
        for (int y = 0; y < picture.getHeight(); y += ROWS) {
            int rows = Math.min(ROWS, picture.getHeight() - y);
            var wide = samples.rows(y, rows, MOST);
            int[] turned = convert(wide.colours(), rows * width);
            for (int i = 0; i < rows * width; i++) {
                packed[y * width + i] = SrgbPixels.narrow(wide.alpha()[i], MOST) << 24
                        | turned[3 * i] << 16
                        | turned[3 * i + 1] << 8
                        | turned[3 * i + 2];
            }
        }
        return result;
    }

    private int[] convert(int[] wide, int pixels) {
        var source = Raster.createInterleavedRaster(DataBuffer.TYPE_USHORT, pixels, 1, channels, null);
        for (int channel = 0; channel < channels; channel++) {
            int[] band = new int[pixels];
            for (int i = 0; i < pixels; i++) {
                // a picture that has more channels than the profile is grey, and all its channels are alike
                band[i] = wide[3 * i + channel];
            }
            source.setSamples(0, 0, pixels, 1, channel, band);
        }
        var target = Raster.createInterleavedRaster(DataBuffer.TYPE_USHORT, pixels, 1, 3, null);
        operation.filter(source, target);
        int[] turned = target.getPixels(0, 0, pixels, 1, (int[]) null);
        for (int i = 0; i < turned.length; i++) {
            turned[i] = SrgbPixels.narrow(turned[i], MOST);
        }
        return turned;
    }
}
