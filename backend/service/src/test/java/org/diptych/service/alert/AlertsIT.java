package org.diptych.service.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.DOUBLE;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.diptych.service.CampaignFixture;
import org.diptych.service.ServiceTest;
import org.diptych.service.account.AccountService;
import org.diptych.service.account.Role;
import org.diptych.service.account.SignedIn;
import org.diptych.service.campaign.CampaignService;
import org.diptych.service.campaign.CampaignState;
import org.diptych.service.health.CampaignHealths;
import org.diptych.service.pair.Inbox;
import org.diptych.service.problem.Problem;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Each cause raises its alert once, and ends it when it is gone. */
@ServiceTest
class AlertsIT {
    private static final AlertBounds NONE = new AlertBounds(null, null, null, null);

    @Autowired
    AccountService accounts;

    @Autowired
    CampaignService campaigns;

    @Autowired
    CampaignHealths healths;

    @Autowired
    AlertWatch watch;

    @Autowired
    Alerts alerts;

    @Autowired
    Inbox inbox;

    @Autowired
    JdbcClient jdbc;

    private CampaignFixture fixture;
    private SignedIn lead;
    private UUID campaign;
    private List<SignedIn> annotators;

    @BeforeEach
    void a_campaign() {
        fixture = new CampaignFixture(jdbc, accounts);
        campaign = fixture.campaign("edit-preference-v1", 90, 2);
        annotators = fixture.annotators(campaign, 2);
        lead = person(Role.LEAD);
        jdbc.sql("INSERT INTO campaign_member (campaign_id, account_id, role) VALUES (?, ?, 'LEAD')")
                .params(campaign, lead.id())
                .update();
        alerts.change(lead, campaign, NONE);
    }

    private SignedIn person(Role role) {
        return accounts.createAccount("p" + UUID.randomUUID(), "Somebody", role, null)
                .account();
    }

    private List<UUID> pairs(String stratum) {
        return jdbc.sql("SELECT id FROM pair WHERE campaign_id = ? AND stratum = ? ORDER BY id")
                .params(campaign, stratum)
                .query(UUID.class)
                .list();
    }

    private void answer(UUID pair, SignedIn who, int slot, int first, int second, Duration ago) {
        label(pair, who, slot, "{\"first\": %d, \"second\": %d}".formatted(first, second), null, ago);
    }

    private void label(UUID pair, SignedIn who, int slot, String ratings, @Nullable String comment, Duration ago) {
        var id = UUID.randomUUID();
        jdbc.sql("""
                        WITH held AS (
                            INSERT INTO assignment (campaign_id, pair_id, annotator_id, slot, state, fencing_token,
                                expires_at, swapped)
                            VALUES (:campaign, :pair, :who, :slot, 'LABELLED', nextval('fencing_token'), now(), false)
                            RETURNING id, fencing_token)
                        INSERT INTO label (id, campaign_id, pair_id, annotator_id, assignment_id, slot, kind,
                            protocol_sha256, answers, verdicts, comment, swapped, stratum, selection_probability,
                            fencing_token, active_milliseconds, submitted_at)
                        SELECT :id, :campaign, :pair, :who, held.id, :slot, 'ANSWER', c.protocol_sha256,
                            jsonb_build_object('instruction_following', :ratings::jsonb, 'visual_quality', :ratings::jsonb),
                            '{"overall": "FIRST"}', :comment, false, p.stratum, 1, held.fencing_token, 1, :at
                        FROM held, campaign c, pair p WHERE c.id = :campaign AND p.id = :pair""")
                .param("campaign", campaign)
                .param("pair", pair)
                .param("who", who.id())
                .param("slot", slot)
                .param("id", id)
                .param("ratings", ratings)
                .param("comment", comment)
                .param("at", Instant.now().minus(ago).atOffset(ZoneOffset.UTC))
                .update();
        jdbc.sql("""
                        UPDATE slot s SET state = 'FILLED', label_id = l.id, assignment_id = l.assignment_id
                        FROM label l WHERE l.id = ? AND s.pair_id = l.pair_id AND s.ordinal = l.slot""").param(id).update();
    }

    /** A minute later: what was read may be read again, however long it took. */
    private void look() {
        jdbc.sql("UPDATE campaign_health SET read_at = read_at - interval '1 hour' WHERE campaign_id = ?")
                .param(campaign)
                .update();
        watch.look(() -> false);
    }

    private List<AlertKind> open() {
        return alerts.list(lead, campaign, Alert.State.OPEN).stream()
                .map(Alert::kind)
                .toList();
    }

    @Test
    void agreement_whose_interval_ends_under_the_bound_calls_until_the_bound_is_lower() {
        for (var pair : pairs("UNIFORM")) {
            answer(pair, annotators.get(0), 0, 4, 1, Duration.ofDays(1));
            answer(pair, annotators.get(1), 1, 1, 4, Duration.ofDays(1));
        }
        look();
        assertThat(open()).isEmpty();

        alerts.change(lead, campaign, new AlertBounds(0.4, null, null, null));
        look();
        look();
        assertThat(open()).containsExactly(AlertKind.AGREEMENT_LOW);
        var figures = alerts.list(lead, campaign, null).getFirst().figures();
        assertThat(figures.get("dimension")).isEqualTo("instruction_following");
        assertThat(figures.get("high")).asInstanceOf(DOUBLE).isLessThan(0.4);

        alerts.change(lead, campaign, new AlertBounds(-1.0, null, null, null));
        look();
        assertThat(open()).isEmpty();
        assertThat(alerts.list(lead, campaign, Alert.State.SOLVED)).hasSize(1);
    }

    @Test
    void a_queue_that_runs_dry_calls_until_more_pairs_come() {
        alerts.change(lead, campaign, new AlertBounds(null, 6, null, null));
        var all = pairs("ACQUIRED");
        for (int i = 0; i < all.size() - 5; i++) {
            answer(all.get(i), annotators.get(0), 0, 4, 1, Duration.ofHours(20));
            answer(all.get(i), annotators.get(1), 1, 4, 2, Duration.ofHours(20));
        }
        look();
        assertThat(open()).isEmpty();

        for (var pair : pairs("UNIFORM")) {
            answer(pair, annotators.get(0), 0, 4, 1, Duration.ofHours(10));
            answer(pair, annotators.get(1), 1, 4, 2, Duration.ofHours(10));
        }
        look();
        assertThat(open()).containsExactly(AlertKind.QUEUE_DRY);
        assertThat(alerts.list(lead, campaign, null).getFirst().figures()).containsEntry("open", 10);

        jdbc.sql("""
                        INSERT INTO slot (pair_id, ordinal, campaign_id, stratum)
                        SELECT id, n, campaign_id, stratum FROM pair, generate_series(2, 6) n WHERE campaign_id = ?""").param(campaign).update();
        look();
        assertThat(open()).isEmpty();
    }

    @Test
    void a_training_that_failed_calls_until_another_is_asked_for() {
        jdbc.sql("""
                        INSERT INTO training_run (campaign_id, state, trigger, message, finished_at)
                        VALUES (?, 'FAILED', 'MANUAL', 'The loss was not finite.', now())""").param(campaign).update();
        look();
        assertThat(open()).containsExactly(AlertKind.TRAINING_FAILED);

        jdbc.sql("INSERT INTO training_run (campaign_id, state, trigger) VALUES (?, 'QUEUED', 'MANUAL')")
                .param(campaign)
                .update();
        look();
        assertThat(open()).isEmpty();
    }

    @Test
    void an_objection_calls_until_it_is_answered_also_where_nobody_works_any_more() {
        answer(pairs("UNIFORM").getFirst(), annotators.getFirst(), 0, 4, 1, Duration.ofHours(1));
        jdbc.sql("""
                        WITH said AS (SELECT * FROM label WHERE campaign_id = ?),
                        verdict AS (
                            INSERT INTO adjudication (campaign_id, pair_id, protocol_sha256, answers, verdicts, reason, swapped,
                                adjudicator_id)
                            SELECT campaign_id, pair_id, protocol_sha256, answers, verdicts, 'why', false, annotator_id FROM said
                            RETURNING *)
                        INSERT INTO objection (adjudication_id, label_id, campaign_id, pair_id, annotator_id, words)
                        SELECT v.id, s.id, v.campaign_id, v.pair_id, s.annotator_id, 'no' FROM verdict v, said s""").param(campaign).update();
        jdbc.sql("UPDATE campaign SET state = 'CLOSED' WHERE id = ?")
                .param(campaign)
                .update();
        look();
        assertThat(open()).containsExactly(AlertKind.OBJECTIONS_WAITING);
        assertThat(alerts.list(lead, campaign, null).getFirst().figures()).containsEntry("objections", 1);

        jdbc.sql("""
                        INSERT INTO objection_answer (objection_id, campaign_id, accepted, answered_by)
                        SELECT id, campaign_id, true, annotator_id FROM objection WHERE campaign_id = ?""").param(campaign).update();
        look();
        assertThat(open()).isEmpty();
    }

    @Test
    void a_message_that_waits_too_long_calls_until_it_is_answered() {
        alerts.change(lead, campaign, new AlertBounds(null, null, 48, null));
        var pair = pairs("UNIFORM").getFirst();
        label(
                pair,
                annotators.getFirst(),
                0,
                "{\"first\": 1, \"second\": 1}",
                "Both are broken.",
                Duration.ofHours(50));
        look();
        assertThat(open()).containsExactly(AlertKind.MESSAGES_WAITING);

        var message = jdbc.sql("SELECT id FROM message WHERE campaign_id = ?")
                .param(campaign)
                .query(UUID.class)
                .single();
        inbox.dismiss(lead, campaign, message);
        look();
        assertThat(open()).isEmpty();
    }

    @Test
    void gold_that_is_missed_calls_for_the_annotator_who_misses_it() {
        alerts.change(lead, campaign, new AlertBounds(null, null, null, 0.6));
        jdbc.sql("UPDATE pair SET stratum = 'GOLD' WHERE campaign_id = ? AND stratum = 'UNIFORM'")
                .param(campaign)
                .update();
        jdbc.sql("""
                        INSERT INTO known_answer (campaign_id, pair_id, use, answers, origin)
                        SELECT campaign_id, id, 'GOLD', '{"instruction_following": {"first": 4, "second": 1},
                            "visual_quality": {"first": 4, "second": 1}}', 'LEAD'
                        FROM pair WHERE campaign_id = ? AND stratum = 'GOLD'""").param(campaign).update();
        for (var pair : pairs("GOLD")) {
            answer(pair, annotators.get(0), 0, 4, 1, Duration.ofHours(1));
            answer(pair, annotators.get(1), 1, 1, 4, Duration.ofHours(1));
        }
        look();
        assertThat(alerts.list(lead, campaign, Alert.State.OPEN))
                .singleElement()
                .satisfies(alert -> assertThat(alert.subject())
                        .isEqualTo(annotators.get(1).id().toString()));

        jdbc.sql("""
                        INSERT INTO known_answer (campaign_id, pair_id, use, answers, origin, version, withdrawn)
                        SELECT campaign_id, pair_id, use, answers, origin, 2, true FROM known_answer
                        WHERE campaign_id = ?""").param(campaign).update();
        look();
        assertThat(open()).isEmpty();
    }

    @Test
    void a_disk_that_fills_is_told_at_a_tenth_or_at_twenty_gigabytes() {
        assertThat(DataDisk.findings(11L << 30, 100L << 30)).isEmpty();
        assertThat(DataDisk.findings(9L << 30, 100L << 30)).hasSize(1);
        assertThat(DataDisk.findings(30L << 30, 8_000L << 30)).isEmpty();
        assertThat(DataDisk.findings(19L << 30, 8_000L << 30)).hasSize(1);
    }

    @Test
    void what_is_acknowledged_waits_no_more_and_a_cause_that_comes_again_calls_again() {
        jdbc.sql("INSERT INTO training_run (campaign_id, state, trigger) VALUES (?, 'FAILED', 'MANUAL')")
                .param(campaign)
                .update();
        look();
        var alert = alerts.list(lead, Alert.State.OPEN).getFirst();
        assertThat(alerts.open(lead)).isOne();

        assertThat(alerts.acknowledge(lead, alert.id()).acknowledgedBy()).isEqualTo("Somebody");
        look();
        assertThat(alerts.open(lead)).isZero();
        assertThatThrownBy(() -> alerts.acknowledge(lead, alert.id()))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo("changed_meanwhile"));

        jdbc.sql("INSERT INTO training_run (campaign_id, state, trigger) VALUES (?, 'FAILED', 'MANUAL')")
                .param(campaign)
                .update();
        look();
        assertThat(alerts.open(lead)).isOne();
    }

    @Test
    void only_leads_of_the_campaign_read_and_acknowledge_its_alerts() {
        jdbc.sql("INSERT INTO training_run (campaign_id, state, trigger) VALUES (?, 'FAILED', 'MANUAL')")
                .param(campaign)
                .update();
        look();
        var alert = alerts.list(lead, Alert.State.OPEN).getFirst();

        for (var other : List.of(person(Role.LEAD), annotators.getFirst())) {
            assertThat(alerts.list(other, null)).isEmpty();
            assertThat(alerts.open(other)).isZero();
            assertThatThrownBy(() -> alerts.acknowledge(other, alert.id())).isInstanceOf(Problem.class);
            assertThatThrownBy(() -> alerts.list(other, campaign, null)).isInstanceOf(Problem.class);
            assertThatThrownBy(() -> alerts.change(other, campaign, NONE)).isInstanceOf(Problem.class);
        }
        assertThat(alerts.list(person(Role.ADMIN), campaign, null)).hasSize(1);
    }

    @Test
    void a_campaign_that_is_closed_calls_nobody() {
        jdbc.sql("INSERT INTO training_run (campaign_id, state, trigger) VALUES (?, 'FAILED', 'MANUAL')")
                .param(campaign)
                .update();
        look();
        campaigns.enter(lead, campaign, CampaignState.CLOSED);
        look();
        assertThat(open()).isEmpty();
    }

    @Test
    void a_bound_out_of_range_is_refused_with_its_field() {
        assertThatThrownBy(() -> alerts.change(lead, campaign, new AlertBounds(null, 0, null, null)))
                .isInstanceOfSatisfying(
                        Problem.class,
                        problem -> assertThat(problem.properties()).containsEntry("field", "queueHours"));
        assertThatThrownBy(() -> alerts.change(lead, campaign, new AlertBounds(1.5, null, null, null)))
                .isInstanceOfSatisfying(
                        Problem.class,
                        problem -> assertThat(problem.properties()).containsEntry("field", "agreement"));
        assertThat(alerts.bounds(lead, campaign)).isEqualTo(NONE);
    }

    @Test
    void health_says_how_a_campaign_went_week_by_week_and_when_it_may_end() {
        var uniform = pairs("UNIFORM");
        for (int i = 0; i < 20; i++) {
            var ago = Duration.ofDays(20 - i);
            answer(uniform.get(i), annotators.get(0), 0, 1 + i % 4, 4 - i % 4, ago);
            answer(uniform.get(i), annotators.get(1), 1, 1 + i % 4, 4 - i % 4, ago);
        }
        look();

        var health = healths.of(lead, campaign).orElseThrow();
        assertThat(health.filled()).isEqualTo(40);
        assertThat(health.wanted()).isEqualTo(180);
        assertThat(health.weeks())
                .hasSizeBetween(3, 4)
                .allSatisfy(week -> assertThat(week.alpha()).isIn(1.0, null));
        var forecast = Objects.requireNonNull(health.forecast());
        // 140 slots at two a day
        assertThat(forecast.median())
                .isEqualTo(Instant.now().atZone(ZoneOffset.UTC).toLocalDate().plusDays(69));
    }
}
