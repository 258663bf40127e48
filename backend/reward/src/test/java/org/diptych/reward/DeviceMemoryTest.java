package org.diptych.reward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.engine.EngineException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.diptych.reward.encoder.PyTorch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceMemoryTest {

    private static final Provenance PROVENANCE =
            new Provenance("snapshot", "protocol", "revision", 7, "synthetic", "cpu");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CUDA out of memory. Tried to allocate 20.00 MiB. GPU 0 has a total capacity of 79.10 GiB",
                "CUDA error: out of memory",
                "CUDA error: CUBLAS_STATUS_ALLOC_FAILED when calling `cublasCreate(handle)`",
                "[enforce fail at alloc_cpu.cpp:118] err == 0. DefaultCPUAllocator: can't allocate memory"
            })
    void knows_what_exhausted_memory_sounds_like(String message) {
        assertThat(DeviceMemory.exhausted(new EngineException(message))).isTrue();
        assertThat(DeviceMemory.exhausted(new EngineException("step failed", new EngineException(message))))
                .isTrue();
    }

    @Test
    void other_failures_are_not_tried_again() {
        var memory = new DeviceMemory(Device.cpu(), labels -> {});
        var failure = new EngineException("CUDA error: device-side assert triggered");
        assertThatThrownBy(() -> memory.halve(failure, 100)).isSameAs(failure);
        assertThat(memory.pieces()).isEqualTo(1);
    }

    @Test
    void halves_the_batch_until_it_fits_and_learns_the_same() {
        var labels = new SyntheticLabels(1);
        var refused = new ArrayList<Integer>();
        DeviceMemory.Boundary small = count -> {
            if (count > 40) {
                refused.add(count);
                throw new EngineException("CUDA out of memory. Tried to allocate 20.00 MiB.");
            }
        };
        try (var halved = train(new RewardTrainer(small), labels)) {
            assertThat(refused).containsExactly(144, 72);
            assertThat(labels.accuracy(halved.model())).isGreaterThan(0.9);
        }
    }

    @Test
    void pieces_make_the_step_of_the_whole_batch_up_to_rounding() {
        var labels = new SyntheticLabels(3);
        var examples = labels.ratings();
        var set = labels.set(examples);
        var data = new FitData(
                set, Standardization.of(set.features()), AnnotatorEffects.alike(examples), TrainingSettings.defaults());
        var whole = threeSteps(data, count -> {});
        var pieces = threeSteps(data, count -> {
            if (count > 40) {
                throw new EngineException("CUDA error: out of memory");
            }
        });
        for (int array = 0; array < whole.arrays().size(); array++) {
            assertThat(pieces.arrays().get(array))
                    .containsExactly(whole.arrays().get(array), within(1e-5f));
        }
    }

    private static FitState threeSteps(FitData data, DeviceMemory.Boundary boundary) {
        var examples = data.set().examples();
        var prior = PriorStrength.candidates().getFirst();
        var plan = Priors.plan(data, List.of(prior, prior), 1, new float[0][][], examples.size(), 3);
        float[][] weights = new float[examples.size()][1];
        for (float[] weight : weights) {
            weight[0] = 1;
        }
        var all = List.of(IntStream.range(0, examples.size()).boxed().toList());
        try (var manager = PyTorch.newManager(PyTorch.device());
                var source = new LabelPieces(
                        manager, data, examples, weights, all, new DeviceMemory(manager.getDevice(), boundary));
                var fit = new BatchedFit(manager, data, plan, Precision.FLOAT32)) {
            for (int step = 0; step < 3; step++) {
                fit.step(source, 0);
            }
            return fit.state();
        }
    }

    @Test
    void gives_up_when_not_even_one_label_fits() {
        var labels = new SyntheticLabels(2);
        DeviceMemory.Boundary none = count -> {
            throw new EngineException("CUDA out of memory. Tried to allocate 20.00 MiB.");
        };
        assertThatThrownBy(() -> train(new RewardTrainer(none), labels))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining("single label");
    }

    private static TrainedReward train(RewardTrainer trainer, SyntheticLabels labels) {
        return trainer.train(
                labels.set(labels.ratings()),
                TrainingSettings.defaults().withMembers(4),
                PROVENANCE,
                TrainingListener.SILENT);
    }
}
