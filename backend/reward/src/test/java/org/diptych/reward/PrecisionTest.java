package org.diptych.reward;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import java.util.List;
import java.util.stream.IntStream;
import org.diptych.reward.encoder.PyTorch;
import org.junit.jupiter.api.Test;

class PrecisionTest {

    @Test
    void gpus_multiply_in_half_precision_and_processors_do_not() {
        assertThat(Precision.of(Device.gpu(0))).isEqualTo(Precision.FLOAT16);
        assertThat(Precision.of(Device.cpu())).isEqualTo(Precision.FLOAT32);
    }

    @Test
    void half_precision_products_learn_nearly_what_float32_learns_on_float32_parameters() {
        var labels = new SyntheticLabels(1);
        var examples = labels.ratings();
        var set = labels.set(examples);
        var data = new FitData(
                set, Standardization.of(set.features()), AnnotatorEffects.alike(examples), TrainingSettings.defaults());
        float[] exact = learned(data, Precision.FLOAT32);
        float[] rounded = learned(data, Precision.FLOAT16);
        double product = 0;
        double one = 0;
        double two = 0;
        for (int i = 0; i < exact.length; i++) {
            product += exact[i] * rounded[i];
            one += exact[i] * exact[i];
            two += rounded[i] * rounded[i];
        }
        assertThat(rounded).isNotEqualTo(exact);
        assertThat(product / Math.sqrt(one * two)).isGreaterThan(0.999);
        // a half has 13 zero bits at its end as a float; the parameters do not
        assertThat(IntStream.range(0, rounded.length)
                        .filter(i -> (Float.floatToIntBits(rounded[i]) & 0x1FFF) != 0)
                        .count())
                .isGreaterThan(rounded.length / 2);
    }

    private static float[] learned(FitData data, Precision precision) {
        var examples = data.set().examples();
        var prior = PriorStrength.candidates().get(6);
        var plan = Priors.plan(data, List.of(prior, prior), 1, new float[0][][], examples.size(), 100);
        float[][] weights = new float[examples.size()][1];
        for (float[] weight : weights) {
            weight[0] = 1;
        }
        var all = List.of(IntStream.range(0, examples.size()).boxed().toList());
        try (var manager = PyTorch.newManager(PyTorch.device());
                var labels = new LabelPieces(
                        manager, data, examples, weights, all, new DeviceMemory(manager.getDevice(), count -> {}));
                var fit = new BatchedFit(manager, data, plan, precision)) {
            for (int step = 0; step < 100; step++) {
                fit.step(labels, 0);
            }
            return fit.extract().mean();
        }
    }
}
