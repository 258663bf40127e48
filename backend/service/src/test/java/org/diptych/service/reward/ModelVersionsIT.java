package org.diptych.service.reward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.diptych.service.CampaignFixture;
import org.diptych.service.ServiceTest;
import org.diptych.service.account.AccountService;
import org.diptych.service.account.Role;
import org.diptych.service.account.SignedIn;
import org.diptych.service.dataset.SnapshotService;
import org.diptych.service.problem.Problem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Of a campaign's model versions one chooses the next pairs, whoever promotes what at the same time. */
@ServiceTest
class ModelVersionsIT {
    @Autowired
    ModelVersionService versions;

    @Autowired
    SnapshotService snapshots;

    @Autowired
    AccountService accounts;

    @Autowired
    JdbcClient jdbc;

    private UUID campaign;
    private SignedIn admin;

    @BeforeEach
    void a_campaign_with_a_snapshot() {
        campaign = new CampaignFixture(jdbc, accounts).campaign("edit-preference-v1", 2, 1);
        admin = accounts.createAccount("admin-" + UUID.randomUUID(), "Root", Role.ADMIN, null)
                .account();
    }

    private ModelVersion trained(boolean promoted) {
        var run = jdbc.sql("INSERT INTO training_run (campaign_id, state, trigger) VALUES (?, 'FINISHED', 'MANUAL')"
                        + " RETURNING id")
                .param(campaign)
                .query(UUID.class)
                .single();
        return versions.add(
                new NewModelVersion(
                        campaign,
                        run,
                        snapshots.freeze(campaign).id(),
                        "d".repeat(64),
                        "encoder",
                        "{\"dimensions\": []}",
                        0,
                        0.8,
                        null,
                        null,
                        12,
                        null,
                        "{}"),
                promoted);
    }

    @Test
    void a_version_says_where_it_comes_from_and_how_it_stands() {
        var first = trained(true);
        assertThat(first.number()).isEqualTo(1);
        assertThat(first.state()).isEqualTo(ModelVersion.State.ACTIVE);
        assertThat(first.snapshotDigest()).hasSize(64);
        assertThat(first.card()).isEqualTo("{\"dimensions\": []}");
        assertThat(first.accuracyLow()).isNull();
        assertThat(versions.active(campaign)).contains(first);
        var second = trained(false);
        assertThat(second.number()).isEqualTo(2);
        assertThat(second.state()).isEqualTo(ModelVersion.State.CANDIDATE);
        assertThat(versions.list(admin, campaign)).containsExactly(second, first);
    }

    @Test
    void the_one_before_retires_and_may_come_back() {
        trained(true);
        trained(true);
        assertThat(states()).containsExactly(ModelVersion.State.ACTIVE, ModelVersion.State.RETIRED);
        versions.promote(admin, campaign, 1);
        assertThat(states()).containsExactly(ModelVersion.State.RETIRED, ModelVersion.State.ACTIVE);
        versions.promote(admin, campaign, 1);
        assertThat(states()).containsExactly(ModelVersion.State.RETIRED, ModelVersion.State.ACTIVE);
    }

    private Iterable<ModelVersion.State> states() {
        return versions.list(admin, campaign).stream().map(ModelVersion::state).toList();
    }

    @Test
    void a_number_that_no_version_has_changes_nothing() {
        trained(true);
        assertThatThrownBy(() -> versions.promote(admin, campaign, 7))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo("unknown_model"));
        assertThat(states()).containsExactly(ModelVersion.State.ACTIVE);
    }

    @Test
    void a_candidate_cannot_retire() {
        var candidate = new StoredVersion(
                new NewModelVersion(
                        campaign,
                        UUID.randomUUID(),
                        UUID.randomUUID(),
                        "d",
                        "encoder",
                        "{}",
                        0,
                        null,
                        null,
                        null,
                        0,
                        null,
                        "{}"),
                1,
                Instant.EPOCH);
        assertThatThrownBy(candidate::retire).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void promotions_at_the_same_time_leave_one_active_version() throws Exception {
        for (int version = 0; version < 4; version++) {
            trained(false);
        }
        try (var threads = Executors.newFixedThreadPool(8)) {
            var calls = new ArrayList<Future<?>>();
            for (int call = 0; call < 32; call++) {
                int number = 1 + call % 4;
                calls.add(threads.submit(() -> versions.promote(admin, campaign, number)));
            }
            for (var call : calls) {
                call.get();
            }
        }
        assertThat(states()).containsOnlyOnce(ModelVersion.State.ACTIVE).doesNotContain(ModelVersion.State.CANDIDATE);
    }
}
