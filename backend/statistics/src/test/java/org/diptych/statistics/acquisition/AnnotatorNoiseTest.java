package org.diptych.statistics.acquisition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.diptych.statistics.annotator.LabelTable;
import org.junit.jupiter.api.Test;

class AnnotatorNoiseTest {
    @Test
    void reliability_is_found_from_pairs_with_several_labels() {
        assertThat(AnnotatorNoise.of(labels(.8, 400, 3)).reliability()).isCloseTo(.8, within(.03));
        assertThat(AnnotatorNoise.of(labels(.65, 400, 3)).reliability()).isCloseTo(.65, within(.05));
    }

    @Test
    void single_labels_say_nothing_and_the_usual_is_believed() {
        assertThat(AnnotatorNoise.of(labels(.65, 400, 1)).reliability()).isEqualTo(AnnotatorNoise.UNKNOWN);
        assertThat(AnnotatorNoise.of(labels(.65, AnnotatorNoise.ENOUGH - 1, 3)).reliability())
                .isEqualTo(AnnotatorNoise.UNKNOWN);
    }

    @Test
    void the_worse_the_annotators_the_less_a_label_is_worth() {
        double careful = LabelInformation.CAREFUL.information(.7, 1);
        double good =
                AnnotatorNoise.of(labels(.9, 400, 3)).information(0, false).information(.7, 1);
        double poor =
                AnnotatorNoise.of(labels(.6, 400, 3)).information(0, false).information(.7, 1);
        assertThat(careful).isCloseTo(.7 * .3, within(1e-12));
        assertThat(good).isLessThan(careful);
        assertThat(poor).isLessThan(good);
        // grades say how far apart a pair is even where nobody doubts the winner
        var graded = new LabelInformation(.9, 0, true);
        assertThat(graded.oneLabel(.999))
                .isEqualTo(graded.oneLabel(.5))
                .isGreaterThan(new LabelInformation(.9, 0).oneLabel(.999));
    }

    @Test
    void a_pool_counts_labels_at_what_they_are_worth() {
        var features = FeatureMatrix.zeros(1, 2);
        features.set(0, new float[] {1, 2});
        var pool = new Pool(features, new int[1], new int[1], new float[] {.7f}, new float[] {.1f}, new float[1]);
        double p = pool.win(0);
        assertThat(pool.information(0)).isCloseTo(p * (1 - p), within(1e-9));
        var noisy = new LabelInformation(.85, 0);
        assertThat(pool.withAnnotators(noisy).information(0)).isCloseTo(noisy.oneLabel(p), within(1e-9));
        // a margin beyond what doubles can tell from certainty carries nothing, not NaN
        assertThat(LabelInformation.CAREFUL.oneLabel(1)).isZero();
    }

    private static LabelTable labels(double reliability, int pairs, int each) {
        var random = new SplittableRandom(3);
        int size = pairs * each;
        var task = new int[size];
        var annotator = new int[size];
        var verdict = new int[size];
        for (int pair = 0; pair < pairs; pair++) {
            int truth = random.nextInt(3);
            for (int label = 0; label < each; label++) {
                int row = pair * each + label;
                task[row] = pair;
                annotator[row] = (pair + label) % 5;
                verdict[row] = random.nextDouble() < reliability ? truth : (truth + 1 + random.nextInt(2)) % 3;
            }
        }
        return LabelTable.of(pairs, 5, AnnotatorNoise.VERDICTS, task, annotator, verdict);
    }
}
