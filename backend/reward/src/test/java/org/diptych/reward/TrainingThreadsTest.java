package org.diptych.reward;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import org.diptych.protocol.Verdict;
import org.diptych.reward.encoder.FeatureBlock;
import org.diptych.reward.encoder.FeatureLayout;
import org.junit.jupiter.api.Test;

class TrainingThreadsTest {
    private static final int CANDIDATES = 40;
    private static final int FEATURES = 6;

    @Test
    void training_works_in_every_thread_not_only_in_the_one_that_started_the_engine() throws Exception {
        var digests = new ArrayList<String>();
        for (int thread = 0; thread < 3; thread++) {
            try (var executor = Executors.newSingleThreadExecutor()) {
                digests.add(executor.submit(TrainingThreadsTest::train).get());
            }
        }
        assertThat(digests).hasSize(3).allMatch(digests.getFirst()::equals);
    }

    private static String train() {
        var random = new Random(7);
        var rows = new float[CANDIDATES][FEATURES];
        for (var row : rows) {
            for (int i = 0; i < FEATURES; i++) {
                row[i] = (float) random.nextGaussian();
            }
        }
        var examples = new ArrayList<TrainingExample>();
        for (int i = 0; i + 1 < CANDIDATES; i++) {
            var verdict = rows[i][0] > rows[i + 1][0] ? Verdict.FIRST : Verdict.SECOND;
            examples.add(new TrainingExample(
                    i,
                    i + 1,
                    "group" + i % 8,
                    "instruction" + i % 5,
                    "ann",
                    1,
                    true,
                    List.of(new Answer.Judged(verdict))));
        }
        var set = new TrainingSet(
                List.of("quality"),
                4,
                "encoder",
                FeatureLayout.of("all", FeatureBlock.Kind.values()[0], FEATURES),
                FeatureTable.of(rows),
                examples);
        var provenance = new Provenance("snapshot", "protocol", "test", 1, "encoder", "cpu");
        try (var trained =
                new RewardTrainer().train(set, TrainingSettings.defaults(), provenance, TrainingListener.SILENT)) {
            return trained.card().parametersDigest();
        }
    }
}
