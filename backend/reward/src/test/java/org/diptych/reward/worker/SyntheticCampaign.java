package org.diptych.reward.worker;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.diptych.protocol.Verdict;
import org.diptych.reward.Answer;
import org.diptych.reward.FeatureTable;
import org.diptych.reward.Provenance;
import org.diptych.reward.TrainingExample;
import org.diptych.reward.TrainingSet;
import org.diptych.reward.encoder.FeatureBlock;
import org.diptych.reward.encoder.FeatureLayout;

/** Labels of a campaign whose candidates' quality is a linear function of their features; every pair has one label. */
final class SyntheticCampaign {
    static final Provenance PROVENANCE = new Provenance("snapshot", "protocol", "revision", 3, "synthetic", "cpu");

    private static final int FEATURES = 8;

    final List<LabelledPair> labels = new ArrayList<>();
    final TrainingSet set;

    /**
     * Makes labels.
     *
     * @param uniform labels of pairs that were drawn at random
     * @param chosen labels of pairs that a model had put in front
     * @param chosenGap least difference in true quality of the latter: easy pairs teach less
     */
    SyntheticCampaign(int uniform, int chosen, double chosenGap, long seed) {
        var random = new Random(seed);
        var rows = new ArrayList<float[]>();
        var examples = new ArrayList<TrainingExample>();
        while (labels.size() < uniform + chosen) {
            boolean acquired = labels.size() >= uniform;
            float[] one = features(random);
            float[] other = features(random);
            double gap = quality(one) - quality(other);
            if (acquired && Math.abs(gap) < chosenGap) {
                continue;
            }
            var verdict = gap + 0.5 * random.nextGaussian() > 0 ? Verdict.FIRST : Verdict.SECOND;
            var group = HexFormat.of().toHexDigits(31L * labels.size() * 0x9E3779B9L);
            group = group.substring(8) + group;
            var annotator = new UUID(0, labels.size() % 4);
            labels.add(new LabelledPair(
                    new UUID(1, labels.size()),
                    new UUID(2, labels.size()),
                    new UUID(3, labels.size()),
                    group,
                    group,
                    "instruction " + labels.size() % 7,
                    annotator,
                    false,
                    !acquired,
                    acquired,
                    Map.of(),
                    verdict));
            examples.add(new TrainingExample(
                    rows.size(),
                    rows.size() + 1,
                    group,
                    "instruction " + labels.size() % 7,
                    annotator.toString(),
                    1,
                    true,
                    List.of(new Answer.Judged(verdict))));
            rows.add(one);
            rows.add(other);
        }
        set = new TrainingSet(
                List.of("quality"),
                4,
                "synthetic",
                FeatureLayout.of("all", FeatureBlock.Kind.QUALITY, FEATURES),
                FeatureTable.of(rows.toArray(float[][]::new)),
                examples);
    }

    private static float[] features(Random random) {
        float[] features = new float[FEATURES];
        for (int i = 0; i < FEATURES; i++) {
            features[i] = (float) random.nextGaussian();
        }
        return features;
    }

    private static double quality(float[] features) {
        double quality = 0;
        for (int i = 0; i < features.length; i++) {
            quality += features[i] * (i % 2 == 0 ? 1 : -0.5);
        }
        return quality;
    }
}
