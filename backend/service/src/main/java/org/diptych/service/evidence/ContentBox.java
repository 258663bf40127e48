package org.diptych.service.evidence;

/**
 * Where an edit lies over its source when both are shown aligned, as the labelling screen aligns them: all of it when the
 * shapes agree, else the largest centred box of the edit's shape.
 *
 * @param x, y its corner, in pixels of the frame
 * @param width, height in pixels of the frame, at least 1
 */
record ContentBox(int x, int y, int width, int height) {
    /** Two aspect ratios closer than this differ by rounding alone. */
    private static final double SAME_ASPECT = 0.006;

    /** Places a picture of the given size in a frame. */
    static ContentBox of(int pictureWidth, int pictureHeight, int frameWidth, int frameHeight) {
        double ratio = (double) pictureWidth / pictureHeight / ((double) frameWidth / frameHeight);
        if (Math.abs(ratio - 1) <= SAME_ASPECT) {
            return new ContentBox(0, 0, frameWidth, frameHeight);
        }
        double scale = Math.min((double) frameWidth / pictureWidth, (double) frameHeight / pictureHeight);
        int width = Math.clamp(Math.round(pictureWidth * scale), 1, frameWidth);
        int height = Math.clamp(Math.round(pictureHeight * scale), 1, frameHeight);
        return new ContentBox((frameWidth - width) / 2, (frameHeight - height) / 2, width, height);
    }
}
