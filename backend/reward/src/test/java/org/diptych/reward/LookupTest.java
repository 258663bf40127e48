package org.diptych.reward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.Map;
import org.diptych.protocol.Verdict;
import org.diptych.reward.encoder.FeatureBlock;
import org.diptych.reward.encoder.FeatureLayout;
import org.diptych.reward.encoder.PyTorch;
import org.junit.jupiter.api.Test;

/** What is missing is named, and nothing else is taken in its place. */
class LookupTest {
    private static final FeatureLayout LAYOUT = FeatureLayout.of("all", FeatureBlock.Kind.QUALITY, 2);

    @Test
    void a_missing_key_is_named() {
        assertThat(Lookup.of(Map.of("a", 0), "a", "The row of candidate")).isZero();
        assertThatThrownBy(() -> Lookup.of(Map.of("a", 0), "b", "The row of candidate"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("The row of candidate b is not known");
    }

    @Test
    void nobody_is_taken_for_another_annotator() {
        var effects = AnnotatorEffects.alike(List.of(example("anna"), example("ben")));
        assertThat(effects.index("ben")).isOne();
        assertThatThrownBy(() -> effects.index("carla")).hasMessage("Annotator carla is not known");
        assertThatThrownBy(() -> effects.left("carla")).hasMessageContaining("carla");
        assertThatThrownBy(() -> effects.weigh(List.of(example("carla")))).hasMessageContaining("carla");
    }

    @Test
    void labels_of_an_annotator_without_effects_train_nothing() {
        var known = List.of(example("anna"));
        var table = FeatureTable.of(new float[][] {{1, 2}, {3, 4}});
        var data = new FitData(
                new TrainingSet(List.of("quality"), 4, "synthetic", LAYOUT, table, known),
                Standardization.of(table),
                AnnotatorEffects.alike(known),
                TrainingSettings.defaults());
        try (NDManager manager = PyTorch.newManager(PyTorch.device())) {
            assertThatThrownBy(() -> LabelBatch.of(manager, data, List.of(example("carla"))))
                    .hasMessageContaining("carla");
        }
    }

    @Test
    void a_kind_of_features_without_a_prior_is_named() {
        var prior = new PriorStrength("text alone", Map.of(FeatureBlock.Kind.INSTRUCTION, 1.0));
        assertThatThrownBy(() -> prior.perFeature(LAYOUT)).hasMessageContaining("QUALITY");
    }

    private static TrainingExample example(String annotator) {
        return new TrainingExample(
                0, 1, "group", "instruction", annotator, 1, true, List.of(new Answer.Judged(Verdict.FIRST)));
    }
}
