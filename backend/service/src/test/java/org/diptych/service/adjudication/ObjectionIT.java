package org.diptych.service.adjudication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.util.Map;
import java.util.UUID;
import org.diptych.service.HttpFixture;
import org.diptych.service.ServiceTest;
import org.diptych.service.account.SignedIn;
import org.diptych.service.quality.KnownAnswers;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.context.WebApplicationContext;
import tools.jackson.databind.json.JsonMapper;

/** What annotators learn from a verdict, what they say against it, and what a lead makes of that: as programs see it. */
@ServiceTest
@NullUnmarked
class ObjectionIT {
    @Autowired
    private Adjudications adjudications;

    @Autowired
    private AdjudicationQueue queue;

    @Autowired
    private KnownAnswers known;

    @Autowired
    private Objections objections;

    @Autowired
    private JdbcClient jdbc;

    private HttpFixture http;
    private DisputedCampaign campaign;
    private UUID pair;
    private UUID verdict;
    private SignedIn overruled;

    /** One pair whose first annotator is overruled, with gold made of it. */
    @BeforeEach
    void a_verdict(@Autowired WebApplicationContext context) {
        http = new HttpFixture(context);
        campaign = new DisputedCampaign(context);
        campaign.disagreeOn(1);
        pair = campaign.pair(1);
        overruled = campaign.annotators.get(0);
        var decision =
                campaign.forSecond(adjudications.of(campaign.lead, campaign.id, pair), "Look at the left corner.");
        verdict = adjudications.decide(
                campaign.lead,
                campaign.id,
                pair,
                new Decision(decision.protocolSha256(), null, decision.answers(), decision.reason(), true));
    }

    private HttpFixture.Answer lessons(SignedIn who) throws Exception {
        return http.send(who, get("/api/v1/annotate/campaigns/" + campaign.id + "/lessons"));
    }

    private HttpFixture.Answer object(SignedIn who, String words) throws Exception {
        return http.send(
                who,
                post("/api/v1/annotate/campaigns/" + campaign.id + "/lessons/" + verdict + "/objection")
                        .contentType(MediaType.APPLICATION_JSON)
                        .content(JsonMapper.shared().writeValueAsString(Map.of("words", words))));
    }

    private HttpFixture.Answer answer(SignedIn who, String body) throws Exception {
        var id = objections.waiting(campaign.lead, campaign.id, 5).getFirst().id();
        return http.send(
                who,
                post("/api/v1/campaigns/" + campaign.id + "/objections/" + id)
                        .contentType(MediaType.APPLICATION_JSON)
                        .content(body));
    }

    @Test
    void who_was_overruled_learns_where_and_why_and_nobody_else_and_nobody_by_whom() throws Exception {
        var lesson = lessons(overruled).json().path(0);
        assertThat(lesson.path("reason").asString()).isEqualTo("Look at the left corner.");
        assertThat(lesson.path("overruled")).hasSize(2);
        assertThat(lesson.path("own").path("visual_quality"))
                .isNotEqualTo(lesson.path("decided").path("visual_quality"));
        assertThat(lesson.path("mayObject").asBoolean()).isTrue();
        assertThat(lesson.toString())
                .doesNotContain(
                        "editor-", campaign.lead.name(), campaign.lead.id().toString());

        assertThat(lessons(campaign.annotators.get(1)).json()).isEmpty();
        assertThat(lessons(campaign.annotators.get(2)).json()).isEmpty();
    }

    @Test
    void an_objection_is_made_once_by_who_was_overruled_and_waits_for_a_lead() throws Exception {
        assertThat(object(campaign.annotators.get(1), "No.").problem()).isEqualTo("404 unknown_lesson");
        assertThat(object(overruled, "  ").problem()).isEqualTo("422 invalid_text words");
        assertThat(object(overruled, "x".repeat(2_001)).problem()).isEqualTo("422 invalid_text words");
        assertThat(object(overruled, "The corner is the same.").status()).isEqualTo(204);
        assertThat(object(overruled, "And again.").problem()).isEqualTo("409 objected_already");

        assertThat(objections.open(campaign.lead, campaign.id)).isEqualTo(1);
        var lesson = lessons(overruled).json().path(0);
        assertThat(lesson.path("objection").path("words").asString()).isEqualTo("The corner is the same.");
        assertThat(lesson.path("mayObject").asBoolean()).isFalse();
        assertThat(queue.waiting(campaign.lead, campaign.id)).isZero();
    }

    @Test
    void accepted_the_verdict_falls_with_its_gold_and_the_pair_waits_in_front() throws Exception {
        object(overruled, "The corner is the same.");
        assertThat(answer(campaign.lead, "{\"accepted\": true}").status()).isEqualTo(204);

        assertThat(queue.next(campaign.lead, campaign.id, 5)).singleElement().satisfies(waiting -> {
            assertThat(waiting.pair()).isEqualTo(pair);
            assertThat(waiting.again()).isTrue();
        });
        assertThat(known.list(campaign.lead, campaign.id)).isEmpty();
        assertThat(objections.open(campaign.lead, campaign.id)).isZero();
        var read = adjudications.of(campaign.lead, campaign.id, pair);
        assertThat(read.verdict().holds()).isFalse();
        assertThat(read.verdict().objections()).containsExactly("The corner is the same.");

        // decided again the same way: the annotator has had their objection
        verdict = adjudications.decide(campaign.lead, campaign.id, pair, campaign.forSecond(read, "It is not."));
        assertThat(object(overruled, "Once more.").problem()).isEqualTo("409 objected_already");
        assertThat(queue.waiting(campaign.lead, campaign.id)).isZero();
    }

    @Test
    void rejected_with_a_reason_the_verdict_stands_and_the_annotator_reads_it() throws Exception {
        object(overruled, "The corner is the same.");
        assertThat(answer(campaign.lead, "{\"accepted\": false}").problem()).isEqualTo("422 reason_required reason");
        var id = objections.waiting(campaign.lead, campaign.id, 5).getFirst().id();
        assertThat(answer(campaign.lead, "{\"accepted\": false, \"reason\": \"Zoom in.\"}")
                        .status())
                .isEqualTo(204);
        assertThat(http.send(
                                campaign.lead,
                                post("/api/v1/campaigns/" + campaign.id + "/objections/" + id)
                                        .contentType(MediaType.APPLICATION_JSON)
                                        .content("{\"accepted\": true}"))
                        .problem())
                .isEqualTo("409 changed_meanwhile");

        var objection = lessons(overruled).json().path(0).path("objection");
        assertThat(objection.path("accepted").asBoolean(true)).isFalse();
        assertThat(objection.path("answer").asString()).isEqualTo("Zoom in.");
        assertThat(queue.waiting(campaign.lead, campaign.id)).isZero();
    }

    @Test
    void the_reply_reaches_an_annotator_who_has_corrected_the_answer_meanwhile() throws Exception {
        object(overruled, "The corner is the same.");
        correct();
        answer(campaign.lead, "{\"accepted\": false, \"reason\": \"Zoom in.\"}");

        assertThat(lessons(overruled).json())
                .singleElement()
                .satisfies(lesson -> assertThat(
                                lesson.path("objection").path("answer").asString())
                        .isEqualTo("Zoom in."));
    }

    /** Both edits are the same to the annotator now. */
    private void correct() throws Exception {
        var former = jdbc.sql("""
                        SELECT l.id, l.assignment_id, a.fencing_token FROM label l JOIN assignment a ON a.id = l.assignment_id
                        WHERE l.pair_id = ? AND l.annotator_id = ?""").params(pair, overruled.id()).query().singleRow();
        var alike = Map.of("left", 3, "right", 3);
        var correction = Map.of(
                "id", UUID.randomUUID(),
                "assignment", former.get("assignment_id"),
                "token", former.get("fencing_token"),
                "answers", Map.of("instruction_following", alike, "visual_quality", alike),
                "activeMilliseconds", 1_000,
                "supersedes", former.get("id"));
        var stored = http.send(
                overruled,
                post("/api/v1/annotate/labels")
                        .contentType(MediaType.APPLICATION_JSON)
                        .content(JsonMapper.shared().writeValueAsString(correction)));
        assertThat(stored.status()).isEqualTo(201);
    }

    @Test
    void an_adjudicator_sees_the_queue_and_its_pairs_and_no_other_page_of_the_campaign() throws Exception {
        var adjudicator = campaign.member("ADJUDICATOR");
        var in = "/api/v1/campaigns/" + campaign.id;
        for (var door : new String[] {"/adjudications", "/adjudications/" + pair}) {
            var answer = http.send(adjudicator, get(in + door));
            assertThat(answer.status()).as(door).isEqualTo(200);
            assertThat(answer.json().toString())
                    .doesNotContain("editor-", "annotator-", "UNIFORM", "stratum", ".png\"");
        }
        for (var door : new String[] {"/pairs/" + pair, "/agreement", "/members", "/objections", "/queue", "/export"}) {
            assertThat(http.send(adjudicator, get(in + door)).status()).as(door).isEqualTo(403);
        }
        for (var door : new String[] {"", "/lessons", "/labels"}) {
            assertThat(http.send(adjudicator, get("/api/v1/annotate/campaigns/" + campaign.id + door))
                            .status())
                    .as(door)
                    .isEqualTo(403);
        }
        assertThat(http.send(overruled, get(in + "/adjudications")).problem()).isEqualTo("403 not_a_member");
    }
}
