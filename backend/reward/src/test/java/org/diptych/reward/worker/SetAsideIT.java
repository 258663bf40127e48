package org.diptych.reward.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.diptych.reward.encoder.EditEncoder;
import org.diptych.reward.encoder.EncoderConfiguration;
import org.diptych.reward.encoder.EncodingException;
import org.diptych.service.image.ImagePipeline;
import org.diptych.service.image.ObjectStore;
import org.diptych.service.image.PictureMeasured;
import org.diptych.service.reward.TrainingRun;
import org.diptych.service.reward.TrainingRunService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Candidates that cannot be encoded; white is what the encoder's server breaks on. */
@WorkerTest
class SetAsideIT {
    @Autowired
    FeatureStore features;

    @Autowired
    TrainingJob job;

    @Autowired
    TrainingRunService runs;

    @Autowired
    ApplicationEventPublisher events;

    @Autowired
    ColdStart coldStart;

    @Autowired
    EncodingServer server;

    @Autowired
    ObjectStore store;

    @Autowired
    JdbcClient jdbc;

    @Value("${diptych.data-dir}")
    Path data;

    @TempDir
    private Path folder;

    @BeforeEach
    void nothing_else_waits() {
        jdbc.sql("UPDATE campaign SET state = 'CLOSED'").update();
    }

    @AfterEach
    void come_back() {
        server.goAway(false);
    }

    @Test
    void a_run_trains_without_the_pairs_of_a_candidate_that_cannot_be_encoded() throws Exception {
        var campaign = new EditCampaign(jdbc, store)
                .items(28, 200)
                .items(1, EncodingServer.WHITE)
                .labelAllBut(0)
                .items(3, 180);
        var bad = campaign.brighter.get(28);
        var first = train(campaign);
        assertThat(first.state()).as(first.message()).isEqualTo(TrainingRun.State.FINISHED);
        assertThat(first.setAside()).isOne();
        assertThat(first.leftOut()).isOne();
        assertThat(first.labels()).isEqualTo(29);
        assertThat(jdbc.sql("SELECT labels FROM model_version WHERE run_id = ?")
                        .param(first.id())
                        .query(Integer.class)
                        .single())
                .as("the version says what it was trained on")
                .isEqualTo(28);
        assertThat(reason(bad)).contains("HTTP 500", "white breaks it");
        assertThat(jdbc.sql("SELECT state FROM slot JOIN pair ON id = pair_id WHERE second_candidate_id = ?")
                        .param(bad)
                        .query(String.class)
                        .single())
                .isEqualTo("FILLED");

        int asked = server.whites();
        var second = train(campaign);
        assertThat(second.state()).isEqualTo(TrainingRun.State.FINISHED);
        assertThat(server.whites()).as("it is not tried by every run").isEqualTo(asked);

        try (var other = encoder("r2")) {
            features.encodeMissing(campaign.id, other, (_, _) -> {});
        }
        assertThat(server.whites()).as("another encoder tries it").isGreaterThan(asked);
    }

    @Test
    void what_the_encoder_refused_is_tried_again_after_longer_and_longer_pauses() throws IOException {
        var campaign = new EditCampaign(jdbc, store).items(1, EncodingServer.WHITE);
        try (var encoder = encoder("r3")) {
            for (int tries = 1; tries <= 3; tries++) {
                features.encodeMissing(campaign.id, encoder, (_, _) -> {});
                assertThat(jdbc.sql("""
                                        SELECT tries || ' ' || extract(hour FROM retry_at - tried_at) FROM candidate_set_aside
                                        WHERE candidate_id = ?""")
                                .param(campaign.brighter.getFirst())
                                .query(String.class)
                                .single())
                        .isEqualTo(tries + " " + (1 << (tries - 1)));
                jdbc.sql("UPDATE candidate_set_aside SET retry_at = now() - interval '1 second'")
                        .update();
            }
        }
    }

    @Test
    void a_picture_that_is_readable_again_is_encoded_by_the_next_run() throws IOException {
        var campaign = new EditCampaign(jdbc, store).items(3, 120);
        var missing = campaign.brighter.get(1);
        var file = file(jdbc.sql("SELECT image_sha256 FROM candidate WHERE id = ?")
                .param(missing)
                .query(String.class)
                .single());
        var away = Files.move(file, folder.resolve("away"));
        try (var encoder = encoder("r4")) {
            features.encodeMissing(campaign.id, encoder, (_, _) -> {});
            assertThat(encoded(campaign, encoder)).isEqualTo(5);
            assertThat(reason(missing)).contains("cannot be read", "not in the store");

            Files.writeString(file, "no picture");
            features.encodeMissing(campaign.id, encoder, (_, _) -> {});
            assertThat(reason(missing)).contains("cannot be read", "cannot be decoded");

            Files.delete(file);
            Files.move(away, file);
            features.encodeMissing(campaign.id, encoder, (_, _) -> {});
            assertThat(encoded(campaign, encoder)).isEqualTo(6);
            assertThat(setAside(missing)).isZero();
        }
    }

    @Test
    void an_encoder_that_is_away_sets_nothing_aside() throws IOException {
        var campaign = new EditCampaign(jdbc, store).items(2, 90);
        try (var encoder = encoder("r5")) {
            server.goAway(true);
            assertThatThrownBy(() -> features.encodeMissing(campaign.id, encoder, (_, _) -> {}))
                    .isInstanceOf(EncodingException.class)
                    .hasMessageContaining("The encoder cannot be used");
        }
        assertThat(jdbc.sql("SELECT count(*) FROM candidate_set_aside WHERE encoder_id LIKE '%r5%'")
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    @Test
    void a_cold_start_that_failed_is_tried_again_less_and_less_often_by_any_worker() throws IOException {
        var campaign = designed(new EditCampaign(jdbc, store).items(6, 130));
        server.goAway(true);
        coldStart.orderNewCampaigns(() -> false);
        assertThat(coldStartTries(campaign)).isOne();
        int asked = server.requests();
        coldStart.orderNewCampaigns(() -> false);
        assertThat(server.requests()).as("not before its time").isEqualTo(asked);

        minutesGoBy(2);
        coldStart.orderNewCampaigns(() -> false);
        assertThat(coldStartTries(campaign)).isEqualTo(2);
        server.goAway(false);
        minutesGoBy(1);
        coldStart.orderNewCampaigns(() -> false);
        assertThat(batches(campaign)).as("the second pause is longer").isZero();
        minutesGoBy(2);
        coldStart.orderNewCampaigns(() -> false);
        assertThat(batches(campaign)).isOne();
        assertThat(coldStartTries(campaign)).isZero();
    }

    @Test
    void a_campaign_that_cannot_be_ordered_holds_up_no_other() throws IOException {
        var wrong = designed(new EditCampaign(jdbc, store).items(2, 140));
        losePictures(wrong);
        var right = designed(new EditCampaign(jdbc, store).items(6, 141));
        coldStart.orderNewCampaigns(() -> false);
        assertThat(batches(right)).isOne();
        assertThat(coldStartTries(wrong)).isOne();
    }

    @Test
    void features_of_pixels_that_a_picture_no_longer_has_are_computed_again_and_serve_until_then() throws IOException {
        var campaign = new EditCampaign(jdbc, store).items(3, 150);
        try (var encoder = encoder("r7")) {
            features.encodeMissing(campaign.id, encoder, (_, _) -> {});
            jdbc.sql("""
                            UPDATE candidate_feature SET pipeline = 1, features = '\\x00'::bytea WHERE encoder_id = ?""").param(encoder.encoderId()).update();
            var source = campaign.pictures.getFirst();
            events.publishEvent(new PictureMeasured(campaign.pictures.getLast(), false));
            events.publishEvent(new PictureMeasured(source, true));
            assertThat(features.load(campaign.brighter, encoder.encoderId())).hasSize(3);
            assertThat(stale(encoder)).isEqualTo(2);

            features.encodeMissing(campaign.id, encoder, (_, _) -> {});

            assertThat(stale(encoder)).isZero();
            assertThat(jdbc.sql(
                                    "SELECT count(*) FROM candidate_feature WHERE encoder_id = ? AND pipeline = ? AND length(features) > 1")
                            .params(encoder.encoderId(), ImagePipeline.VERSION)
                            .query(Integer.class)
                            .single())
                    .isEqualTo(2);
        }
    }

    private int stale(EditEncoder encoder) {
        return jdbc.sql("SELECT count(*) FROM candidate_feature WHERE stale AND encoder_id = ?")
                .param(encoder.encoderId())
                .query(Integer.class)
                .single();
    }

    /** With a policy that orders pairs before there is a model. */
    private EditCampaign designed(EditCampaign campaign) {
        jdbc.sql("UPDATE campaign SET acquisition_policy = 'v-optimal' WHERE id = ?")
                .param(campaign.id)
                .update();
        return campaign;
    }

    private void losePictures(EditCampaign campaign) {
        var lost = "0".repeat(64);
        jdbc.sql("INSERT INTO image (sha256, media_type, width, height, bytes) VALUES (?, 'image/png', 8, 8, 64)")
                .param(lost)
                .update();
        jdbc.sql("UPDATE candidate SET image_sha256 = ? WHERE campaign_id = ?")
                .params(lost, campaign.id)
                .update();
    }

    private TrainingRun train(EditCampaign campaign) {
        var run = jdbc.sql("""
                        INSERT INTO training_run (campaign_id, state, trigger) VALUES (?, 'QUEUED', 'MANUAL') RETURNING id""").param(campaign.id).query(UUID.class).single();
        assertThat(job.run(run)).isEqualTo(RunHolder.Outcome.ENDED);
        return runs.find(run).orElseThrow();
    }

    private EditEncoder encoder(String revision) throws IOException {
        return EncoderConfiguration.open(server.configuration(folder, revision));
    }

    private Path file(String sha256) {
        return data.resolve("objects").resolve(ObjectStore.keyOf(sha256));
    }

    private int encoded(EditCampaign campaign, EditEncoder encoder) {
        return jdbc.sql("""
                        SELECT count(*) FROM candidate_feature f JOIN candidate c ON c.id = f.candidate_id
                        WHERE c.campaign_id = ? AND f.encoder_id = ?""")
                .params(campaign.id, encoder.encoderId())
                .query(Integer.class)
                .single();
    }

    private String reason(UUID candidate) {
        return jdbc.sql("SELECT reason FROM candidate_set_aside WHERE candidate_id = ?")
                .param(candidate)
                .query(String.class)
                .single();
    }

    private int setAside(UUID candidate) {
        return jdbc.sql("SELECT count(*) FROM candidate_set_aside WHERE candidate_id = ?")
                .param(candidate)
                .query(Integer.class)
                .single();
    }

    private int coldStartTries(EditCampaign campaign) {
        return jdbc.sql("SELECT coalesce(sum(tries), 0) FROM cold_start_failure WHERE campaign_id = ?")
                .param(campaign.id)
                .query(Integer.class)
                .single();
    }

    private int batches(EditCampaign campaign) {
        return jdbc.sql("SELECT count(*) FROM acquisition_batch WHERE campaign_id = ?")
                .param(campaign.id)
                .query(Integer.class)
                .single();
    }

    private void minutesGoBy(int minutes) {
        jdbc.sql("UPDATE cold_start_failure SET retry_at = retry_at - make_interval(mins => ?)")
                .param(minutes)
                .update();
    }
}
