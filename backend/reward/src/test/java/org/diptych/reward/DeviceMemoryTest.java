package org.diptych.reward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.engine.EngineException;
import java.util.ArrayList;
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
        try (var whole = train(new RewardTrainer(), labels);
                var halved = train(new RewardTrainer(small), labels)) {
            assertThat(refused).containsExactly(144, 72);
            assertThat(labels.accuracy(halved.model())).isGreaterThan(0.9);
            var one = whole.model().score(labels.features).getFirst().overallMu();
            var two = halved.model().score(labels.features).getFirst().overallMu();
            assertThat(two).isCloseTo(one, org.assertj.core.api.Assertions.within(0.02));
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
