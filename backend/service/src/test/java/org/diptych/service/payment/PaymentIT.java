package org.diptych.service.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.put;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.diptych.service.CampaignFixture;
import org.diptych.service.HttpFixture;
import org.diptych.service.ServiceTest;
import org.diptych.service.account.AccountService;
import org.diptych.service.account.Role;
import org.diptych.service.account.SignedIn;
import org.diptych.service.payment.PaymentSettings.Rounding;
import org.diptych.service.problem.Problem;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.context.WebApplicationContext;

/** What annotators did in a period, counted in a real database. */
@ServiceTest
class PaymentIT {
    private static final LocalDate DAY = LocalDate.of(2026, 3, 10);

    @Autowired
    PaymentService payment;

    @Autowired
    AccountService accounts;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    WebApplicationContext context;

    private SignedIn lead;
    private SignedIn ann;
    private UUID campaign;
    private List<UUID> pairs;

    @BeforeEach
    void a_campaign_with_twelve_pairs() {
        var fixture = new CampaignFixture(jdbc, accounts);
        campaign = fixture.campaign("edit-preference-v1", 12, 1);
        ann = fixture.annotators(campaign, 1).getFirst();
        lead = accounts.createAccount("l" + UUID.randomUUID(), "Lead", Role.ADMIN, null)
                .account();
        pairs = jdbc.sql("SELECT id FROM pair WHERE campaign_id = ? ORDER BY id")
                .param(campaign)
                .query(UUID.class)
                .list();
    }

    /** A label of a given moment and time. */
    private UUID label(
            int pair, String kind, String at, long seconds, String stratum, boolean fills, @Nullable UUID former) {
        var assignment = jdbc.sql("""
                        INSERT INTO assignment (campaign_id, pair_id, annotator_id, slot, state, fencing_token, expires_at,
                            swapped) VALUES (?, ?, ?, 0, 'LABELLED', 1, now(), false)
                        ON CONFLICT (pair_id, annotator_id) DO UPDATE SET fencing_token = 1 RETURNING id""")
                .params(campaign, pairs.get(pair), ann.id())
                .query(UUID.class)
                .single();
        var id = UUID.randomUUID();
        jdbc.sql("""
                        INSERT INTO label (id, campaign_id, pair_id, annotator_id, assignment_id, slot, kind,
                            protocol_sha256, answers, verdicts, skip_reason, swapped, stratum, selection_probability,
                            fencing_token, active_milliseconds, supersedes, submitted_at)
                        SELECT :id, campaign_id, pair_id, annotator_id, id, :slot, :kind, protocol_sha256,
                            CASE :kind WHEN 'ANSWER' THEN '{}'::jsonb END,
                            CASE :kind WHEN 'ANSWER' THEN '{"overall": "first"}'::jsonb END,
                            CASE :kind WHEN 'SKIP' THEN 'cannot_judge' END, false, :stratum, 1, 1, :active, :former,
                            :at::timestamptz
                        FROM assignment WHERE id = :assignment""")
                .param("id", id)
                .param("slot", fills ? (Integer) 0 : null)
                .param("kind", kind)
                .param("stratum", stratum)
                .param("active", seconds * 1000)
                .param("former", former)
                .param("at", at)
                .param("assignment", assignment)
                .update();
        return id;
    }

    private UUID answer(int pair, String at, long seconds) {
        return label(pair, "ANSWER", at, seconds, "ACQUIRED", true, null);
    }

    private static PaymentSettings settings(String judgement, String hour, Rounding rounding, @Nullable String zone) {
        return new PaymentSettings(
                "EUR", new BigDecimal(judgement), new BigDecimal(hour), 2, rounding, true, true, false, zone);
    }

    private PaymentReport.Line only(LocalDate from, LocalDate to) {
        var report = payment.report(lead, campaign, from, to);
        assertThat(report.lines()).hasSize(1);
        return report.lines().getFirst();
    }

    @Test
    void judgements_corrections_and_skips_are_apart_and_idle_or_repeated_time_is_not_counted() {
        var first = answer(0, "2026-03-10T08:00Z", 60);
        // its clock goes on from 60 s
        label(0, "ANSWER", "2026-03-10T08:05Z", 90, "ACQUIRED", true, first);
        answer(1, "2026-03-10T09:00Z", 30);
        label(2, "SKIP", "2026-03-10T09:10Z", 20, "ACQUIRED", false, null);
        // answered and taken back: nothing is judged, the time was worked
        var taken = answer(3, "2026-03-10T09:20Z", 40);
        label(3, "SKIP", "2026-03-10T09:30Z", 50, "ACQUIRED", false, taken);

        var line = only(DAY, DAY);

        assertThat(line.counts().labels()).isEqualTo(2);
        assertThat(line.counts().corrections()).isEqualTo(1);
        assertThat(line.counts().skips()).isEqualTo(2);
        assertThat(line.judgements()).isEqualTo(2);
        assertThat(line.counts().activeMilliseconds()).isEqualTo(1000 * (60 + 30 + 30 + 20 + 40 + 10));
        assertThat(line.counts().medianMilliseconds()).isEqualTo(45_000);
    }

    @Test
    void gold_extra_labels_and_the_test_count_as_the_lead_chose() {
        answer(0, "2026-03-10T08:00Z", 10);
        label(1, "ANSWER", "2026-03-10T08:01Z", 20, "GOLD", false, null);
        label(2, "ANSWER", "2026-03-10T08:02Z", 30, "ACQUIRED", false, null);
        var attempt = jdbc.sql("""
                        INSERT INTO qualification_attempt (campaign_id, account_id, number, protocol_sha256, pass_mark)
                        SELECT id, ?, 1, protocol_sha256, 0.8 FROM campaign WHERE id = ? RETURNING id""").params(ann.id(), campaign).query(UUID.class).single();
        var known =
                jdbc.sql("""
                        INSERT INTO known_answer (campaign_id, pair_id, use, answers, origin)
                        VALUES (?, ?, 'QUALIFICATION', '{}', 'LEAD') RETURNING id""").params(campaign, pairs.get(5)).query(UUID.class).single();
        jdbc.sql("""
                        INSERT INTO qualification_question (attempt_id, ordinal, known_answer_id, swapped, answers, score,
                            active_milliseconds, answered_at)
                        VALUES (?, 0, ?, false, '{}', 1, 40000, '2026-03-10T07:00Z')""").params(attempt, known).update();

        var all = payment.change(
                lead,
                campaign,
                new PaymentSettings(
                        "CNY", new BigDecimal("1"), new BigDecimal("36"), 2, Rounding.HALF_UP, true, true, true, null),
                Set.of());
        var counted = only(DAY, DAY);
        assertThat(counted.judgements()).isEqualTo(4);
        assertThat(counted.counts().activeMilliseconds()).isEqualTo(100_000);
        assertThat(counted.perJudgement()).isEqualByComparingTo("4");
        assertThat(counted.perHour()).isEqualByComparingTo("1");

        payment.change(
                lead,
                campaign,
                new PaymentSettings(
                        "CNY",
                        new BigDecimal("1"),
                        new BigDecimal("36"),
                        2,
                        Rounding.HALF_UP,
                        false,
                        false,
                        false,
                        null),
                Set.of(all.tag()));
        var narrow = only(DAY, DAY);
        assertThat(narrow.judgements()).isEqualTo(1);
        assertThat(narrow.counts().gold()).isEqualTo(1);
        assertThat(narrow.counts().extra()).isEqualTo(1);
        assertThat(narrow.counts().training()).isEqualTo(1);
        assertThat(narrow.counts().activeMilliseconds()).isEqualTo(10_000);
        assertThat(narrow.counts().medianMilliseconds()).isEqualTo(10_000);
    }

    @Test
    void days_begin_where_the_campaign_lives_and_a_pair_is_paid_on_the_day_of_its_first_answer() {
        payment.change(lead, campaign, settings("1", "0", Rounding.HALF_UP, "Asia/Shanghai"), Set.of());
        // 10 March in Shanghai is 9 March 16:00 to 10 March 16:00 UTC
        answer(0, "2026-03-09T15:59:59Z", 1);
        answer(1, "2026-03-09T16:00:00Z", 1);
        var last = answer(2, "2026-03-10T15:59:59Z", 1);
        answer(3, "2026-03-10T16:00:00Z", 1);
        label(2, "ANSWER", "2026-03-11T10:00:00Z", 1, "ACQUIRED", true, last);

        assertThat(only(DAY, DAY).judgements()).isEqualTo(2);
        assertThat(only(DAY.plusDays(1), DAY.plusDays(1)).judgements()).isEqualTo(1);
        assertThat(only(DAY.plusDays(1), DAY.plusDays(1)).counts().corrections())
                .isEqualTo(1);
        assertThat(payment.report(lead, campaign, DAY.minusDays(9), DAY.minusDays(2))
                        .lines())
                .isEmpty();
        assertThat(only(DAY.minusDays(1), DAY.plusDays(1)).judgements()).isEqualTo(4);
    }

    @Test
    void each_persons_amount_is_rounded_once_as_the_lead_chose() {
        for (int pair = 0; pair < 3; pair++) {
            answer(pair, "2026-03-10T08:0" + pair + "Z", 5);
        }
        // 3 x 0.115 = 0.345; 15 s of 3.00 an hour = 0.0125
        for (var expected : List.of("HALF_UP 0.35 0.01", "HALF_EVEN 0.34 0.01", "UP 0.35 0.02", "DOWN 0.34 0.01")) {
            var words = expected.split(" ");
            payment.change(lead, campaign, settings("0.115", "3", Rounding.valueOf(words[0]), null), Set.of());
            var report = payment.report(lead, campaign, DAY, DAY);
            assertThat(report.lines().getFirst().perJudgement()).as(words[0]).isEqualTo(new BigDecimal(words[1]));
            assertThat(report.perHour()).as(words[0]).isEqualTo(new BigDecimal(words[2]));
        }
    }

    @Test
    void settings_are_checked_recorded_and_never_overwritten_unseen() throws Exception {
        var http = new HttpFixture(context);
        var path = "/api/v1/campaigns/" + campaign + "/payment/settings";
        var body = """
                {"currency": "%s", "perJudgement": %s, "perHour": 12.5, "decimals": %s, "rounding": "UP",
                 "countsExtra": true, "countsGold": false, "countsTraining": true, "timeZone": %s}""";
        for (var wrong : List.of(
                "currency " + body.formatted("EURO", 1, 2, "null"),
                "currency " + body.formatted("eur", 1, 2, "null"),
                "perJudgement " + body.formatted("EUR", -1, 2, "null"),
                "perJudgement " + body.formatted("EUR", "0.00001", 2, "null"),
                "decimals " + body.formatted("EUR", 1, 5, "null"),
                "timeZone " + body.formatted("EUR", 1, 2, "\"Berlin\""))) {
            var parts = wrong.split(" ", 2);
            assertThat(http.send(
                                    lead,
                                    put(path)
                                            .contentType(MediaType.APPLICATION_JSON)
                                            .content(parts[1]))
                            .problem())
                    .isEqualTo("422 invalid_settings " + parts[0]);
        }
        var read = http.send(lead, get(path));
        assertThat(read.json().path("currency").asString()).isEqualTo("EUR");
        var tag = Objects.requireNonNull(read.response().getHeader("ETag"));
        var wanted = body.formatted("EUR", "0.20", 2, "\"Europe/Berlin\"");
        assertThat(http.send(
                                lead,
                                put(path)
                                        .header("If-Match", tag)
                                        .contentType(MediaType.APPLICATION_JSON)
                                        .content(wanted))
                        .status())
                .isEqualTo(200);
        assertThat(http.send(
                                lead,
                                put(path)
                                        .header("If-Match", tag)
                                        .contentType(MediaType.APPLICATION_JSON)
                                        .content(wanted))
                        .problem())
                .isEqualTo("412 changed_meanwhile");
        assertThat(entries("payment.settings")).hasSize(1).first().asString().contains("Europe/Berlin");
    }

    private List<String> entries(String action) {
        return jdbc.sql("SELECT detail::text FROM audit_event WHERE campaign_id = ? AND action = ? ORDER BY id")
                .params(campaign, action)
                .query(String.class)
                .list();
    }

    @Test
    void an_export_states_what_it_rests_on_starts_no_formula_and_is_recorded() throws Exception {
        jdbc.sql("UPDATE account SET display_name = '=cmd|''/c calc''!A1' WHERE id = ?")
                .param(ann.id())
                .update();
        payment.change(lead, campaign, settings("0.1", "15", Rounding.HALF_UP, "Europe/Berlin"), Set.of());
        answer(0, "2026-03-10T08:00Z", 1800);

        var csv = new HttpFixture(context)
                .send(lead, get("/api/v1/campaigns/" + campaign + "/payment.csv?from=2026-03-01&to=2026-03-31"))
                .response();

        assertThat(csv.getContentType()).startsWith("text/csv");
        assertThat(csv.getContentAsString().lines().toList().get(1))
                .contains("\"2026-03-01\",\"2026-03-31\",\"Europe/Berlin\"")
                .contains("\"'=cmd|'/c calc'!A1\",\"true\",1,1,0,0,0,0,0,0.5000,1800.0,\"EUR\",0.1,0.10,15,7.50,")
                .contains("labels + extra + gold; not corrections, skips, training")
                .contains("input within the last 30 seconds");
        assertThat(entries("payment.exported")).singleElement().asString().contains("2026-03-31");
        payment.report(lead, campaign, DAY, DAY);
        assertThat(entries("payment.exported")).hasSize(1);
    }

    @Test
    void a_period_that_is_none_is_refused() {
        assertThatThrownBy(() -> payment.report(lead, campaign, DAY, DAY.minusDays(1)))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo("invalid_period"));
        assertThatThrownBy(() -> payment.report(lead, campaign, DAY, DAY.plusYears(2)))
                .hasMessageContaining("366 days");
        assertThat(payment.report(lead, campaign, null, null).period().from().getDayOfMonth())
                .isEqualTo(1);
    }
}
