package org.diptych.reward;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.diptych.reward.encoder.PyTorch;

/**
 * A trained model that scores candidates. It may be used by several threads, and owns native memory until it is closed.
 */
public final class RewardModel implements AutoCloseable {

    private static final int CHUNK = 2048;

    private final ModelCard card;
    private final ModelParameters parameters;
    private final NDManager manager;
    private final NDArray weights;
    private final NDArray spread;
    private final NDArray projection;

    RewardModel(ModelCard card, ModelParameters parameters) {
        this.card = card;
        this.parameters = parameters;
        manager = PyTorch.newManager(PyTorch.device());
        int k = card.dimensions().size();
        int d = card.featureDimension();
        try {
            weights = manager.create(parameters.mean(), new Shape(d, (long) k * card.members()));
            spread = manager.create(parameters.spread(), new Shape(d, k));
            projection = manager.create(parameters.projection(), new Shape(d, parameters.projection().length / d));
        } catch (RuntimeException | Error e) {
            manager.close();
            throw e;
        }
    }

    /**
     * Loads a saved model.
     *
     * @param encoderId the encoder that makes the features to be scored
     * @throws ModelFileException if a file is missing or damaged (its digest is wrong), or the model belongs to another encoder
     */
    public static RewardModel load(Path folder, String encoderId) throws IOException {
        return ModelFolder.read(folder, encoderId);
    }

    /** Where the model comes from and how good it was. */
    public ModelCard card() {
        return card;
    }

    /** Length of {@link Evaluated#lastLayer}. */
    public int lastLayerDimension() {
        return (int) projection.getShape().get(1);
    }

    /**
     * Scores candidates, one per row of features.
     *
     * @throws IllegalArgumentException if a row has the wrong length or a number that is not finite
     */
    public List<Score> score(float[][] features) {
        return evaluate(features, 0).scores();
    }

    /**
     * Scores with what choosing the next pairs needs beside them.
     *
     * @param overall overall score by candidate and member; member 0 gives the means, the others their spread
     * @param lastLayer per candidate, the features on which the heads are linear, scaled by their priors and projected to the directions
     *     that vary most: what choosing the next pairs works on. Their prior is isotropic with deviation 1
     */
    public record Evaluated(List<Score> scores, float[][] overall, float[][] lastLayer) {}

    /** {@link #score} and the last layer in one pass over the features. */
    public Evaluated evaluate(float[][] features) {
        return evaluate(features, lastLayerDimension());
    }

    private Evaluated evaluate(float[][] features, int width) {
        var layers = new float[features.length][width];
        var scores = new ArrayList<Score>(features.length);
        var overall = new float[features.length][card.members()];
        for (int start = 0; start < features.length; start += CHUNK) {
            int rows = Math.min(CHUNK, features.length - start);
            float[] x = standardized(features, start, rows);
            float[] mu;
            float[] logSigma;
            float[] layer = {};
            try (var scope = new NDScope();
                    var local = manager.newSubManager()) {
                scope.suppressNotUsedWarning();
                var input = local.create(x, new Shape(rows, card.featureDimension()));
                mu = input.matMul(weights).toFloatArray();
                logSigma = input.matMul(spread).toFloatArray();
                if (width > 0) {
                    layer = input.matMul(projection).toFloatArray();
                }
            }
            for (int row = 0; row < rows; row++) {
                scores.add(score(mu, logSigma, row, overall[start + row]));
                System.arraycopy(layer, row * width, layers[start + row], 0, width);
            }
        }
        return new Evaluated(scores, overall, layers);
    }

    /** Probabilities of the verdicts on one dimension, for annotators without a favourite side. */
    public PairProbability probability(Score first, Score second, int dimension) {
        double variance =
                square(first.sigma().get(dimension)) + square(second.sigma().get(dimension));
        double gap = (first.mu().get(dimension) - second.mu().get(dimension)) / Math.sqrt(1 + Math.PI / 8 * variance);
        return card.heads().get(dimension).calibration().probability(gap);
    }

    /** Probabilities that the first is called better overall, neither, or the second. */
    public PairProbability overallProbability(Score first, Score second) {
        return card.overall().probability(first.overallMu() - second.overallMu());
    }

    private Score score(float[] mu, float[] logSigma, int row, float[] overallByMember) {
        int k = card.dimensions().size();
        int m = card.members();
        var means = new ArrayList<Double>();
        var sigmas = new ArrayList<Double>();
        var epistemics = new ArrayList<Double>();
        var values = new ArrayList<Double>();
        double[] sums = new double[m];
        double overall = 0;
        double variance = 0;
        for (int dimension = 0; dimension < k; dimension++) {
            int at = (row * k + dimension) * m;
            double sigma = Math.exp(
                    Math.clamp(logSigma[row * k + dimension] + parameters.spreadBias()[dimension], -5, 2));
            double mean = mu[at];
            double value = value(dimension, mean, sigma);
            double slope = (value(dimension, mean + 0.05, sigma) - value(dimension, mean - 0.05, sigma)) / 0.1;
            double square = 0;
            for (int member = 0; member < m; member++) {
                sums[member] += value(dimension, mu[at + member], sigma);
                square += member == 0 ? 0 : square(mu[at + member] - mean);
            }
            means.add(mean);
            sigmas.add(sigma);
            epistemics.add(Math.sqrt(square / (m - 1)));
            values.add(value);
            overall += value;
            variance += square(slope * sigma);
        }
        double spreadSquare = 0;
        overallByMember[0] = (float) overall;
        for (int member = 1; member < m; member++) {
            overallByMember[member] = (float) sums[member];
            spreadSquare += square(sums[member] - overall);
        }
        return new Score(
                means, sigmas, epistemics, values, overall, Math.sqrt(variance), Math.sqrt(spreadSquare / (m - 1)));
    }

    private double value(int dimension, double mu, double sigma) {
        var head = card.heads().get(dimension);
        return head.rated()
                ? Answers.expectedLevel(mu, sigma * sigma, parameters.cutpoints()[dimension])
                : head.calibration().slope() * mu;
    }

    private float[] standardized(float[][] features, int start, int rows) {
        int d = card.featureDimension();
        float[] x = new float[rows * d];
        for (int row = 0; row < rows; row++) {
            float[] values = features[start + row];
            if (values.length != d) {
                throw new IllegalArgumentException("row %d has %d features; this model reads %d of the encoder %s"
                        .formatted(
                                start + row, values.length, d, card.provenance().encoderId()));
            }
            for (float value : values) {
                if (!Float.isFinite(value)) {
                    throw new IllegalArgumentException("row %d holds the feature %s".formatted(start + row, value));
                }
            }
            parameters.standardization().apply(values, x, row * d);
        }
        return x;
    }

    private static double square(double x) {
        return x * x;
    }

    @Override
    public void close() {
        manager.close();
    }
}
