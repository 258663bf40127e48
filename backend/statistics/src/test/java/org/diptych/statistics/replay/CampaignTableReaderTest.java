package org.diptych.statistics.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.diptych.statistics.acquisition.AcquisitionPolicy;
import org.diptych.statistics.replay.CampaignTableReader.Label;
import org.diptych.statistics.replay.CampaignTableReader.Verdict;
import org.junit.jupiter.api.Test;

class CampaignTableReaderTest {
    private static final int GROUPS = 12;
    private static final int ITEMS_OF_A_GROUP = 3;
    private static final int CANDIDATES = 4;
    private static final int WIDTH = 100;

    @Test
    void a_campaign_with_wide_features_is_replayed_and_its_groups_are_held_out_whole() {
        var table = campaign();
        assertThat(table.groups()).isEqualTo(GROUPS);
        assertThat(table.items()).isEqualTo(GROUPS * ITEMS_OF_A_GROUP);
        assertThat(table.pairs()).isEqualTo(GROUPS * ITEMS_OF_A_GROUP * 6);
        assertThat(table.width()).isEqualTo(FeatureReduction.DIRECTIONS);
        var settings = new ReplaySettings(
                List.of(AcquisitionPolicy.standard()),
                new LabelsPerPair.Fixed(1),
                20,
                100,
                3,
                3,
                Prior::evidence,
                true,
                List.of(),
                0);
        for (int number = 0; number < 3; number++) {
            var split = new ReplaySplit(table, settings, number);
            var held = groups(table, split.heldOut());
            assertThat(groups(table, split.pool())).doesNotContainAnyElementsOf(held);
            // only pairs of the uniform stratum are measured on
            for (int pair : split.heldOut()) {
                assertThat(table.measured(pair)).isTrue();
            }
        }
        var uniform = Replay.run(table, settings, _ -> {}).of("uniform");
        assertThat(uniform.accuracy().get(100)).isGreaterThan(.8);
    }

    private static List<Integer> groups(ReplayTable table, int[] pairs) {
        var groups = new ArrayList<Integer>();
        for (int pair : pairs) {
            groups.add(table.group(pair));
        }
        return groups.stream().distinct().toList();
    }

    @Test
    void narrow_features_are_standardised_and_constant_ones_dropped() {
        var learner = new FeatureReduction.Learner(3);
        for (int row = 0; row < 5; row++) {
            learner.add(new float[] {row, 7, -2 * row});
        }
        var reduction = learner.learn();
        assertThat(reduction.width()).isEqualTo(2);
        // mean 2, deviation sqrt 2
        assertThat(reduction.reduce(new float[] {4, 7, 0})[0]).isCloseTo((float) Math.sqrt(2), within(1e-5f));
    }

    @Test
    void what_is_wrong_is_named_by_line_and_field() {
        var reader = new CampaignTableReader(2);
        assertThatThrownBy(() -> reader.learn(2, new float[3])).hasMessageContaining("features: 3 numbers");
        assertThatThrownBy(() -> reader.learn(2, new float[] {1, Float.NaN})).hasMessageContaining("number 2 is NaN");
        float[][] rows = {{0, 1}, {1, 0}, {2, 2}};
        for (float[] row : rows) {
            reader.learn(2, row);
        }
        reader.endOfFirstPass();
        reader.candidate(2, "a", "photo", rows[0]);
        reader.candidate(3, "a", "photo", rows[1]);
        assertThatThrownBy(() -> reader.candidate(4, "a", "other", rows[2])).hasMessageContaining("two groups");
        reader.candidate(4, "b", "photo", rows[2]);
        var label = List.of(new Label("ann", Verdict.FIRST));
        assertThatThrownBy(() -> reader.pair(5, 0, 9, true, label)).hasMessageContaining("no candidate 9");
        assertThatThrownBy(() -> reader.pair(5, 0, 2, true, label)).hasMessageContaining("one item");
        assertThatThrownBy(() -> reader.pair(5, 0, 1, true, List.of())).hasMessageContaining("labels");
        assertThatThrownBy(reader::table).hasMessageContaining("nothing to replay");
        reader.pair(5, 0, 1, true, label);
        assertThatThrownBy(() -> reader.pair(6, 1, 0, true, label)).hasMessageContaining("A second line");
        assertThat(reader.table().pairs()).isEqualTo(1);
    }

    @Test
    void features_that_are_all_the_same_are_refused() {
        var reader = new CampaignTableReader(1);
        reader.learn(2, new float[] {1});
        reader.learn(3, new float[] {1});
        assertThatThrownBy(reader::endOfFirstPass).hasMessageContaining("same in all candidates");
    }

    /** Quality is a direction that many features share; two annotators see it through noise. */
    private static ReplayTable campaign() {
        var random = new SplittableRandom(5);
        int candidates = GROUPS * ITEMS_OF_A_GROUP * CANDIDATES;
        var quality = new double[candidates];
        var rows = new float[candidates][WIDTH];
        for (int candidate = 0; candidate < candidates; candidate++) {
            quality[candidate] = random.nextGaussian();
            for (int column = 0; column < WIDTH; column++) {
                rows[candidate][column] = (float) (random.nextGaussian() + (column % 2 == 0 ? quality[candidate] : 0));
            }
        }
        var reader = new CampaignTableReader(WIDTH);
        for (float[] row : rows) {
            reader.learn(2, row);
        }
        reader.endOfFirstPass();
        for (int candidate = 0; candidate < candidates; candidate++) {
            int item = candidate / CANDIDATES;
            reader.candidate(2, "item" + item, "photo" + item / ITEMS_OF_A_GROUP, rows[candidate]);
        }
        for (int item = 0; item < candidates / CANDIDATES; item++) {
            for (int a = 0; a < CANDIDATES; a++) {
                for (int b = a + 1; b < CANDIDATES; b++) {
                    int first = item * CANDIDATES + a;
                    int second = item * CANDIDATES + b;
                    double margin = quality[first] - quality[second];
                    reader.pair(
                            3,
                            first,
                            second,
                            random.nextInt(2) == 0,
                            List.of(
                                    new Label(
                                            "ann",
                                            margin + .3 * random.nextGaussian() > 0 ? Verdict.FIRST : Verdict.SECOND),
                                    new Label("bob", margin > 0 ? Verdict.FIRST : Verdict.SECOND)));
                }
            }
        }
        return reader.table();
    }
}
