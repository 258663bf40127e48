package org.diptych.reward;

import java.util.Random;
import org.diptych.reward.encoder.FeatureLayout;

/**
 * What choosing pairs works on before there is a model: standardised features, scaled by what the priors expect of them
 * and projected to the directions that vary most, as {@link RewardModel.Evaluated#lastLayer} does with the priors that training
 * chose.
 */
public final class PriorFeatures {
    private final Standardization standardization;
    private final float[] projection;
    private final int width;

    private PriorFeatures(Standardization standardization, float[] projection, int width) {
        this.standardization = standardization;
        this.projection = projection;
        this.width = width;
    }

    /**
     * Learns means, deviations and directions from some candidates.
     *
     * @param sample features of at least one candidate; a few thousand say enough
     * @param layout what the features are about
     * @param seed of the sample's sample
     */
    public static PriorFeatures of(FeatureTable sample, FeatureLayout layout, long seed) {
        var standardization = Standardization.of(sample);
        float[] projection =
                LastLayer.projection(sample, standardization, PriorStrength.beforeLabels(layout), new Random(seed));
        return new PriorFeatures(standardization, projection, projection.length / layout.dimension());
    }

    /** Length of the projected features. */
    public int width() {
        return width;
    }

    /** The projected features of one candidate. */
    public float[] project(float[] features) {
        float[] standardised = new float[features.length];
        standardization.apply(features, standardised, 0);
        float[] result = new float[width];
        for (int feature = 0; feature < standardised.length; feature++) {
            float value = standardised[feature];
            for (int direction = 0; direction < width; direction++) {
                result[direction] += value * projection[feature * width + direction];
            }
        }
        return result;
    }
}
