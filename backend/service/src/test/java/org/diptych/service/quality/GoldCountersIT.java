package org.diptych.service.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import jakarta.servlet.Filter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.diptych.service.QualificationFixture;
import org.diptych.service.ServiceTest;
import org.diptych.service.account.AccountService;
import org.diptych.service.account.ApiTokenService;
import org.diptych.service.account.SignedIn;
import org.diptych.service.campaign.AnnotatorCampaign;
import org.diptych.service.campaign.CampaignImport;
import org.diptych.service.campaign.CampaignProgressService;
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

/**
 * An annotator who looks for gold in every number that the product shows them: before and after each step, in the answer to
 * it, in the campaign's document, on the home page and in their own figures. What moves, moves the same for gold and for
 * any other pair.
 */
@ServiceTest
class GoldCountersIT {
    private static final int OPEN = 40;
    private static final int ROUNDS = 16;

    @Autowired
    AccountService accounts;

    @Autowired
    ApiTokenService tokens;

    @Autowired
    CampaignImport imports;

    @Autowired
    CampaignProgressService home;

    @Autowired
    JdbcClient jdbc;

    private MockMvc http;
    private QualificationFixture fixture;
    private UUID campaign;
    private SignedIn ann;
    private String token;

    @BeforeEach
    void a_campaign_with_much_gold(
            @Autowired WebApplicationContext context, @Autowired @Qualifier("springSecurityFilterChain") Filter filter)
            throws Exception {
        http = MockMvcBuilders.webAppContextSetup(context).addFilters(filter).build();
        fixture = new QualificationFixture(jdbc, accounts, imports);
        campaign = fixture.campaign(OPEN, 0, 24);
        jdbc.sql("UPDATE campaign SET gold_rate = 0.5 WHERE id = ?")
                .param(campaign)
                .update();
        ann = fixture.newcomer(campaign);
        token = tokens.create(ann, "test").token();
    }

    private MockHttpServletResponse send(MockHttpServletRequestBuilder request, String body) throws Exception {
        return http.perform(request.header("Authorization", "Bearer " + token)
                        .contentType(MediaType.APPLICATION_JSON)
                        .content(body))
                .andReturn()
                .getResponse();
    }

    private static JsonNode json(MockHttpServletResponse response) throws Exception {
        return JsonMapper.shared().readTree(response.getContentAsString(StandardCharsets.UTF_8));
    }

    private boolean isGold(JsonNode assignment) {
        return jdbc.sql("SELECT known_answer_id IS NOT NULL FROM assignment WHERE id = ?")
                .param(UUID.fromString(assignment.path("id").asString()))
                .query(Boolean.class)
                .single();
    }

    private JsonNode claim(int count) throws Exception {
        return json(send(post("/api/v1/annotate/campaigns/" + campaign + "/claims"), "{\"count\": " + count + "}"));
    }

    private static String label(UUID id, JsonNode assignment, String rest) {
        return "{\"id\": \"%s\", \"assignment\": \"%s\", \"token\": %s, \"activeMilliseconds\": 1000, %s}"
                .formatted(id, assignment.path("id").asString(), assignment.path("token"), rest);
    }

    private static final String ANSWER = "\"answers\": {\"instruction_following\": {\"left\": 3, \"right\": 2},"
            + " \"visual_quality\": {\"left\": 3, \"right\": 2}}";
    private static final String SKIP = "\"skip\": {\"reason\": \"cannot_judge\"}";

    /** The numbers of everything that the annotator can look at. */
    private Map<String, Long> look(String where, JsonNode answer) throws Exception {
        var numbers = new HashMap<String, Long>();
        numbers(where, answer, numbers);
        numbers(
                "campaign",
                json(send(get("/api/v1/annotate/campaigns/" + campaign), "")).path("progress"),
                numbers);
        var work = json(send(get("/api/v1/annotate/campaigns/" + campaign + "/my-work"), ""));
        numbers.put("pace.labels", work.at("/pace/today/labels").longValue());
        AnnotatorCampaign card = home.annotating(ann).getFirst();
        numbers.put("home.mine", card.mine());
        numbers.put("home.today", card.today());
        numbers.put("home.open", card.open());
        return numbers;
    }

    private static void numbers(String path, JsonNode node, Map<String, Long> numbers) {
        node.properties()
                .forEach(entry -> numbers.put(
                        path + "." + entry.getKey(), entry.getValue().longValue()));
    }

    private static Map<String, Long> moved(Map<String, Long> before, Map<String, Long> after) {
        var moved = new HashMap<String, Long>();
        after.forEach((key, value) -> moved.put(key, value - before.getOrDefault(key, 0L)));
        return moved;
    }

    private JsonNode progress() throws Exception {
        return json(send(get("/api/v1/annotate/campaigns/" + campaign), "")).path("progress");
    }

    /**
     * Claims one pair and submits it, and notes how every number moved.
     *
     * @param wait whether to look again, between the two, when no cache can hold any more
     */
    private void round(String body, boolean wait, Map<Boolean, Set<Map<String, Long>>> seen) throws Exception {
        var before = look("answer", progress());
        var claim = claim(1);
        var assignment = claim.path("assignments").path(0);
        var held = look("answer", claim.path("progress"));
        if (wait) {
            Thread.sleep(2_100);
        }
        var waited = look("answer", progress());
        var receipt = json(send(post("/api/v1/annotate/labels"), label(UUID.randomUUID(), assignment, body)));
        assertThat(receipt.path("status").asString()).isEqualTo("accepted");
        var after = look("answer", receipt.path("progress"));
        var movements = new HashMap<String, Long>();
        moved(before, held).forEach((key, value) -> movements.put("claim " + key, value));
        moved(held, waited).forEach((key, value) -> movements.put("wait " + key, value));
        moved(waited, after).forEach((key, value) -> movements.put("submit " + key, value));
        seen.computeIfAbsent(isGold(assignment), gold -> new HashSet<>()).add(movements);
    }

    @Test
    void every_number_moves_the_same_way_at_the_same_time_whatever_the_pair_was() throws Exception {
        var seen = new HashMap<Boolean, Set<Map<String, Long>>>();
        for (int i = 0; i < ROUNDS; i++) {
            round(ANSWER, false, seen);
        }
        assertThat(seen).containsOnlyKeys(true, false);
        assertThat(seen.get(true)).hasSize(1).isEqualTo(seen.get(false));
        assertThat(Objects.requireNonNull(seen.get(true)))
                .allSatisfy(moves -> assertThat(moves)
                        .containsEntry("claim home.open", -1L)
                        .containsEntry("claim answer.open", -1L)
                        .containsEntry("submit answer.filled", 1L)
                        .containsEntry("submit home.mine", 1L));
    }

    @Test
    void waiting_until_counts_are_fresh_tells_nothing_either() throws Exception {
        var seen = new HashMap<Boolean, Set<Map<String, Long>>>();
        for (int i = 0; i < 5 || (i < 20 && seen.size() < 2); i++) {
            round(ANSWER, true, seen);
        }
        assertThat(seen.get(true)).hasSize(1).isEqualTo(seen.get(false));
    }

    @Test
    void skips_move_the_numbers_alike() throws Exception {
        var seen = new HashMap<Boolean, Set<Map<String, Long>>>();
        for (int i = 0; i < ROUNDS; i++) {
            round(SKIP, false, seen);
        }
        assertThat(seen.get(true)).hasSize(1).isEqualTo(seen.get(false));
    }

    @Test
    void the_home_page_and_the_workspace_say_the_same() throws Exception {
        for (int i = 1; i <= ROUNDS; i++) {
            var claim = claim(1);
            var card = home.annotating(ann).getFirst();
            assertThat(card.open())
                    .isEqualTo(claim.at("/progress/open").longValue())
                    .isEqualTo(OPEN - i);
            var assignment = claim.path("assignments").path(0);
            send(post("/api/v1/annotate/labels"), label(UUID.randomUUID(), assignment, ANSWER));
            assertThat(home.annotating(ann).getFirst().mine()).isEqualTo(i);
        }
    }

    @Test
    void the_end_of_the_queue_tells_nothing_of_what_was_skipped() throws Exception {
        var seen = new HashMap<Boolean, Set<String>>();
        for (int i = 0; i < 12; i++) {
            campaign = fixture.campaign(1, 0, 1);
            jdbc.sql("UPDATE campaign SET gold_rate = 0.5 WHERE id = ?")
                    .param(campaign)
                    .update();
            ann = fixture.newcomer(campaign);
            token = tokens.create(ann, "test").token();
            var skipped = claim(1).path("assignments").path(0);
            send(post("/api/v1/annotate/labels"), label(UUID.randomUUID(), skipped, SKIP));
            boolean gold = isGold(skipped);
            for (var next = claim(1); !next.path("assignments").isEmpty(); next = claim(1)) {
                send(
                        post("/api/v1/annotate/labels"),
                        label(UUID.randomUUID(), next.path("assignments").path(0), ANSWER));
            }
            seen.computeIfAbsent(gold, unused -> new HashSet<>())
                    .add(claim(1).path("empty").asString());
        }
        assertThat(seen).containsOnlyKeys(true, false);
        assertThat(seen.get(true)).containsExactly("skipped_by_you").isEqualTo(seen.get(false));
    }

    @Test
    void a_label_id_that_was_used_before_is_refused_alike_for_every_pair() throws Exception {
        jdbc.sql("UPDATE campaign SET gold_feedback = 'AFTER_SUBMIT' WHERE id = ?")
                .param(campaign)
                .update();
        UUID own = null;
        while (own == null) {
            var assignment = claim(1).path("assignments").path(0);
            var id = UUID.randomUUID();
            var receipt = json(send(post("/api/v1/annotate/labels"), label(id, assignment, ANSWER)));
            own = receipt.has("feedback") ? id : null;
        }
        long labels = count();
        var answers = new HashSet<String>();
        var kinds = new HashSet<Boolean>();
        List<JsonNode> held = new ArrayList<>();
        claim(12).path("assignments").forEach(held::add);
        for (var assignment : held) {
            kinds.add(isGold(assignment));
            var response = send(
                    post("/api/v1/annotate/labels"),
                    "{\"id\": \"%s\", \"assignment\": \"%s\", \"token\": 0, \"activeMilliseconds\": 0}"
                            .formatted(own, assignment.path("id").asString()));
            answers.add(response.getStatus() + response.getContentAsString());
        }
        assertThat(kinds).hasSize(2);
        assertThat(answers)
                .singleElement()
                .satisfies(answer -> assertThat(answer).startsWith("409").contains("id_taken"));
        assertThat(count()).isEqualTo(labels);
    }

    private long count() {
        return jdbc.sql("SELECT count(*) FROM label WHERE campaign_id = ?")
                .param(campaign)
                .query(Long.class)
                .single();
    }
}
