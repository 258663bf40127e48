package org.diptych.service.reward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
import org.jspecify.annotations.Nullable;
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
    ModelBenchmarkService benchmarks;

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
        return trained(promoted, "{}");
    }

    private ModelVersion trained(boolean promoted, String comparison) {
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
                        comparison),
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
    void a_promotion_is_explained_with_its_figures_and_a_rejection_with_its_reason() {
        var stored = "{\"against\": 2, \"pairs\": 104, \"difference\": -0.026, \"low\": -0.083, \"high\": -0.001,"
                + " \"decision\": \"kept the active version: the new one is worse\"}";
        var check = PromotionCheck.of(trained(false, stored));
        assertThat(check.rejected()).isTrue();
        assertThat(check.words())
                .isEqualTo("Against version 2 on 104 pairs: -2.6 points, 95% interval -8.3 to -0.1."
                        + " Rejected, since the whole interval is below 0: it is worse.");
        assertThat(PromotionCheck.of(trained(true, "{\"decision\": \"promoted: the first version\"}"))
                        .words())
                .isEqualTo("Promoted, since there was no version before it.");
        assertThat(PromotionCheck.of(trained(false, "{}")).words())
                .isEqualTo("It is not recorded why it took over, or did not.");
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

    @Test
    void measurements_on_benchmarks_stay_with_the_version_they_are_of() {
        trained(true);
        trained(true);
        var figures = measured(0.61, null);
        benchmarks.add(admin, campaign, 1, figures);
        benchmarks.add(admin, campaign, 2, measured(0.64, 0.6));
        assertThat(benchmarks.newest(admin, campaign)).isNotEmpty();
        var last = benchmarks.add(admin, campaign, 2, measured(0.65, 0.6));

        assertThat(benchmarks.newest(admin, campaign)).contains(last);
        assertThat(benchmarks.list(admin, campaign, 1)).singleElement().satisfies(whole -> {
            var first = whole.figure();
            assertThat(first.version()).isEqualTo(1);
            assertThat(first.benchmark()).isEqualTo("genai-bench");
            assertThat(first.metric()).isEqualTo("accuracy_with_ties");
            assertThat(first.paper()).isEqualTo(0.61);
            assertThat(first.corrected()).isNull();
            assertThat(first.cases()).isEqualTo(919);
            assertThat(first.measuredBy()).isEqualTo("Root");
            assertThat(whole.files()).contains("a".repeat(64));
            assertThat(whole.result()).contains("accuracy_with_ties");
        });
        assertThat(benchmarks.list(admin, campaign))
                .extracting(ModelBenchmark::paper)
                .containsExactly(0.65, 0.64, 0.61);
        assertThatThrownBy(() -> benchmarks.add(admin, campaign, 7, figures))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo("unknown_model"));
        assertThatThrownBy(() -> benchmarks.add(
                        admin, campaign, 1, new NewModelBenchmark("genai-bench", figures.files(), Map.of())))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo("invalid_benchmark"));
    }

    @Test
    void a_measurement_is_never_changed_and_an_empty_entry_is_refused() {
        trained(true);
        benchmarks.add(admin, campaign, 1, measured(0.61, null));

        for (var change : List.of(
                "UPDATE model_benchmark SET benchmark = 'other'",
                "DELETE FROM model_benchmark",
                "TRUNCATE model_benchmark")) {
            assertThatThrownBy(() -> jdbc.sql(change).update()).as(change).hasMessageContaining("model_benchmark");
        }
        List<NewModelBenchmark.@Nullable FileDigest> none = new ArrayList<>();
        none.add(null);
        assertThatThrownBy(() -> benchmarks.add(
                        admin,
                        campaign,
                        1,
                        new NewModelBenchmark(
                                "genai-bench", none, measured(0.5, null).result())))
                .isInstanceOfSatisfying(
                        Problem.class,
                        problem -> assertThat(problem.properties()).containsEntry("field", "files[0]"));
    }

    private static NewModelBenchmark measured(double paper, @Nullable Double corrected) {
        Map<String, @Nullable Object> figure = new HashMap<>();
        figure.put("value", corrected);
        return new NewModelBenchmark(
                "genai-bench",
                List.of(new NewModelBenchmark.FileDigest("votes.tsv", "a".repeat(64))),
                Map.of(
                        "metrics",
                        List.of(Map.of(
                                "name",
                                "accuracy_with_ties",
                                "n",
                                919,
                                "paper",
                                Map.of("value", paper),
                                "corrected",
                                figure))));
    }
}
