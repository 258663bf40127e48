package org.diptych.service.evidence;

import java.awt.image.BufferedImage;
import org.jspecify.annotations.Nullable;

/**
 * What an edit changed outside the region that it plainly touched.
 *
 * @param outcome whether there is a number, and if not, why
 * @param measure the number, with {@link Outcome#MEASURED} only
 */
record EditLeak(Outcome outcome, @Nullable Measure measure) {
    /** Changes with every release that measures differently; stored with each number. */
    static final int METHOD = 1;

    /** Pictures are compared at most this large, longer side in pixels. */
    static final int LONGEST_SIDE = 512;

    /** Change from here on is noticed by somebody who looks for it. */
    private static final float NOTICEABLE = 3;

    /** The level that most of the picture changed by is the one that a quarter of it stays below. */
    private static final double REST = 0.25;

    /** When even that quarter changed as much, the whole picture was edited. */
    private static final float EVERYWHERE = 10;

    /** So little outside says nothing about exclusivity. */
    private static final double LEAST_OUTSIDE = 0.1;

    /** A region as large as this, with most of the rest changed too, is no region but the picture. */
    private static final double LARGE_REGION = 0.2;

    private static final double MOST_OF_THE_REST = 0.5;

    /** Less than this share of noticeable change is coding noise. */
    private static final double NOISE = 0.002;

    /** Whether a leak can be told. */
    enum Outcome {
        /** There is a touched region and an outside. */
        MEASURED,
        /** The whole picture was edited (style, light, another crop): there is no outside. */
        WHOLE_PICTURE,
        /** Something changed, but nothing plainly: there is no region to be outside of. */
        NO_REGION,
        /** The edit is the source again, but for coding noise. */
        UNCHANGED
    }

    /**
     * The number and its map.
     *
     * @param touched share of the compared picture in the touched region, 0..1
     * @param parts connected parts of the touched region, at least 1
     * @param leak share of the outside that changed noticeably, 0..1
     * @param strength mean change of that share, CIE94; 0 when there is none
     * @param overlay one byte a pixel of the source's frame: 0 unchanged or not compared, 255 in the touched region, else
     *     the change outside, four steps a unit, 12..254
     */
    record Measure(double touched, int parts, double leak, double strength, BufferedImage overlay) {}

    private static EditLeak without(Outcome why) {
        return new EditLeak(why, null);
    }

    /** The size at which pictures are compared with a source of the given size. */
    static LabPicture frame(BufferedImage source) {
        double scale = Math.min(1, (double) LONGEST_SIDE / Math.max(source.getWidth(), source.getHeight()));
        return LabPicture.of(source, (int) Math.max(1, Math.round(source.getWidth() * scale)), (int)
                Math.max(1, Math.round(source.getHeight() * scale)));
    }

    /** Compares an edit with its source, from {@link #frame}; sizes and shapes may differ. */
    static EditLeak of(LabPicture source, BufferedImage edit) {
        var box = ContentBox.of(edit.getWidth(), edit.getHeight(), source.width(), source.height());
        var map = ChangeMap.of(source.part(box), LabPicture.of(edit, box.width(), box.height()));
        float rest = map.quantile(REST);
        if (rest >= EVERYWHERE) {
            return without(Outcome.WHOLE_PICTURE);
        }
        var region = TouchedRegion.of(map, rest);
        int pixels = map.change().length;
        int outside = pixels - region.pixels();
        int changed = 0;
        double sum = 0;
        for (int i = 0; i < pixels; i++) {
            if (!region.inside()[i] && map.change()[i] >= NOTICEABLE) {
                changed++;
                sum += map.change()[i];
            }
        }
        if (region.parts() == 0) {
            return without((double) changed / pixels < NOISE ? Outcome.UNCHANGED : Outcome.NO_REGION);
        }
        double touched = (double) region.pixels() / pixels;
        if (outside < LEAST_OUTSIDE * pixels || (touched >= LARGE_REGION && changed >= MOST_OF_THE_REST * outside)) {
            return without(Outcome.WHOLE_PICTURE);
        }
        return new EditLeak(
                Outcome.MEASURED,
                new Measure(
                        touched,
                        region.parts(),
                        (double) changed / outside,
                        changed == 0 ? 0 : sum / changed,
                        overlay(source, box, map, region)));
    }

    private static BufferedImage overlay(LabPicture frame, ContentBox box, ChangeMap map, TouchedRegion region) {
        var overlay = new BufferedImage(frame.width(), frame.height(), BufferedImage.TYPE_BYTE_GRAY);
        var raster = overlay.getRaster();
        for (int i = 0; i < map.change().length; i++) {
            float change = map.change()[i];
            int value = region.inside()[i] ? 255 : change < NOTICEABLE ? 0 : Math.min(254, Math.round(4 * change));
            raster.setSample(box.x() + i % box.width(), box.y() + i / box.width(), 0, value);
        }
        return overlay;
    }
}
