package org.diptych.reward.encoder;

/**
 * What can be told about an image's quality at its own resolution: noise, compression and sharpness live in single pixels that a
 * resize would wash out. Large images are judged by their middle, 1,024 pixels wide and high.
 *
 * @param noise noise standard deviation in grey levels (median form of Immerkaer's fast estimate, CVIU 64(2), 1996)
 * @param chromaNoise the same on the blue difference
 * @param sharpness log of the mean absolute Laplacian
 * @param blockiness excess of gradients on the strongest of eight grid phases over the others, in grey levels, rows and columns
 * @param flatness share of 8 x 8 cells that are nearly constant
 * @param fineDetail log ratio of one-pixel differences to four-pixel differences: low when blurred, high when noisy
 * @param dark share of pixels at most 3
 * @param bright share of pixels at least 252
 * @param contrast standard deviation of luma
 */
record NativeQuality(
        double noise,
        double chromaNoise,
        double sharpness,
        double blockiness,
        double flatness,
        double fineDetail,
        double dark,
        double bright,
        double contrast) {

    private static final int LIMIT = 1024;
    private static final int BINS = 1024;

    static NativeQuality of(Pixels pixels) {
        int width = Math.min(LIMIT, pixels.width());
        int height = Math.min(LIMIT, pixels.height());
        int left = (pixels.width() - width) / 2;
        int top = (pixels.height() - height) / 2;
        float[] luma = new float[width * height];
        float[] chroma = new float[width * height];
        for (int y = 0; y < height; y++) {
            int from = (top + y) * pixels.width() + left;
            int to = y * width;
            for (int x = 0; x < width; x++) {
                float l = 0.299f * pixels.red()[from + x]
                        + 0.587f * pixels.green()[from + x]
                        + 0.114f * pixels.blue()[from + x];
                luma[to + x] = l;
                chroma[to + x] = pixels.blue()[from + x] - l;
            }
        }
        var texture = PixelTexture.of(luma, width, height);
        return new NativeQuality(
                noise(luma, width, height),
                noise(chroma, width, height),
                texture.sharpness(),
                texture.blockiness(),
                flatness(luma, width, height),
                texture.fineDetail(),
                1 - Plane.above(luma, 3),
                Plane.above(luma, 252),
                Plane.standardDeviation(luma));
    }

    void write(FeatureWriter out, NativeQuality before) {
        out.add("noise", Math.log(0.3 + noise));
        out.add("chromaNoise", Math.log(0.3 + chromaNoise));
        out.add("sharpness", sharpness);
        out.add("blockiness", Math.log(0.2 + blockiness));
        out.add("flatness", flatness);
        out.add("fineDetail", fineDetail);
        out.add("dark", dark);
        out.add("bright", bright);
        out.add("contrast", contrast / 64);
        out.add("noiseGain", Math.log((0.3 + noise) / (0.3 + before.noise)));
        out.add("chromaNoiseGain", Math.log((0.3 + chromaNoise) / (0.3 + before.chromaNoise)));
        out.add("noiseRise", Math.log1p(Math.max(0, noise - before.noise)));
        out.add("sharpnessGain", sharpness - before.sharpness);
        out.add("sharpnessLoss", Math.max(0, before.sharpness - sharpness));
        out.add("blockinessGain", Math.log((0.2 + blockiness) / (0.2 + before.blockiness)));
        out.add("blockinessRise", Math.log1p(Math.max(0, blockiness - before.blockiness)));
        out.add("flatnessGain", flatness - before.flatness);
        out.add("fineDetailGain", fineDetail - before.fineDetail);
        out.add("darkGain", dark - before.dark);
        out.add("brightGain", bright - before.bright);
    }

    /** The mask (1 -2 1; -2 4 -2; 1 -2 1) kills edges and slopes; the median over pixels ignores texture. */
    private static double noise(float[] p, int width, int height) {
        // four histograms in turn: adding to one cell again and again would wait for each store
        int[] four = new int[4 * BINS];
        int[] bins = new int[width];
        int count = 0;
        for (int y = 1; y < height - 1; y++) {
            // two loops: the first has no dependencies between pixels and runs on many at once
            for (int x = 1; x < width - 1; x++) {
                int i = y * width + x;
                float r = 4 * p[i]
                        - 2 * (p[i - 1] + p[i + 1] + p[i - width] + p[i + width])
                        + p[i - width - 1]
                        + p[i - width + 1]
                        + p[i + width - 1]
                        + p[i + width + 1];
                bins[x] = Math.min(BINS - 1, (int) (Math.abs(r) * 4));
            }
            for (int x = 1; x < width - 1; x++) {
                four[(x & 3) * BINS + bins[x]]++;
            }
            count += Math.max(0, width - 2);
        }
        int seen = 0;
        for (int bin = 0; bin < BINS; bin++) {
            int here = four[bin] + four[BINS + bin] + four[2 * BINS + bin] + four[3 * BINS + bin];
            seen += here;
            if (2 * seen >= count) {
                double lower = seen - here;
                double within = here == 0 ? 0.5 : (count / 2.0 - lower) / here;
                return (bin + within) / 4 / (6 * 0.6745);
            }
        }
        return 0;
    }

    private static double flatness(float[] p, int width, int height) {
        int flat = 0;
        int cells = 0;
        for (int y = 0; y + 8 <= height; y += 8) {
            for (int x = 0; x + 8 <= width; x += 8) {
                double sum = 0;
                double square = 0;
                for (int row = 0; row < 8; row++) {
                    int from = (y + row) * width + x;
                    for (int i = from; i < from + 8; i++) {
                        float value = p[i];
                        sum += value;
                        square += value * value;
                    }
                }
                if (square / 64 - sum * sum / 4096 < 1.5) {
                    flat++;
                }
                cells++;
            }
        }
        return cells == 0 ? 0 : (double) flat / cells;
    }
}
