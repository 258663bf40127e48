package org.diptych.reward.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.diptych.reward.WorkerApplication;
import org.diptych.reward.encoder.EditEncoder;
import org.diptych.service.account.AccountService;
import org.diptych.service.account.Role;
import org.diptych.service.account.SignedIn;
import org.diptych.service.acquisition.ChoicePreview;
import org.diptych.service.acquisition.ChoicePreviews;
import org.diptych.service.reward.ModelInquiries;
import org.diptych.service.reward.ModelInquiry;
import org.diptych.service.reward.ModelVersion;
import org.diptych.service.reward.ModelVersionService;
import org.diptych.service.reward.PromotionCheck;
import org.diptych.service.reward.TrainingRun;
import org.diptych.service.reward.TrainingRunService;
import org.diptych.service.reward.VersionComparison;
import org.diptych.service.reward.VersionComparisons;
import org.junit.jupiter.api.BeforeEach;
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
    InquiryJob inquiries;

    @Autowired
    ModelInquiries questions;

    @Autowired
    ChoicePreviews previews;

    @Autowired
    VersionComparisons comparisons;

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

    private SignedIn lead;

    @BeforeEach
    void somebody_who_may_ask() {
        lead = accounts.createAccount("lead-" + UUID.randomUUID(), "Lead", Role.ADMIN, null)
                .account();
    }

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
    void choices_can_be_previewed_one_that_fails_leaves_the_queue_to_chance_and_versions_compare() {
        var campaign = campaign(2);
        var annotators = annotators();
        campaign.label(60, annotators);
        var first = train(campaign);
        assertThat(first.choiceFailure()).isNull();
        assertThat(first.state()).as(first.message()).isEqualTo(TrainingRun.State.FINISHED);
        assertThat(campaign.inFront()).isPositive();
        assertThat(campaign.chosenByModel()).isPositive();
        othersWouldChoose(campaign);

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
        versionsCompare(campaign);
    }

    private void othersWouldChoose(StoredCampaign campaign) {
        var inFront = campaign.inFront();
        var asked = previews.ask(lead, campaign.id, new ChoicePreview.Settings("uniform", 5, 1));
        inquiries.answer(asked);
        var seen = previews.find(lead, campaign.id, asked);
        var chosen = Objects.requireNonNull(seen.result(), seen.message());
        assertThat(chosen.policy()).isEqualTo("uniform");
        assertThat(chosen.newPairs() + chosen.opinions()).isBetween(1, 5);
        assertThat(seen.pairs())
                .hasSize(chosen.newPairs() + chosen.opinions())
                .allSatisfy(pair -> assertThat(pair.stratum()).isEqualTo("acquired"));
        assertThat(campaign.inFront()).as("nothing was written").isEqualTo(inFront);
    }

    /** By the statistics of the promotion, on the same pairs. */
    private void versionsCompare(StoredCampaign campaign) {
        var asked = comparisons.ask(lead, campaign.id, new VersionComparison.Question(1, 2));
        inquiries.answer(asked);
        var compared = Objects.requireNonNull(
                comparisons.find(lead, campaign.id, asked).result());
        assertThat(compared.pairs()).isPositive().isLessThanOrEqualTo(compared.uniformPairs());
        assertThat(compared.rows()).extracting(VersionComparison.Row::part).contains(VersionComparison.Part.DIMENSION);
        var check = PromotionCheck.of(models.find(campaign.id, 2).orElseThrow());
        var overall = compared.rows().getFirst();
        assertThat(overall.pairs()).isEqualTo(check.pairs());
        assertThat(overall.difference()).isEqualTo(check.difference());
        assertThat(overall.low()).isEqualTo(check.low());
        assertThat(overall.high()).isEqualTo(check.high());

        var given = comparisons.ask(lead, campaign.id, new VersionComparison.Question(2, 1));
        comparisons.cancel(lead, campaign.id, given);
        inquiries.answer(given);
        assertThat(comparisons.find(lead, campaign.id, given).state()).isEqualTo(ModelInquiry.State.CANCELLED);
        assertThat(compared.rows().stream().skip(1).filter(row -> row.images() < 10))
                .allSatisfy(row -> assertThat(row.low()).as(row.toString()).isNull());
        aQuestionThatKillsItsWorkersEnds(campaign);
    }

    private void aQuestionThatKillsItsWorkersEnds(StoredCampaign campaign) {
        var deadly = comparisons.ask(lead, campaign.id, new VersionComparison.Question(2, 1));
        assertThat(questions.begin(deadly)).isPresent();
        questions.giveBack(deadly);
        for (int death = 0; death < 3; death++) {
            assertThat(questions.begin(deadly)).isPresent();
        }
        inquiries.answer(deadly);
        var ended = comparisons.find(lead, campaign.id, deadly);
        assertThat(ended.state()).isEqualTo(ModelInquiry.State.FAILED);
        assertThat(ended.message()).isEqualTo("the worker died 3 times before it had the answer");
        var another = accounts.createAccount("lead-" + UUID.randomUUID(), "Another", Role.ADMIN, null)
                .account();
        assertThatThrownBy(() -> comparisons.cancel(another, campaign.id, deadly))
                .hasMessageContaining("Only who asked");
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
