package org.diptych.service.conduct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.delete;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.put;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.diptych.service.CampaignFixture;
import org.diptych.service.HttpFixture;
import org.diptych.service.HttpFixture.Answer;
import org.diptych.service.QualificationFixture;
import org.diptych.service.ServiceTest;
import org.diptych.service.account.AccountService;
import org.diptych.service.account.Role;
import org.diptych.service.account.SignedIn;
import org.diptych.service.agreement.AgreementService;
import org.diptych.service.alert.Alert;
import org.diptych.service.alert.AlertKind;
import org.diptych.service.alert.AlertWatch;
import org.diptych.service.alert.Alerts;
import org.diptych.service.assignment.AssignmentService;
import org.diptych.service.assignment.AssignmentService.Empty;
import org.diptych.service.assignment.AssignmentView;
import org.diptych.service.campaign.CampaignCounts;
import org.diptych.service.campaign.CampaignImport;
import org.diptych.service.campaign.CampaignService;
import org.diptych.service.campaign.MemberRole;
import org.diptych.service.dataset.SnapshotService;
import org.diptych.service.label.LabelService;
import org.diptych.service.label.Submission;
import org.diptych.service.label.TestSubmissions;
import org.diptych.service.problem.Problem;
import org.diptych.service.quality.GoldHealth;
import org.diptych.service.quality.GoldService;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.web.context.WebApplicationContext;

/** What is done about an annotator's work, and what they say to it, from claim to export. */
@ServiceTest
@NullUnmarked
class ConductIT {
    @Autowired
    AccountService accounts;

    @Autowired
    CampaignImport imports;

    @Autowired
    CampaignService campaigns;

    @Autowired
    AssignmentService assignments;

    @Autowired
    LabelService labels;

    @Autowired
    SnapshotService snapshots;

    @Autowired
    AgreementService agreement;

    @Autowired
    RuleWatch rules;

    @Autowired
    AlertWatch watch;

    @Autowired
    Alerts alerts;

    @Autowired
    GoldService gold;

    @Autowired
    CampaignCounts counts;

    @Autowired
    JdbcClient jdbc;

    private HttpFixture http;
    private QualificationFixture fixture;
    private SignedIn lead;

    @BeforeEach
    void people(@Autowired WebApplicationContext context) {
        http = new HttpFixture(context);
        fixture = new QualificationFixture(jdbc, accounts, imports);
        lead = fixture.lead;
    }

    private static MockHttpServletRequestBuilder json(MockHttpServletRequestBuilder request, String body) {
        return request.contentType(MediaType.APPLICATION_JSON).content(body);
    }

    private static String in(UUID campaign, String path) {
        return "/api/v1/campaigns/" + campaign + path;
    }

    private static String own(UUID campaign, String path) {
        return "/api/v1/annotate/campaigns/" + campaign + "/my-figures" + path;
    }

    private Answer done(SignedIn who, MockHttpServletRequestBuilder request) throws Exception {
        var answer = http.send(who, request);
        assertThat(answer.status()).as(answer.body()).isBetween(200, 299);
        return answer;
    }

    /** What is known is that the first edit is better. */
    private Submission wrong(AssignmentView assignment) {
        boolean swapped = jdbc.sql("SELECT swapped FROM assignment WHERE id = ?")
                .param(assignment.id())
                .query(Boolean.class)
                .single();
        return TestSubmissions.rated(assignment, swapped ? 4 : 1, swapped ? 1 : 4);
    }

    private long gold(SignedIn annotator, UUID campaign) {
        return jdbc.sql("""
                        SELECT count(*) FROM label WHERE annotator_id = ? AND campaign_id = ? AND stratum = 'GOLD'""").params(annotator.id(), campaign).query(Long.class).single();
    }

    /** Answers wrongly until so many answers to gold are given. */
    private void answerGoldWrongly(SignedIn annotator, UUID campaign, int wanted) {
        while (gold(annotator, campaign) < wanted) {
            for (var held : assignments.claim(annotator, campaign, 1).assignments()) {
                labels.submit(annotator, wrong(held));
            }
        }
    }

    private UUID goldCampaign() throws Exception {
        var campaign = fixture.campaign(40, 0, 8);
        jdbc.sql("UPDATE campaign SET gold_rate = 0.5 WHERE id = ?")
                .param(campaign)
                .update();
        done(lead, json(put(in(campaign, "/annotator-rules")), """
                {"gold": {"below": 0.7, "last": 5, "action": "PAUSE"}}"""));
        return campaign;
    }

    @Test
    void a_rule_pauses_once_and_an_appeal_keeps_its_gold_from_everybody_until_a_lead_has_answered() throws Exception {
        var campaign = goldCampaign();
        var ann = fixture.newcomer(campaign);
        var bob = fixture.newcomer(campaign);
        answerGoldWrongly(ann, campaign, 5);
        var held = assignments.claim(ann, campaign, 2).assignments();
        rules.look(() -> false);
        rules.look(() -> false);

        // a reload shows what they hold, and nothing is added to it; what they answer is taken
        var reloaded = assignments.claim(ann, campaign, 5);
        assertThat(reloaded.assignments())
                .extracting(AssignmentView::id)
                .containsExactlyElementsOf(held.stream().map(AssignmentView::id).toList());
        for (var each : held) {
            assertThat(labels.submit(ann, TestSubmissions.rated(each, 3, 2)).status())
                    .isEqualTo(LabelService.Status.ACCEPTED);
        }
        assertThat(assignments.claim(ann, campaign, 5).empty()).isEqualTo(Empty.YOU_ARE_PAUSED);

        var mine = done(ann, get(own(campaign, ""))).json();
        assertThat(mine.path("notices")).hasSize(1);
        var notice = mine.path("notices").get(0);
        assertThat(notice.path("cause").asString()).isEqualTo("GOLD");
        assertThat(notice.path("figures").path("accuracy").asDouble()).isLessThan(0.7);
        assertThat(notice.path("figures").path("answers").asInt()).isEqualTo(5);
        var id = notice.path("id").asString();
        var judgements = done(ann, get(own(campaign, "/notices/" + id + "/judgements")));
        assertThat(judgements.json().size()).isEqualTo(5);
        assertThat(judgements.json().get(0).path("standing").asString()).isEqualTo("LOOKED_AT");
        assertThat(judgements.json().get(0).path("answers").isObject()).isTrue();
        assertThat(judgements.json().get(0).path("pair").isNull()).isTrue();
        for (var shown : List.of(mine.toString(), judgements.body())) {
            assertThat(shown)
                    .doesNotContain(
                            "stratum",
                            "known",
                            "editor",
                            "model\"",
                            lead.id().toString(),
                            bob.id().toString());
        }

        // nobody else's business
        assertThat(http.send(bob, get(own(campaign, "/notices/" + id + "/judgements")))
                        .problem())
                .isEqualTo("404 unknown_notice");
        var appeal = "{\"text\": \"The second edit of the red car is better.\"}";
        assertThat(http.send(bob, json(post(own(campaign, "/notices/" + id + "/appeal")), appeal))
                        .problem())
                .isEqualTo("404 unknown_notice");
        for (var forbidden : List.of(
                get(in(campaign, "/annotators/" + ann.id())),
                json(put(in(campaign, "/annotators/" + bob.id() + "/pause")), "{\"reason\": \"x\"}"),
                get(in(campaign, "/annotator-rules")),
                get(in(campaign, "/notices/" + id + "/judgements")))) {
            assertThat(http.send(ann, forbidden).problem()).isEqualTo("403 not_a_member");
        }

        assertThat(http.send(ann, json(post(own(campaign, "/notices/" + id + "/appeal")), "{\"text\": \" \"}"))
                        .problem())
                .isEqualTo("422 invalid_text text");
        done(ann, json(post(own(campaign, "/notices/" + id + "/appeal")), appeal));
        assertThat(http.send(ann, json(post(own(campaign, "/notices/" + id + "/appeal")), appeal))
                        .problem())
                .isEqualTo("409 appealed_already");
        var disputed =
                jdbc.sql("SELECT pair_id FROM suspended_gold").query(UUID.class).list();
        assertThat(disputed).hasSize(5);
        answerGoldWrongly(bob, campaign, 3);
        assertThat(jdbc.sql("SELECT pair_id FROM label WHERE annotator_id = ? AND stratum = 'GOLD'")
                        .param(bob.id())
                        .query(UUID.class)
                        .list())
                .as("suspended gold is handed out to nobody")
                .doesNotContainAnyElementsOf(disputed);
        assertThat(done(lead, get(in(campaign, "/annotators"))).json().toString())
                .as("and counts for nobody")
                .contains("\"answers\":3")
                .doesNotContain("\"answers\":5");

        watch.look(() -> false);
        assertThat(alerts.list(lead, campaign, Alert.State.OPEN))
                .filteredOn(alert -> alert.kind() == AlertKind.APPEAL_WAITING)
                .hasSize(1);
        state(campaign, "CLOSED");
        watch.look(() -> false);
        assertThat(alerts.list(lead, campaign, Alert.State.OPEN))
                .as("a closed campaign still owes an answer")
                .extracting(Alert::kind)
                .containsExactly(AlertKind.APPEAL_WAITING);
        state(campaign, "OPEN");
        assertThat(gold.of(lead, campaign))
                .filteredOn(each -> each.state() == GoldHealth.State.SUSPENDED)
                .hasSize(5)
                .allSatisfy(each -> assertThat(each.disputedBy()).isEqualTo(ann.id()));
        assertThat(http.send(lead, delete(in(campaign, "/annotators/" + ann.id() + "/pause")))
                        .problem())
                .isEqualTo("409 appeal_waiting");
        assertThat(http.send(lead, json(put(in(campaign, "/notices/" + id + "/appeal/answer")), "{\"lift\": true}"))
                        .problem())
                .isEqualTo("422 invalid_text text");
        done(
                lead,
                json(
                        put(in(campaign, "/notices/" + id + "/appeal/answer")),
                        "{\"lift\": true, \"text\": \"You are right.\"}"));
        var told = done(ann, get(own(campaign, ""))).json().path("notices").get(0);
        assertThat(told.path("appeal").path("answer").asString()).isEqualTo("You are right.");
        assertThat(told.path("appeal").path("answeredBy").isNull()).isTrue();
        assertThat(jdbc.sql("SELECT count(*) FROM suspended_gold")
                        .query(Long.class)
                        .single())
                .isZero();
        assertThat(assignments.claim(ann, campaign, 1).assignments()).hasSize(1);

        // the same evidence is done with
        rules.look(() -> false);
        labels.submit(
                ann, wrong(assignments.claim(ann, campaign, 1).assignments().getFirst()));
        rules.look(() -> false);
        assertThat(done(ann, get(own(campaign, ""))).json().path("notices")).hasSize(1);
    }

    private void state(UUID campaign, String state) {
        jdbc.sql("UPDATE campaign SET state = ? WHERE id = ?")
                .params(state, campaign)
                .update();
    }

    @Test
    void gold_of_who_is_paused_is_lost_with_the_rest_and_is_not_known_by_what_stays() throws Exception {
        var campaign = fixture.campaign(12, 0, 8);
        jdbc.sql("UPDATE campaign SET gold_rate = 0.5 WHERE id = ?")
                .param(campaign)
                .update();
        var ann = fixture.newcomer(campaign);
        var bob = fixture.newcomer(campaign);
        for (int count = 1; leased(ann, "slot IS NULL") == 0 || leased(ann, "slot IS NOT NULL") == 0; count++) {
            assignments.claim(ann, campaign, count);
        }
        done(lead, json(put(in(campaign, "/annotators/" + ann.id() + "/pause")), "{\"reason\": \"Let us talk.\"}"));
        jdbc.sql("UPDATE assignment SET expires_at = now() - interval '1 minute' WHERE annotator_id = ?")
                .param(ann.id())
                .update();
        jdbc.sql("""
                        UPDATE slot SET expires_at = now() - interval '1 minute'
                        WHERE assignment_id IN (SELECT id FROM assignment WHERE annotator_id = ?)""").param(ann.id()).update();
        for (var held = assignments.claim(bob, campaign, 20);
                !held.assignments().isEmpty(); ) {
            for (var each : held.assignments()) {
                labels.submit(bob, TestSubmissions.rated(each, 3, 2));
            }
            held = assignments.claim(bob, campaign, 20);
        }
        assertThat(leased(ann, "true")).isZero();
        assertThat(assignments.claim(ann, campaign, 5).empty()).isEqualTo(Empty.YOU_ARE_PAUSED);
    }

    private long leased(SignedIn annotator, String condition) {
        return jdbc.sql("SELECT count(*) FROM assignment WHERE annotator_id = ? AND state = 'LEASED' AND " + condition)
                .param(annotator.id())
                .query(Long.class)
                .single();
    }

    @Test
    void who_has_left_can_be_excluded_and_nobody_decides_on_their_own_work() throws Exception {
        var campaign = fixture.campaign(6, 0, 0);
        var ann = fixture.newcomer(campaign);
        for (var held : assignments.claim(ann, campaign, 3).assignments()) {
            labels.submit(ann, TestSubmissions.rated(held, 3, 2));
        }
        var at = in(campaign, "/annotators/" + ann.id());
        done(lead, json(put(at + "/pause"), "{\"reason\": \"Let us talk.\"}"));
        done(lead, delete(in(campaign, "/members/" + ann.name())));
        var report = done(lead, get(at)).json();
        assertThat(report.path("member").asBoolean()).isFalse();
        assertThat(report.path("figures").path("labels").asInt()).isEqualTo(3);
        var exclusion = "{\"from\": \"2026-01-01\", \"reason\": \"Clicks.\"}";
        done(lead, json(put(at + "/exclusion"), exclusion));
        campaigns.addMember(admin(), campaign, ann.name(), MemberRole.LEAD);
        for (var own :
                List.of(delete(at + "/pause"), json(put(at + "/exclusion"), exclusion), delete(at + "/exclusion"))) {
            assertThat(http.send(ann, own).problem()).isEqualTo("403 own_case");
        }
    }

    @Test
    void a_lead_pauses_with_a_reason_between_claim_and_answer_and_no_answer_is_lost() throws Exception {
        var campaign = fixture.campaign(6, 0, 0);
        var ann = fixture.newcomer(campaign);
        var skipped = assignments.claim(ann, campaign, 1).assignments().getFirst();
        labels.submit(ann, TestSubmissions.skip(skipped, null));
        var held = assignments.claim(ann, campaign, 1).assignments().getFirst();
        var at = in(campaign, "/annotators/" + ann.id());
        assertThat(http.send(lead, json(put(at + "/pause"), "{}")).problem()).isEqualTo("422 invalid_reason reason");
        done(lead, json(put(at + "/pause"), "{\"reason\": \"Let us talk first.\"}"));
        assertThat(http.send(lead, json(put(at + "/pause"), "{\"reason\": \"Again.\"}"))
                        .problem())
                .isEqualTo("409 paused_already");
        assertThatThrownBy(() -> assignments.renew(ann, skipped.id()))
                .as("what they gave back they do not get again")
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo("you_are_paused"));
        assertThat(assignments.renew(ann, held.id()).token()).isEqualTo(held.token());
        // the answer and the claim in one request, as browsers send it
        var answer = TestSubmissions.rated(held, 3, 2);
        done(ann, json(post("/api/v1/annotate/labels").param("next", "5"), """
                {"id": "%s", "assignment": "%s", "token": %d, "activeMilliseconds": 1000,
                 "answers": {"instruction_following": {"left": 3, "right": 2}, "visual_quality": {"left": 3, "right": 2}}}""".formatted(
                        answer.id(), held.id(), held.token())));
        assertThat(assignments.claim(ann, campaign, 5).empty()).isEqualTo(Empty.YOU_ARE_PAUSED);
        var mine = done(ann, get(own(campaign, ""))).json().path("notices").get(0);
        assertThat(mine.path("reason").asString()).isEqualTo("Let us talk first.");
        assertThat(mine.path("by").isNull()).isTrue();
        assertThat(done(lead, get(at)).json().path("notices").get(0).path("by").asString())
                .isEqualTo(lead.displayName());
        done(lead, delete(at + "/pause").param("reason", "All is well."));
        assertThat(assignments.claim(ann, campaign, 2).assignments()).hasSize(2);
        assertThat(http.send(lead, delete(at + "/pause")).problem()).isEqualTo("409 not_paused");
        var stranger = fixture.person(Role.ANNOTATOR);
        assertThat(http.send(
                                lead,
                                json(
                                        put(in(campaign, "/annotators/" + stranger.id() + "/pause")),
                                        "{\"reason\": \"x\"}"))
                        .problem())
                .isEqualTo("404 unknown_annotator");
    }

    @Test
    void excluded_labels_leave_export_training_and_agreement_and_come_back() throws Exception {
        var people = new CampaignFixture(jdbc, accounts);
        var campaign = people.campaign("edit-preference-v1", 6, 2);
        campaigns.addMember(admin(), campaign, lead.name(), MemberRole.LEAD);
        var both = people.annotators(campaign, 2);
        for (var annotator : both) {
            for (var held : assignments.claim(annotator, campaign, 6).assignments()) {
                labels.submit(annotator, TestSubmissions.rated(held, 4, 1));
            }
        }
        var ann = both.getFirst();
        var at = in(campaign, "/annotators/" + ann.id() + "/exclusion");
        assertThat(held(campaign)).containsExactly(12, 12L, 12L);
        jdbc.sql("""
                        INSERT INTO training_run (campaign_id, state, trigger, snapshot_id)
                        SELECT campaign_id, 'FINISHED', 'LABELS', id FROM dataset_snapshot WHERE campaign_id = ?""").param(campaign).update();
        assertThat(sinceTraining(campaign)).containsExactly(0L, 0L);
        var today = LocalDate.now(ZoneOffset.UTC);
        assertThat(http.send(lead, json(put(at), "{\"from\": \"%s\", \"reason\": \"x\"}".formatted(today.plusDays(2))))
                        .problem())
                .isEqualTo("422 invalid_day from");
        done(lead, json(put(at), "{\"from\": \"%s\", \"reason\": \"Clicks.\"}".formatted(today.minusDays(1))));
        assertThat(sinceTraining(campaign))
                .as("what was learnt and is left out now is a change")
                .containsExactly(6L, 6L);
        assertThat(held(campaign)).containsExactly(6, 6L, 6L);
        assertThat(done(lead, get(in(campaign, "/exclusions")))
                        .json()
                        .get(0)
                        .path("annotator")
                        .asString())
                .isEqualTo(ann.id().toString());
        assertThat(http.send(ann, get(in(campaign, "/exclusions"))).problem()).isEqualTo("403 not_a_member");
        assertThat(jdbc.sql("SELECT count(*) FROM current_label WHERE campaign_id = ?")
                        .param(campaign)
                        .query(Long.class)
                        .single())
                .as("the labels stay")
                .isEqualTo(12);
        assertThat(export(campaign, "excluded=include")).isEqualTo(12);
        done(lead, delete(at));
        assertThat(sinceTraining(campaign)).containsExactly(0L, 0L);
        assertThat(held(campaign)).containsExactly(12, 12L, 12L);
        assertThat(http.send(lead, delete(at)).problem()).isEqualTo("409 not_excluded");
    }

    /** As trainings are started by, and as pages show it. */
    private List<Long> sinceTraining(UUID campaign) {
        return List.of(
                jdbc.sql("SELECT labels FROM labels_since_training WHERE campaign_id = ?")
                        .param(campaign)
                        .query(Long.class)
                        .single(),
                counts.of(campaign).labelsSinceTraining());
    }

    /** Labels in a training, in an export and in agreement. */
    private List<Object> held(UUID campaign) throws Exception {
        return List.of(
                snapshots.freeze(campaign).labels(),
                export(campaign, "simulated=include"),
                agreement.current(campaign).strata().stream()
                        .mapToLong(stratum -> stratum.labels())
                        .max()
                        .orElse(0));
    }

    private long export(UUID campaign, String filter) throws Exception {
        return done(lead, get(in(campaign, "/export")).param("format", "jsonl").param("filter", filter))
                .body()
                .lines()
                .count();
    }

    private SignedIn admin() {
        return accounts.createAccount("a" + UUID.randomUUID(), "Somebody", Role.ADMIN, null)
                .account();
    }

    @Test
    void who_is_sent_to_the_test_again_gets_nothing_new_before_they_pass_and_who_is_exempt_is_not_sent()
            throws Exception {
        var campaign = fixture.campaign(6, 2, 0);
        var ann = fixture.newcomer(campaign);
        jdbc.sql("""
                        INSERT INTO qualification_attempt
                            (campaign_id, account_id, number, protocol_sha256, pass_mark, finished_at, score, passed)
                        SELECT id, ?, 1, protocol_sha256, 0.7, now(), 1, true FROM campaign WHERE id = ?""").params(ann.id(), campaign).update();
        var held = assignments.claim(ann, campaign, 2).assignments();
        labels.submit(ann, TestSubmissions.rated(held.getFirst(), 3, 2));
        var at = in(campaign, "/annotators/" + ann.id());
        assertThat(done(lead, get(at)).json().path("mayRetrain").asBoolean()).isTrue();
        done(lead, json(post(at + "/retraining"), "{\"reason\": \"The guideline was misread.\"}"));

        assertThat(assignments.claim(ann, campaign, 5).assignments())
                .extracting(AssignmentView::id)
                .containsExactly(held.getLast().id());
        var standing = "/api/v1/annotate/campaigns/" + campaign + "/qualification";
        assertThat(done(ann, get(standing)).json().path("holding").asBoolean()).isTrue();
        labels.submit(ann, TestSubmissions.rated(held.getLast(), 3, 2));
        var again = done(ann, get(standing)).json();
        assertThat(again.path("holding").asBoolean()).isFalse();
        assertThat(again.path("again").asString()).isEqualTo("The guideline was misread.");
        assertThat(done(ann, get(own(campaign, "")))
                        .json()
                        .path("retraining")
                        .path("reason")
                        .asString())
                .isEqualTo("The guideline was misread.");
        assertThatThrownBy(() -> assignments.claim(ann, campaign, 5))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo("not_qualified"));
        assertThat(http.send(lead, json(post(at + "/retraining"), "{\"reason\": \"Again.\"}"))
                        .problem())
                .isEqualTo("409 nothing_to_repeat");
        jdbc.sql("""
                        INSERT INTO qualification_attempt
                            (campaign_id, account_id, number, protocol_sha256, pass_mark, finished_at, score, passed)
                        SELECT id, ?, 2, protocol_sha256, 0.7, now(), 1, true FROM campaign WHERE id = ?""").params(ann.id(), campaign).update();
        assertThat(assignments.claim(ann, campaign, 2).assignments()).hasSize(2);

        var simulated =
                new CampaignFixture(jdbc, accounts).annotators(campaign, 1).getFirst();
        // one who went through the set all the same
        jdbc.sql("""
                        INSERT INTO qualification_attempt
                            (campaign_id, account_id, number, protocol_sha256, pass_mark, finished_at, score, passed)
                        SELECT id, ?, 1, protocol_sha256, 0.7, now(), 1, true FROM campaign WHERE id = ?""").params(simulated.id(), campaign).update();
        var of = done(lead, get(in(campaign, "/annotators/" + simulated.id()))).json();
        assertThat(of.path("mayRetrain").asBoolean()).isFalse();
        assertThat(http.send(
                                lead,
                                json(
                                        post(in(campaign, "/annotators/" + simulated.id() + "/retraining")),
                                        "{\"reason\": \"x\"}"))
                        .problem())
                .isEqualTo("409 nothing_to_repeat");
    }

    @Test
    void rules_out_of_range_are_named_and_change_nothing() throws Exception {
        var campaign = fixture.campaign(1, 0, 0);
        for (var each : Map.of(
                        "{\"gold\": {\"below\": 0, \"last\": 20, \"action\": \"WARN\"}}", "gold.below",
                        "{\"fast\": {\"seconds\": 3, \"last\": 4, \"action\": \"WARN\"}}", "fast.last",
                        "{\"skips\": {\"inARow\": 1, \"action\": \"WARN\"}}", "skips.inARow")
                .entrySet()) {
            assertThat(http.send(lead, json(put(in(campaign, "/annotator-rules")), each.getKey()))
                            .problem())
                    .isEqualTo("422 invalid_rules " + each.getValue());
        }
        assertThat(done(lead, get(in(campaign, "/annotator-rules")))
                        .json()
                        .path("gold")
                        .isNull())
                .isTrue();
    }

    @Test
    void rules_that_somebody_else_has_changed_meanwhile_are_not_overwritten() throws Exception {
        var campaign = fixture.campaign(1, 0, 0);
        var at = in(campaign, "/annotator-rules");
        var read = '"' + AnnotatorRules.NONE.tag() + '"';
        var drift = "{\"drift\": {\"action\": \"WARN\"}}";
        done(lead, json(put(at), drift).header("If-Match", read));
        assertThat(http.send(lead, json(put(at), "{}").header("If-Match", read)).problem())
                .isEqualTo("412 changed_meanwhile");
        assertThat(done(lead, get(at)).json().path("drift").isObject()).isTrue();
    }
}
