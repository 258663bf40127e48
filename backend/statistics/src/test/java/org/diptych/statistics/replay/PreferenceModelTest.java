package org.diptych.statistics.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.diptych.statistics.acquisition.FeatureMatrix;
import org.diptych.statistics.acquisition.PairFeatures;
import org.diptych.statistics.data.Draw;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class PreferenceModelTest {
    private static final int WIDTH = 12;

    @RepeatedTest(40)
    void weights_are_the_posterior_mode(RepetitionInfo repetition) {
        var draw = new Draw(repetition);
        int seed = draw.between(0, 10_000);
        var labels = simulated(80, isotropicWeights(1, seed), scales(0), seed);
        double strength = 2.5;
        var model = PreferenceModel.fit(labels, new Prior.Fixed(strength));
        // the gradient of log likelihood + log prior vanishes at the mode
        double[] weights = model.weights();
        var gradient = new double[WIDTH];
        var row = new float[WIDTH];
        for (int label = 0; label < labels.size(); label++) {
            labels.features().read(label, row);
            double probability = 1 / (1 + Math.exp(-model.margin(row)));
            double residual = labels.first()[label] + labels.tie()[label] / 2 - probability;
            for (int column = 0; column < WIDTH; column++) {
                gradient[column] += residual * row[column];
            }
        }
        for (int column = 0; column < WIDTH; column++) {
            assertThat(gradient[column] - strength * weights[column]).isCloseTo(0, within(1e-4));
        }
    }

    @Test
    void evidence_finds_the_strength_that_made_the_weights() {
        for (double truth : new double[] {.3, 3, 30}) {
            double logRatio = 0;
            int runs = 12;
            for (int seed = 0; seed < runs; seed++) {
                var labels = simulated(600, isotropicWeights(truth, seed), scales(0), seed);
                var spectrum = FeatureSpectrum.of(labels.features());
                logRatio += Math.log10(PreferenceModel.fit(labels, Prior.ridgeEvidence(spectrum))
                                .strength()
                        / truth);
            }
            assertThat(logRatio / runs).as("decades from %s", truth).isBetween(-.5, .5);
        }
    }

    @Test
    void evidence_takes_pure_noise_for_noise() {
        var labels = simulated(300, new double[WIDTH], scales(0), 4);
        var spectrum = FeatureSpectrum.of(labels.features());
        assertThat(PreferenceModel.fit(labels, Prior.ridgeEvidence(spectrum)).strength())
                .isGreaterThan(50);
    }

    @Test
    void evidence_prefers_the_spectrum_only_when_preferences_follow_it() {
        int along = 0;
        int across = 0;
        for (int seed = 0; seed < 20; seed++) {
            double[] scales = scales(1);
            var first = new double[WIDTH];
            first[0] = 1;
            along += power(simulated(300, first, scales, seed)) > 0 ? 1 : 0;
            var last = new double[WIDTH];
            last[WIDTH - 1] = 25;
            across += power(simulated(300, last, scales, seed)) > 0 ? 1 : 0;
        }
        assertThat(along).isGreaterThanOrEqualTo(16);
        assertThat(across).isLessThanOrEqualTo(4);
    }

    private static double power(PairLabels labels) {
        return PreferenceModel.fit(labels, Prior.evidence(FeatureSpectrum.of(labels.features())))
                .spectralPower();
    }

    @Test
    void scaling_the_features_changes_nothing_under_evidence() {
        var labels = simulated(200, isotropicWeights(1, 3), scales(.5), 3);
        var larger = FeatureMatrix.zeros(labels.size(), WIDTH);
        var row = new float[WIDTH];
        for (int label = 0; label < labels.size(); label++) {
            labels.features().read(label, row);
            for (int column = 0; column < WIDTH; column++) {
                row[column] *= 1024;
            }
            larger.set(label, row);
        }
        var scaled = new PairLabels(larger, labels.first(), labels.tie(), labels.second());
        var one = PreferenceModel.fit(labels, Prior.evidence(FeatureSpectrum.of(labels.features())));
        var other = PreferenceModel.fit(scaled, Prior.evidence(FeatureSpectrum.of(larger)));
        larger.read(0, row);
        var original = new float[WIDTH];
        labels.features().read(0, original);
        assertThat(other.margin(row)).isCloseTo(one.margin(original), within(1e-6));
        assertThat(other.variance(row)).isCloseTo(one.variance(original), within(1e-6));
    }

    @Test
    void without_labels_the_model_is_its_prior() {
        var none = new PairLabels(PairFeatures.none(WIDTH), new double[0], new double[0], new double[0]);
        var model = PreferenceModel.fit(none, new Prior.Fixed(4));
        var row = new float[WIDTH];
        row[2] = 2;
        assertThat(model.margin(row)).isZero();
        assertThat(model.variance(row)).isCloseTo(1, within(1e-12));
        assertThat(model.logEvidence()).isCloseTo(0, within(1e-9));
    }

    @Test
    void scored_pools_agree_with_the_model() {
        var labels = simulated(150, isotropicWeights(1, 8), scales(0), 8);
        var model = PreferenceModel.fit(labels, new Prior.Fixed(1));
        var pool = model.score(labels.features(), new int[150], new int[150]);
        var row = new float[WIDTH];
        double ties = 0;
        double expected = 0;
        for (int pair = 0; pair < pool.size(); pair++) {
            labels.features().read(pair, row);
            assertThat(pool.margin(pair)).isCloseTo(model.margin(row), within(1e-3));
            assertThat(pool.epistemic(pair) * pool.epistemic(pair)).isCloseTo(model.variance(row), within(1e-4));
            assertThat(pool.first(pair) + pool.tie(pair) + pool.second(pair)).isCloseTo(1, within(1e-6));
            ties += labels.tie()[pair];
            expected += pool.tie(pair);
        }
        assertThat(expected).isCloseTo(ties, within(3.0));
    }

    @Test
    void labels_that_make_no_sense_are_refused_by_row() {
        var features = FeatureMatrix.zeros(2, WIDTH);
        assertThatThrownBy(
                        () -> new PairLabels(features, new double[] {1, -1}, new double[] {0, 0}, new double[] {0, 0}))
                .hasMessageContaining("Row 1");
        assertThatThrownBy(() -> new Prior.Fixed(0)).hasMessageContaining("positive");
        assertThatThrownBy(() -> FeatureSpectrum.of(features)).hasMessageContaining("zero");
    }

    private static double[] isotropicWeights(double strength, int seed) {
        var random = new SplittableRandom(seed + 99L);
        var weights = new double[WIDTH];
        for (int column = 0; column < WIDTH; column++) {
            weights[column] = random.nextGaussian() / Math.sqrt(strength);
        }
        return weights;
    }

    /** Standard deviations of the features, falling with the given power. */
    private static double[] scales(double power) {
        var scales = new double[WIDTH];
        for (int column = 0; column < WIDTH; column++) {
            scales[column] = Math.pow(1 + column, -power);
        }
        return scales;
    }

    /** One label a row; one in six is a tie. */
    private static PairLabels simulated(int size, double[] weights, double[] scales, int seed) {
        var random = new SplittableRandom(seed);
        var features = FeatureMatrix.zeros(size, WIDTH);
        var counts = new double[3][size];
        for (int pair = 0; pair < size; pair++) {
            var row = new float[WIDTH];
            double margin = 0;
            for (int column = 0; column < WIDTH; column++) {
                row[column] = (float) (scales[column] * random.nextGaussian());
                margin += weights[column] * row[column];
            }
            features.set(pair, row);
            double win = 1 / (1 + Math.exp(-margin));
            double tie = 4 * win * (1 - win) / 6;
            double draw = random.nextDouble();
            counts[draw < tie ? 1 : draw < win + tie / 2 ? 0 : 2][pair] = 1;
        }
        return new PairLabels(features, counts[0], counts[1], counts[2]);
    }
}
