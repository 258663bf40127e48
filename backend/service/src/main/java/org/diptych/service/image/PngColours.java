package org.diptych.service.image;

import java.nio.ByteBuffer;
import org.diptych.service.image.MatrixProfile.Curve;
import org.diptych.service.image.MatrixProfile.Primaries;
import org.jspecify.annotations.Nullable;

/**
 * What the chunks of a PNG file say about its colours. Of several that contradict each other the one counts that the
 * standard (PNG, third edition, 4.3) puts first: cICP, iCCP, sRGB, then gAMA with cHRM.
 */
final class PngColours {
    private static final double SCREEN_GAMMA = 1 / 2.2;
    /** As in libpng: a smaller difference is no difference. */
    private static final double SAME_GAMMA = 0.05;

    private final boolean grey;
    private byte @Nullable [] codePoints;
    private byte @Nullable [] profile;
    private boolean srgb;
    private double gamma;
    private @Nullable Primaries primaries;

    /**
     * Nothing said yet.
     *
     * @param grey whether the file has grey levels
     */
    PngColours(boolean grey) {
        this.grey = grey;
    }

    /** Whether a chunk of this type says nothing that {@link #stated} does not keep: decoders need not see it again. */
    static boolean isApproximate(String type) {
        return type.equals("gAMA") || type.equals("cHRM");
    }

    /** Takes note of a chunk. */
    void add(String type, byte[] content) {
        switch (type) {
            case "cICP" -> codePoints = content.length == 4 ? content : codePoints;
            case "sRGB" -> srgb = true;
            case "gAMA" -> {
                if (content.length == 4) {
                    gamma = Integer.toUnsignedLong(ByteBuffer.wrap(content).getInt()) / 100_000.0;
                }
            }
            case "cHRM" -> primaries = content.length == 32 ? chromaticities(content) : primaries;
            default -> {}
        }
    }

    /** Takes note of an embedded profile, unpacked. */
    void addProfile(byte[] content) {
        profile = content;
    }

    private static Primaries chromaticities(byte[] content) {
        double[] coordinates = new double[8];
        var numbers = ByteBuffer.wrap(content).asIntBuffer();
        for (int i = 0; i < coordinates.length; i++) {
            coordinates[i] = Integer.toUnsignedLong(numbers.get(i)) / 100_000.0;
        }
        return new Primaries(coordinates);
    }

    StatedColours stated() throws InvalidImageException {
        var coded = codePoints == null ? null : ofCodePoints(codePoints);
        if (coded != null) {
            return coded;
        }
        if (profile != null) {
            return StatedColours.ofProfile(profile, grey);
        }
        return srgb || gamma < 0.1 || gamma > 10 ? StatedColours.SRGB : ofGamma();
    }

    /** With sRGB's primaries, the reciprocal of 2.2 is how the standard tells writers to approximate sRGB. */
    private StatedColours ofGamma() {
        var stated = primaries == null ? Primaries.BT_709 : primaries;
        boolean screen = Math.abs(gamma / SCREEN_GAMMA - 1) < SAME_GAMMA;
        return screen && stated.isLike(Primaries.BT_709)
                ? StatedColours.SRGB
                : StatedColours.of(stated, Curve.power(1 / gamma));
    }

    /** The code points of ITU-T H.273: primaries, transfer, matrix, full range. Unknown ones say nothing. */
    private static @Nullable StatedColours ofCodePoints(byte[] code) throws InvalidImageException {
        if (code[1] == 16 || code[1] == 18) {
            throw new InvalidImageException(
                    "the PNG file holds high dynamic range (cICP), which has no one look on a screen; save it as sRGB");
        }
        var primaries = switch (code[0]) {
            case 1 -> Primaries.BT_709;
            case 9 -> Primaries.BT_2020;
            case 12 -> Primaries.DISPLAY_P3;
            default -> null;
        };
        var curve = switch (code[1]) {
            case 1, 6, 14, 15 -> Curve.BT_709;
            case 4 -> Curve.power(2.2);
            case 5 -> Curve.power(2.8);
            case 8 -> Curve.power(1);
            case 13 -> Curve.SRGB;
            default -> null;
        };
        return primaries == null || curve == null || code[2] != 0 || code[3] != 1
                ? null
                : StatedColours.of(primaries, curve);
    }
}
