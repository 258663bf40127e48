package org.diptych.service.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.delete;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.put;

import jakarta.servlet.Filter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import org.diptych.service.QualificationFixture;
import org.diptych.service.ServiceTest;
import org.diptych.service.account.AccountService;
import org.diptych.service.account.ApiTokenService;
import org.diptych.service.account.SignedIn;
import org.diptych.service.campaign.CampaignImport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.context.WebApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Gold as it is seen from outside: the annotator's screen and the lead's. */
@ServiceTest
class GoldHttpIT {
    @Autowired
    AccountService accounts;

    @Autowired
    ApiTokenService tokens;

    @Autowired
    CampaignImport imports;

    @Autowired
    JdbcClient jdbc;

    private final Map<UUID, String> tokenOf = new HashMap<>();
    private MockMvc http;
    private QualificationFixture fixture;
    private UUID campaign;
    private SignedIn ann;

    @BeforeEach
    void a_campaign_with_much_gold(
            @Autowired WebApplicationContext context, @Autowired @Qualifier("springSecurityFilterChain") Filter filter)
            throws Exception {
        http = MockMvcBuilders.webAppContextSetup(context).addFilters(filter).build();
        fixture = new QualificationFixture(jdbc, accounts, imports);
        campaign = fixture.campaign(40, 0, 20);
        jdbc.sql("UPDATE campaign SET gold_rate = 0.5 WHERE id = ?")
                .param(campaign)
                .update();
        ann = fixture.newcomer(campaign);
    }

    private MockHttpServletResponse send(SignedIn who, MockHttpServletRequestBuilder request) throws Exception {
        var token = tokenOf.computeIfAbsent(
                who.id(), id -> tokens.create(who, "test").token());
        return http.perform(request.header("Authorization", "Bearer " + token))
                .andReturn()
                .getResponse();
    }

    private MockHttpServletResponse send(SignedIn who, MockHttpServletRequestBuilder request, String body)
            throws Exception {
        return send(who, request.contentType(MediaType.APPLICATION_JSON).content(body));
    }

    private static JsonNode json(MockHttpServletResponse response) throws Exception {
        return JsonMapper.shared().readTree(response.getContentAsString(StandardCharsets.UTF_8));
    }

    private String annotate(String path) {
        return "/api/v1/annotate/campaigns/" + campaign + path;
    }

    private String lead(String path) {
        return "/api/v1/campaigns/" + campaign + path;
    }

    private boolean isGold(JsonNode assignment) {
        return jdbc.sql("SELECT known_answer_id IS NOT NULL FROM assignment WHERE id = ?")
                .param(UUID.fromString(assignment.path("id").asString()))
                .query(Boolean.class)
                .single();
    }

    private MockHttpServletResponse submit(JsonNode assignment, int left, int right) throws Exception {
        var rating = "{\"left\": " + left + ", \"right\": " + right + "}";
        return send(ann, post("/api/v1/annotate/labels"), """
                {"id": "%s", "assignment": "%s", "token": %s, "activeMilliseconds": 1000,
                 "answers": {"instruction_following": %s, "visual_quality": %s}}""".formatted(
                        UUID.randomUUID(), assignment.path("id").asString(), assignment.path("token"), rating, rating));
    }

    /** The shape of a response: status, headers with their values, and the paths and types of its JSON. */
    private static String shape(MockHttpServletResponse response) throws Exception {
        var headers = new TreeSet<String>();
        for (var name : response.getHeaderNames()) {
            headers.add(name.equals("Content-Length") ? name : name + "=" + response.getHeaders(name));
        }
        var paths = new TreeSet<String>();
        paths(json(response), "", paths);
        return response.getStatus() + " " + headers + " " + paths;
    }

    private static void paths(JsonNode node, String path, TreeSet<String> paths) {
        paths.add(path + ":" + node.getNodeType());
        node.properties().forEach(entry -> paths(entry.getValue(), path + "." + entry.getKey(), paths));
        if (node.isArray()) {
            node.forEach(element -> paths(element, path + "[]", paths));
        }
    }

    @Test
    void nothing_in_an_answer_tells_gold_from_any_other_pair() throws Exception {
        var shapes = new HashMap<Boolean, TreeSet<String>>();
        for (int i = 0; i < 24; i++) {
            var claim = send(ann, post(annotate("/claims")), "{\"count\": 1}");
            var assignment = json(claim).path("assignments").path(0);
            boolean gold = isGold(assignment);
            var heartbeat = send(
                    ann,
                    post("/api/v1/annotate/assignments/" + assignment.path("id").asString() + "/heartbeat"),
                    "{\"token\": " + assignment.path("token") + "}");
            var renewal = send(
                    ann,
                    post("/api/v1/annotate/assignments/" + assignment.path("id").asString() + "/renewal"),
                    "{}");
            var submitted = submit(assignment, 3, 2);
            assertThat(submitted.getStatus()).isEqualTo(201);
            shapes.computeIfAbsent(gold, unused -> new TreeSet<>())
                    .add(shape(claim) + shape(heartbeat) + shape(renewal) + shape(submitted));
            assertThat(claim.getContentAsString() + submitted.getContentAsString())
                    .doesNotContainIgnoringCase("gold")
                    .doesNotContainIgnoringCase("known")
                    .doesNotContain("missed a part", "feedback");
        }
        assertThat(shapes).containsOnlyKeys(true, false);
        assertThat(shapes.get(true)).hasSize(1).isEqualTo(shapes.get(false));
        var own = send(ann, get(annotate("/labels"))).getContentAsString();
        assertThat(own).doesNotContainIgnoringCase("gold").doesNotContainIgnoringCase("known");
    }

    @Test
    void what_is_known_is_in_no_metadata_and_at_no_door_of_annotators() throws Exception {
        assertThat(jdbc.sql("SELECT count(*) FROM item WHERE campaign_id = ? AND metadata <> '{}'")
                        .param(campaign)
                        .query(Integer.class)
                        .single())
                .isZero();
        for (var door : List.of("/gold", "/known-answers", "/known-answers/proposals", "/annotators")) {
            assertThat(send(ann, get(lead(door))).getStatus()).as(door).isEqualTo(403);
            assertThat(send(fixture.lead, get(lead(door))).getStatus()).as(door).isEqualTo(200);
        }
        assertThat(send(ann, put(lead("/gold")), "{\"rate\": 0, \"feedback\": \"NONE\"}")
                        .getStatus())
                .isEqualTo(403);
    }

    @Test
    void feedback_comes_only_when_the_campaign_gives_it_and_a_correction_does_not_improve_the_accuracy()
            throws Exception {
        assertThat(send(fixture.lead, put(lead("/gold")), "{\"rate\": 0.5, \"feedback\": \"AFTER_SUBMIT\"}")
                        .getStatus())
                .isEqualTo(200);
        int answered = 0;
        while (answered < 3) {
            var assignment = json(send(ann, post(annotate("/claims")), "{\"count\": 1}"))
                    .path("assignments")
                    .path(0);
            var receipt = json(submit(assignment, 2, 2));
            if (!isGold(assignment)) {
                assertThat(receipt.has("feedback")).isFalse();
                continue;
            }
            answered++;
            var feedback = receipt.path("feedback");
            assertThat(feedback.at("/reason/zh").asString()).isEqualTo("第二个漏了一部分。");
            // known: 4 and 4 against 2 and 3; a tie of 2 and 2 is wrong on both
            assertThat(feedback.path("scores").toString())
                    .isEqualTo("{\"instruction_following\":0.0,\"visual_quality\":0.0}");
            boolean swapped = jdbc.sql("SELECT swapped FROM assignment WHERE id = ?")
                    .param(UUID.fromString(assignment.path("id").asString()))
                    .query(Boolean.class)
                    .single();
            var sides = feedback.at("/answers/instruction_following");
            assertThat(sides.path(swapped ? "right" : "left").intValue()).isEqualTo(4);
            assertThat(sides.path(swapped ? "left" : "right").intValue()).isEqualTo(2);

            var better = swapped ? "{\"left\": 2, \"right\": 4}" : "{\"left\": 4, \"right\": 2}";
            var correction = send(ann, post("/api/v1/annotate/labels"), """
                    {"id": "%s", "assignment": "%s", "token": %s, "activeMilliseconds": 1, "supersedes": "%s",
                     "answers": {"instruction_following": %s, "visual_quality": %s}}""".formatted(
                            UUID.randomUUID(),
                            assignment.path("id").asString(),
                            assignment.path("token"),
                            receipt.path("id").asString(),
                            better,
                            better));
            assertThat(json(correction).path("status").asString()).isEqualTo("accepted");
        }
        var gold = json(send(fixture.lead, get(lead("/annotators")))).path(0).path("gold");
        assertThat(gold.path("answers").intValue()).isEqualTo(3);
        assertThat(gold.path("mean").doubleValue()).isZero();
        assertThat(gold.path("high").doubleValue()).isBetween(0.5, 0.6);
    }

    @Test
    void a_lead_makes_a_labelled_pair_gold_and_takes_it_back() throws Exception {
        var labelled = new ArrayList<UUID>();
        while (labelled.isEmpty()) {
            var assignment = json(send(ann, post(annotate("/claims")), "{\"count\": 1}"))
                    .path("assignments")
                    .path(0);
            submit(assignment, 4, 1);
            if (!isGold(assignment)) {
                labelled.add(jdbc.sql("SELECT pair_id FROM assignment WHERE id = ?")
                        .param(UUID.fromString(assignment.path("id").asString()))
                        .query(UUID.class)
                        .single());
            }
        }
        var pair = labelled.getFirst();
        var open = jdbc.sql("SELECT pair_id FROM slot WHERE campaign_id = ? AND state = 'OPEN' LIMIT 1")
                .param(campaign)
                .query(UUID.class)
                .single();
        assertThat(json(send(fixture.lead, put(lead("/known-answers/" + open)), "{}"))
                        .path("code")
                        .asString())
                .isEqualTo("pair_not_complete");
        assertThat(send(ann, put(lead("/known-answers/" + pair)), "{}").getStatus())
                .isEqualTo(403);

        assertThat(send(fixture.lead, put(lead("/known-answers/" + pair)), "{\"reason\": \"All agree.\"}")
                        .getStatus())
                .isEqualTo(204);
        var known = json(send(fixture.lead, get(lead("/known-answers")))).path(0);
        assertThat(known.path("pair").asString()).isEqualTo(pair.toString());
        assertThat(known.path("origin").asString()).isEqualTo("CONSENSUS");
        assertThat(known.path("createdBy").asString()).isEqualTo(fixture.lead.name());
        assertThat(known.at("/reason/en").asString()).isEqualTo("All agree.");

        var own = "{\"answers\": {\"instruction_following\": {\"first\": 1, \"second\": 4},"
                + " \"visual_quality\": {\"first\": 2, \"second\": 2}}}";
        assertThat(send(fixture.lead, put(lead("/known-answers/" + pair)), own).getStatus())
                .isEqualTo(204);
        known = json(send(fixture.lead, get(lead("/known-answers")))).path(0);
        assertThat(known.path("version").intValue()).isEqualTo(2);
        assertThat(known.path("origin").asString()).isEqualTo("LEAD");

        // the label that was there before keeps its stratum: it was given when nobody knew
        assertThat(jdbc.sql("SELECT stratum FROM label WHERE pair_id = ?")
                        .param(pair)
                        .query(String.class)
                        .single())
                .isNotEqualTo("GOLD");
        assertThat(send(fixture.lead, delete(lead("/known-answers/" + pair))).getStatus())
                .isEqualTo(204);
        assertThat(json(send(fixture.lead, delete(lead("/known-answers/" + pair))))
                        .path("code")
                        .asString())
                .isEqualTo("nothing_known");
        assertThat(jdbc.sql("SELECT count(*) FROM known_answer WHERE pair_id = ?")
                        .param(pair)
                        .query(Integer.class)
                        .single())
                .isEqualTo(3);
    }
}
