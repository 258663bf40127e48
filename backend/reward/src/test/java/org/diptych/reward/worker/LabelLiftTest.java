package org.diptych.reward.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.diptych.protocol.Verdict;
import org.diptych.reward.Answer;
import org.diptych.reward.RewardTrainer;
import org.diptych.reward.TrainingExample;
import org.diptych.reward.TrainingListener;
import org.diptych.reward.TrainingSet;
import org.diptych.reward.TrainingSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabelLiftTest {
    private static final TrainingSettings SETTINGS =
            TrainingSettings.defaults().withMembers(2).withFolds(2).withSteps(60);

    @TempDir
    private Path folder;

    @Test
    void pools_alike_show_no_lift() throws IOException {
        var lift = measure(new SyntheticCampaign(150, 150, 0, 1));
        assertThat((int) number(lift, "labels")).isBetween(60, 110);
        assertThat((int) number(lift, "pairs")).isEqualTo(150);
        assertThat(number(lift, "low")).isNegative();
        assertThat(number(lift, "high")).isPositive();
        assertThat(number(lift, "value")).isBetween(-0.06, 0.06);
        // measured anew, the same
        assertThat(measure(new SyntheticCampaign(150, 150, 0, 1))).isEqualTo(lift);
    }

    @Test
    void judged_labels_may_come_from_somebody_who_gave_no_other() throws IOException {
        var campaign = new SyntheticCampaign(150, 150, 0, 1);
        var examples = new ArrayList<TrainingExample>();
        for (int i = 0; i < campaign.set.examples().size(); i++) {
            var e = campaign.set.examples().get(i);
            // everybody labels one source image only
            examples.add(new TrainingExample(
                    e.first(),
                    e.second(),
                    e.group(),
                    e.instruction(),
                    "annotator of " + e.group(),
                    1,
                    e.firstOnLeft(),
                    e.answers()));
        }
        var set = new TrainingSet(
                campaign.set.dimensions(),
                campaign.set.levels(),
                campaign.set.encoderId(),
                campaign.set.layout(),
                campaign.set.features(),
                examples);
        assertThat(measure(campaign.labels, set)).containsKey("value");
    }

    @Test
    void pairs_whose_labels_are_noise_show_a_loss() throws IOException {
        var campaign = new SyntheticCampaign(150, 150, 0, 2);
        var noisy = new ArrayList<>(campaign.set.examples());
        for (int i = 150; i < 300; i++) {
            var e = noisy.get(i);
            var verdict = i % 2 == 0 ? Verdict.FIRST : Verdict.SECOND;
            noisy.set(
                    i,
                    new TrainingExample(
                            e.first(),
                            e.second(),
                            e.group(),
                            e.instruction(),
                            e.annotator(),
                            1,
                            e.firstOnLeft(),
                            List.of(new Answer.Judged(verdict))));
        }
        var set = new TrainingSet(
                campaign.set.dimensions(),
                campaign.set.levels(),
                campaign.set.encoderId(),
                campaign.set.layout(),
                campaign.set.features(),
                noisy);
        var lift = measure(campaign.labels, set);
        assertThat(number(lift, "high")).isNegative();
    }

    @Test
    void says_how_many_labels_are_missing() throws IOException {
        assertThat(measure(new SyntheticCampaign(120, 0, 0, 3))).isEqualTo(Map.of("missing", 20, "of", "chosen"));
    }

    @Test
    void says_how_many_judged_pairs_are_missing() throws IOException {
        assertThat(measure(new SyntheticCampaign(6, 90, 0, 4))).isEqualTo(Map.of("missing", 14, "of", "judged"));
    }

    private static double number(Map<String, Object> report, String name) {
        return ((Number) report.getOrDefault(name, Double.NaN)).doubleValue();
    }

    private Map<String, Object> measure(SyntheticCampaign campaign) throws IOException {
        return measure(campaign.labels, campaign.set);
    }

    private Map<String, Object> measure(List<LabelledPair> labels, TrainingSet set) throws IOException {
        fit(set);
        return new LabelLift(labels, set).measure(folder, "synthetic");
    }

    private void fit(TrainingSet set) throws IOException {
        var trainer = new RewardTrainer();
        trainer.trainInto(
                folder.resolve("model"), set, SETTINGS, SyntheticCampaign.PROVENANCE, TrainingListener.SILENT);
        FoldModels.train(trainer, folder, set, SETTINGS, SyntheticCampaign.PROVENANCE, TrainingListener.SILENT);
    }
}
