package org.diptych.reward.encoder;

import java.awt.image.BufferedImage;

/**
 * One image, prepared once: at 224 x 224 as luma and two colour differences, its gradients, its quality at native resolution, and
 * the network's feature maps.
 *
 * @param width, height native size
 * @param pixels stretched to 224 x 224
 * @param luma, blueness, redness planes of 224 x 224: luma, blue minus luma, red minus luma
 * @param gradients compressed gradient lengths of 56 x 56
 * @param quality at native resolution
 * @param taps feature maps
 */
record ImageAnalysis(
        int width,
        int height,
        Pixels pixels,
        float[] luma,
        float[] blueness,
        float[] redness,
        float[] gradients,
        NativeQuality quality,
        Taps taps) {

    static final int SIDE = MobileNetV2.SIDE;

    static ImageAnalysis of(BufferedImage image, MobileNetV2 network) {
        var whole = Pixels.of(image);
        var pixels = whole.resize(SIDE, SIDE);
        float[] luma = pixels.luma();
        return new ImageAnalysis(
                whole.width(),
                whole.height(),
                pixels,
                luma,
                difference(pixels.blue(), luma),
                difference(pixels.red(), luma),
                gradients(luma),
                NativeQuality.of(whole),
                network.run(pixels.unitPlanes()));
    }

    /** This image as an edit with the given placement shows it; what lies outside repeats the nearest edge for the network. */
    ImageAnalysis placed(Placement placement, MobileNetV2 network) {
        if (placement.isIdentity()) {
            return this;
        }
        var moved = new Pixels(
                SIDE,
                SIDE,
                placement.warp(pixels.red(), SIDE),
                placement.warp(pixels.green(), SIDE),
                placement.warp(pixels.blue(), SIDE));
        float[] movedLuma = moved.luma();
        float[] planes = moved.unitPlanes();
        for (int i = 0; i < planes.length; i++) {
            if (Float.isNaN(planes[i])) {
                planes[i] = 0.5f;
            }
        }
        return new ImageAnalysis(
                width,
                height,
                moved,
                movedLuma,
                difference(moved.blue(), movedLuma),
                difference(moved.red(), movedLuma),
                gradients,
                quality,
                network.run(planes));
    }

    private static float[] gradients(float[] luma) {
        int half = SIDE / 2;
        float[] gradient = Plane.gradient(Plane.shrink(luma, SIDE, 2), half);
        float[] small = Plane.shrink(gradient, half, half / Registration.SIDE);
        for (int i = 0; i < small.length; i++) {
            small[i] = (float) Math.sqrt(small[i]);
        }
        return small;
    }

    private static float[] difference(float[] a, float[] b) {
        float[] result = new float[a.length];
        for (int i = 0; i < result.length; i++) {
            result[i] = a[i] - b[i];
        }
        return result;
    }
}
