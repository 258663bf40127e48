package org.diptych.reward.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.diptych.reward.WorkerApplication;
import org.diptych.reward.encoder.EditEncoder;
import org.diptych.service.account.AccountService;
import org.diptych.service.account.SignedIn;
import org.diptych.service.reward.ModelVersion;
import org.diptych.service.reward.ModelVersionService;
import org.diptych.service.reward.TrainingRun;
import org.diptych.service.reward.TrainingRunService;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;

/** From the labels to the queue, on campaigns as they really end. */
@SpringBootTest(
        classes = WorkerApplication.class,
        properties = {"diptych.role=web", "diptych.data-dir=target/worker-data", "spring.jpa.open-in-view=false"})
class ChoiceIT {
    private static final int ITEMS = 18;
    private static final int LABELS_PER_PAIR = 3;
    private static final int ALL = ITEMS * 3 * LABELS_PER_PAIR;

    @Autowired
    TrainingJob job;

    @Autowired
    TrainingRunService runs;

    @Autowired
    ModelVersionService models;

    @Autowired
    AccountService accounts;

    @Autowired
    Encoding encoding;

    @Autowired
    JdbcClient jdbc;

    @Test
    void a_run_ends_well_when_every_pair_has_its_labels() {
        var campaign = campaign(1);
        campaign.label(ALL, annotators());
        var run = train(campaign);
        assertThat(run.state()).as(run.message()).isEqualTo(TrainingRun.State.FINISHED);
        assertThat(run.choiceFailure()).isNull();
        assertThat(run.message()).isEqualTo("Model version 1 is active; no pair is left to put in front.");
        assertThat(active(campaign)).isEqualTo(1);
    }

    @Test
    void a_choice_that_fails_leaves_the_version_active_and_the_queue_to_chance() {
        var campaign = campaign(2);
        var annotators = annotators();
        campaign.label(60, annotators);
        var first = train(campaign);
        assertThat(first.choiceFailure()).isNull();
        assertThat(first.state()).as(first.message()).isEqualTo(TrainingRun.State.FINISHED);
        assertThat(campaign.inFront()).isPositive();
        assertThat(campaign.chosenByModel()).isPositive();

        campaign.label(10, annotators);
        var candidate = campaign.unlabelledCandidate();
        var broken = new float[encoder().layout().dimension()];
        Arrays.fill(broken, Float.NaN);
        campaign.store(candidate, broken);
        var run = train(campaign);
        assertThat(run.state()).as(run.message()).isEqualTo(TrainingRun.State.FINISHED);
        assertThat(run.choiceFailure()).contains(candidate.toString()).contains("not a finite number");
        assertThat(run.message())
                .startsWith("Model version 2 is ")
                .contains("random order, because they could not be chosen: a feature of the candidate " + candidate);
        assertThat(run.model()).isEqualTo(2);
        assertThat(models.active(campaign.id)).isPresent();
        assertThat(campaign.inFront()).isZero();
        assertThat(campaign.chosenByModel()).isZero();
    }

    private StoredCampaign campaign(long seed) {
        return new StoredCampaign(jdbc, encoder(), ITEMS, LABELS_PER_PAIR, seed);
    }

    /** The installation's, which stays open. */
    private EditEncoder encoder() {
        try (var use = encoding.use()) {
            return use.encoder();
        }
    }

    private List<UUID> annotators() {
        return Stream.generate(() -> accounts.createSimulatedAnnotator("annotator-" + UUID.randomUUID()))
                .limit(LABELS_PER_PAIR)
                .map(SignedIn::id)
                .toList();
    }

    private TrainingRun train(StoredCampaign campaign) {
        jdbc.sql("UPDATE campaign SET retrain_every = 1 WHERE id = ?")
                .param(campaign.id)
                .update();
        var run = runs.requestWhenDue(campaign.id).orElseThrow();
        job.run(run);
        return runs.find(run).orElseThrow();
    }

    private int active(StoredCampaign campaign) {
        return models.active(campaign.id).map(ModelVersion::number).orElseThrow();
    }
}
