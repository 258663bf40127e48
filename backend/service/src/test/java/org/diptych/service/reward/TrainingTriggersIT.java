package org.diptych.service.reward;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.diptych.service.CampaignFixture;
import org.diptych.service.ServiceTest;
import org.diptych.service.account.AccountService;
import org.diptych.service.dataset.SnapshotService;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@ServiceTest
class TrainingTriggersIT {
    @Autowired
    TrainingRunService runs;

    @Autowired
    HeldRuns held;

    @Autowired
    SnapshotService snapshots;

    @Autowired
    AccountService accounts;

    @Autowired
    JdbcClient jdbc;

    private UUID campaign;
    private UUID annotator;

    @BeforeEach
    void a_campaign_that_trains_every_three_labels_or_two_hours() {
        var fixture = new CampaignFixture(jdbc, accounts);
        campaign = fixture.campaign("edit-preference-v1", 8, 1);
        annotator = fixture.annotators(campaign, 1).getFirst().id();
        jdbc.sql("UPDATE campaign SET retrain_every = 3, retrain_hours = 2 WHERE id = ?")
                .param(campaign)
                .update();
    }

    @Test
    void enough_labels_start_a_run() {
        label(2);
        assertThat(runs.requestWhenDue(campaign)).isEmpty();
        label(1);
        var run = runs.requestWhenDue(campaign).orElseThrow();
        assertThat(runs.find(run))
                .hasValueSatisfying(started -> assertThat(started.trigger()).isEqualTo(TrainingRun.Trigger.LABELS));
    }

    @Test
    void one_label_and_enough_hours_start_a_run() {
        label(1);
        hoursGoBy(1);
        assertThat(runs.requestWhenDue(campaign)).isEmpty();
        hoursGoBy(1);
        var run = runs.requestWhenDue(campaign).orElseThrow();
        assertThat(runs.find(run))
                .hasValueSatisfying(started -> assertThat(started.trigger()).isEqualTo(TrainingRun.Trigger.TIME));
    }

    @Test
    void hours_without_a_label_start_nothing() {
        hoursGoBy(100);
        assertThat(runs.requestWhenDue(campaign)).isEmpty();
        label(1);
        finish(runs.requestWhenDue(campaign).orElseThrow());
        hoursGoBy(100);
        assertThat(runs.requestWhenDue(campaign)).isEmpty();
    }

    @Test
    void hours_count_from_the_last_run() {
        label(3);
        hoursGoBy(5);
        finish(runs.requestWhenDue(campaign).orElseThrow());
        label(1);
        assertThat(runs.requestWhenDue(campaign)).isEmpty();
        hoursGoBy(2);
        assertThat(runs.requestWhenDue(campaign)).isPresent();
    }

    @Test
    void without_the_setting_time_starts_nothing() {
        jdbc.sql("UPDATE campaign SET retrain_hours = NULL WHERE id = ?")
                .param(campaign)
                .update();
        label(1);
        hoursGoBy(1_000);
        assertThat(runs.requestWhenDue(campaign)).isEmpty();
    }

    @Test
    void while_a_run_is_live_no_other_starts() {
        label(3);
        assertThat(runs.requestWhenDue(campaign)).isPresent();
        label(3);
        hoursGoBy(10);
        assertThat(runs.requestWhenDue(campaign)).isEmpty();
    }

    @Test
    void a_run_that_is_taken_up_again_finds_the_labels_it_had_frozen() {
        label(3);
        var run = runs.requestWhenDue(campaign).orElseThrow();
        assertThat(runs.snapshot(run)).isEmpty();
        var frozen = held.freeze(held.begin(run).orElseThrow());
        label(2);
        assertThat(snapshots.find(runs.snapshot(run).orElseThrow())).isEqualTo(frozen);
    }

    private void finish(UUID run) {
        var taken = held.begin(run).orElseThrow();
        held.freeze(taken);
        held.enter(taken, TrainingRun.State.FINISHED, null);
    }

    private void hoursGoBy(int hours) {
        jdbc.sql("UPDATE campaign SET created_at = created_at - make_interval(hours => ?) WHERE id = ?")
                .params(hours, campaign)
                .update();
        jdbc.sql("UPDATE training_run SET created_at = created_at - make_interval(hours => ?) WHERE campaign_id = ?")
                .params(hours, campaign)
                .update();
    }

    private void label(int count) {
        for (int i = 0; i < count; i++) {
            var id = UUID.randomUUID();
            int made = jdbc.sql("""
                            WITH free AS (
                                SELECT s.pair_id, s.ordinal, s.stratum FROM slot s
                                WHERE s.campaign_id = :campaign AND s.state = 'OPEN' ORDER BY s.pair_id LIMIT 1),
                            held AS (
                                INSERT INTO assignment (campaign_id, pair_id, annotator_id, slot, state, fencing_token,
                                    expires_at, swapped)
                                SELECT :campaign, pair_id, :annotator, ordinal, 'LABELLED', nextval('fencing_token'), now(), false
                                FROM free RETURNING id, pair_id, slot, fencing_token)
                            INSERT INTO label (id, campaign_id, pair_id, annotator_id, assignment_id, slot, kind,
                                protocol_sha256, answers, verdicts, swapped, stratum, selection_probability, fencing_token,
                                active_milliseconds)
                            SELECT :id, :campaign, held.pair_id, :annotator, held.id, held.slot, 'ANSWER',
                                c.protocol_sha256, '{}', '{"overall": "FIRST"}', false, free.stratum, 1, held.fencing_token, 1
                            FROM held JOIN free ON free.pair_id = held.pair_id JOIN campaign c ON c.id = :campaign""")
                    .param("campaign", campaign)
                    .param("annotator", annotator)
                    .param("id", id)
                    .update();
            assertThat(made).isOne();
            jdbc.sql("""
                            UPDATE slot s SET state = 'FILLED', label_id = l.id, assignment_id = l.assignment_id
                            FROM label l WHERE l.id = ? AND s.pair_id = l.pair_id AND s.ordinal = l.slot""").param(id).update();
        }
    }
}
