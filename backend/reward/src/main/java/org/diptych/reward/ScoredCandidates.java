package org.diptych.reward;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.diptych.acquisition.FeatureMatrix;
import org.diptych.acquisition.PairFeatures;
import org.diptych.acquisition.Pool;
import org.jspecify.annotations.Nullable;

/**
 * What a model says about many candidates, by row and in flat arrays: what choosing the next pairs works on. A row takes
 * {@code 4 (last layer + 2)} bytes. Not thread-safe while rows are added.
 */
public final class ScoredCandidates {
    /** The last layer is scaled by its prior, so a weight's prior precision is one. */
    public static final double PRIOR_PRECISION = 1;

    private static final int START = 1_024;

    private final RewardModel model;
    private final List<float[]> rows = new ArrayList<>();
    private @Nullable FeatureMatrix layer;
    private float[] mu = new float[START];
    private float[] epistemic = new float[START];
    private int size;

    /** Starts empty; the model stays the caller's. */
    public ScoredCandidates(RewardModel model) {
        this.model = model;
    }

    /**
     * Adds candidates under the next rows; not after pairs were asked for.
     *
     * @param features one row of the encoder's features per candidate
     * @return their scores
     */
    public List<Score> add(float[][] features) {
        if (layer != null) {
            throw new IllegalStateException("No candidates can be added any more");
        }
        var scores = model.score(features);
        if (size + features.length > mu.length) {
            int capacity = Math.max(size + features.length, 2 * mu.length);
            mu = Arrays.copyOf(mu, capacity);
            epistemic = Arrays.copyOf(epistemic, capacity);
        }
        for (var score : scores) {
            mu[size] = (float) score.overallMu();
            epistemic[size] = (float) score.overallEpistemic();
            size++;
        }
        rows.addAll(List.of(model.lastLayer(features)));
        return scores;
    }

    /** Last-layer difference of each pair, given the rows of its candidates. */
    public PairFeatures differences(int[] first, int[] second) {
        return PairFeatures.differences(layer(), first, second);
    }

    private FeatureMatrix layer() {
        var made = layer;
        if (made == null) {
            made = rows.isEmpty() ? FeatureMatrix.zeros(0, model.lastLayerDimension()) : FeatureMatrix.of(rows);
            layer = made;
            rows.clear();
        }
        return made;
    }

    /** The pairs of the given rows as the model sees them. */
    public Pool pool(int[] first, int[] second, int[] items, int[] groups) {
        var pFirst = new float[first.length];
        var pTie = new float[first.length];
        var deviation = new float[first.length];
        var calibration = model.card().overall();
        for (int pair = 0; pair < first.length; pair++) {
            var probability = calibration.probability((double) mu[first[pair]] - mu[second[pair]]);
            pFirst[pair] = (float) probability.first();
            pTie[pair] = (float) probability.tie();
            deviation[pair] = (float) Math.hypot(epistemic[first[pair]], epistemic[second[pair]]);
        }
        return new Pool(differences(first, second), items, groups, pFirst, pTie, deviation);
    }
}
