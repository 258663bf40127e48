package org.diptych.reward.acquisition;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.diptych.reward.RewardModel;
import org.diptych.reward.Score;
import org.diptych.statistics.acquisition.FeatureMatrix;
import org.diptych.statistics.acquisition.PairFeatures;
import org.diptych.statistics.acquisition.Pool;
import org.jspecify.annotations.Nullable;

/**
 * What a model says about many candidates, by row and in flat arrays: what choosing the next pairs works on. A row takes
 * {@code 4 (last layer + members)} bytes. Not thread-safe while rows are added.
 */
public final class ScoredCandidates {
    /** The last layer is scaled by its prior, so a weight's prior precision is one. */
    public static final double PRIOR_PRECISION = 1;

    private static final int START = 1_024;

    private final RewardModel model;
    private final List<float[]> rows = new ArrayList<>();
    private @Nullable FeatureMatrix layer;
    private final int members;
    /** Overall score of each member, row after row. */
    private float[] overall;

    private int size;

    /** Starts empty; the model stays the caller's. */
    public ScoredCandidates(RewardModel model) {
        this.model = model;
        members = model.card().members();
        overall = new float[START * members];
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
        var scored = model.evaluate(features);
        if ((size + features.length) * members > overall.length) {
            overall = Arrays.copyOf(overall, Math.max((size + features.length) * members, 2 * overall.length));
        }
        for (float[] row : scored.overall()) {
            System.arraycopy(row, 0, overall, size * members, members);
            size++;
        }
        rows.addAll(List.of(scored.lastLayer()));
        return scored.scores();
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

    /**
     * The pairs of the given rows as the model sees them. The epistemic deviation is that of the pair's own margin over the
     * ensemble, in logits: what the members doubt about both candidates alike (the source, the instruction) decides
     * nothing between them and is no reason to ask.
     */
    public Pool pool(int[] first, int[] second, int[] items, int[] groups) {
        var pFirst = new float[first.length];
        var pTie = new float[first.length];
        var deviation = new float[first.length];
        var calibration = model.card().overall();
        for (int pair = 0; pair < first.length; pair++) {
            int one = first[pair] * members;
            int other = second[pair] * members;
            double gap = (double) overall[one] - overall[other];
            double square = 0;
            for (int member = 1; member < members; member++) {
                double away = overall[one + member] - overall[other + member] - gap;
                square += away * away;
            }
            var probability = calibration.probability(gap);
            pFirst[pair] = (float) probability.first();
            pTie[pair] = (float) probability.tie();
            deviation[pair] = (float) (calibration.slope() * Math.sqrt(square / (members - 1)));
        }
        return new Pool(differences(first, second), items, groups, pFirst, pTie, deviation);
    }
}
