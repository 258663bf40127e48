package org.diptych.service.account;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.Filter;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.diptych.service.CampaignFixture;
import org.diptych.service.ServiceTest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.context.WebApplicationContext;

/** Every door of the interface, tried by those who may not pass it. */
@ServiceTest
class AccessIT {
    /** What only leads of the campaign may ask for. */
    private static final List<String> LEADS_ONLY = List.of(
            "GET /api/v1/campaigns/{campaign}",
            "GET /api/v1/campaigns/{campaign}/agreement",
            "GET /api/v1/campaigns/{campaign}/agreement/figures",
            "GET /api/v1/campaigns/{campaign}/agreement/between?one=ann&other=bob",
            "GET /api/v1/campaigns/{campaign}/alerts",
            "GET /api/v1/campaigns/{campaign}/alert-bounds",
            "GET /api/v1/campaigns/{campaign}/health",
            "GET /api/v1/campaigns/{campaign}/webhooks",
            "PUT /api/v1/campaigns/{campaign}/archive",
            "DELETE /api/v1/campaigns/{campaign}/archive",
            "GET /api/v1/campaigns/{campaign}/annotators",
            "GET /api/v1/campaigns/{campaign}/gold",
            "GET /api/v1/campaigns/{campaign}/known-answers",
            "GET /api/v1/campaigns/{campaign}/candidates",
            "GET /api/v1/campaigns/{campaign}/export",
            "GET /api/v1/campaigns/{campaign}/export?format=editreward-json",
            "GET /api/v1/campaigns/{campaign}/models",
            "GET /api/v1/campaigns/{campaign}/first-order",
            "GET /api/v1/campaigns/{campaign}/queue",
            "GET /api/v1/campaigns/{campaign}/objections",
            "POST /api/v1/campaigns/{campaign}/objections/00000000-0000-0000-0000-000000000000",
            "GET /api/v1/campaigns/{campaign}/members",
            "GET /api/v1/campaigns/{campaign}/settings",
            "GET /api/v1/campaigns/{campaign}/ranking",
            "GET /api/v1/campaigns/{campaign}/ranking.csv",
            "GET /api/v1/campaigns/{campaign}/payment",
            "GET /api/v1/campaigns/{campaign}/payment.csv",
            "GET /api/v1/campaigns/{campaign}/payment/settings",
            "GET /api/v1/campaigns/{campaign}/gold/health",
            "POST /api/v1/campaigns/{campaign}/known-answers/00000000-0000-0000-0000-000000000000/retirement",
            "GET /api/v1/campaigns/{campaign}/training-runs",
            "POST /api/v1/campaigns/{campaign}/training-runs",
            "POST /api/v1/campaigns/{campaign}/models/1/promotion",
            "GET /api/v1/campaigns/{campaign}/models/1/benchmarks",
            "POST /api/v1/campaigns/{campaign}/simulated-annotators");

    /** What members may ask for, and nobody else. */
    private static final List<String> MEMBERS_ONLY = List.of(
            "GET /api/v1/annotate/campaigns/{campaign}",
            "POST /api/v1/annotate/campaigns/{campaign}/claims",
            "GET /api/v1/annotate/campaigns/{campaign}/labels",
            "GET /api/v1/annotate/campaigns/{campaign}/lessons",
            "GET /api/v1/annotate/campaigns/{campaign}/qualification");

    /** What adjudicators of the campaign may ask for besides its leads. */
    private static final List<String> ADJUDICATORS_ONLY = List.of("GET /api/v1/campaigns/{campaign}/adjudications");

    @Autowired
    AccountService accounts;

    @Autowired
    ApiTokenService tokens;

    @Autowired
    JdbcClient jdbc;

    private MockMvc http;
    private UUID campaign;
    private SignedIn member;

    @BeforeEach
    void a_campaign_with_one_annotator(
            @Autowired WebApplicationContext context,
            @Autowired @Qualifier("springSecurityFilterChain") Filter filter) {
        http = MockMvcBuilders.webAppContextSetup(context).addFilters(filter).build();
        var fixture = new CampaignFixture(jdbc, accounts);
        campaign = fixture.campaign("edit-preference-v1", 1, 1);
        member = fixture.annotators(campaign, 1).getFirst();
    }

    private int status(String door, @Nullable String token) throws Exception {
        return response(door, token).getStatus();
    }

    private MockHttpServletResponse response(String door, @Nullable String token) throws Exception {
        var parts = door.split(" ");
        var request = MockMvcRequestBuilders.request(
                        HttpMethod.valueOf(parts[0]), parts[1].replace("{campaign}", campaign.toString()))
                .contentType(MediaType.APPLICATION_JSON)
                .content(parts[1].contains("/objections/") ? "{\"accepted\": true}" : "{\"count\": 1}");
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        return http.perform(request).andReturn().getResponse();
    }

    private String tokenOf(SignedIn who) {
        return tokens.create(who, "test").token();
    }

    private SignedIn stranger(Role role) {
        return accounts.createAccount("s" + UUID.randomUUID(), "Stranger", role, null)
                .account();
    }

    @Test
    void without_a_token_every_door_says_401_and_never_redirects() throws Exception {
        for (var door : LEADS_ONLY) {
            // without a token a write fails at the CSRF check already
            assertThat(status(door, null)).as(door).isIn(401, 403);
        }
        for (var door : MEMBERS_ONLY) {
            assertThat(status(door, null)).as(door).isIn(401, 403);
        }
        for (var door : ADJUDICATORS_ONLY) {
            assertThat(status(door, null)).as(door).isEqualTo(401);
        }
        assertThat(status("GET /api/v1/session", null)).isEqualTo(401);
    }

    @Test
    void a_token_that_was_never_made_or_was_revoked_is_refused_by_name() throws Exception {
        var unknown = response("GET /api/v1/session", "dip_never-made");
        assertThat(unknown.getStatus()).isEqualTo(401);
        assertThat(unknown.getContentAsString()).contains("wrong_token");
        var made = tokens.create(member, "test");
        assertThat(status("GET /api/v1/session", made.token())).isEqualTo(200);
        tokens.revoke(member, made.id());
        assertThat(status("GET /api/v1/session", made.token())).isEqualTo(401);
    }

    @Test
    void an_annotator_of_the_campaign_may_label_and_nothing_else() throws Exception {
        var token = tokenOf(member);
        for (var door : LEADS_ONLY) {
            assertThat(status(door, token)).as(door).isEqualTo(403);
        }
        for (var door : MEMBERS_ONLY) {
            assertThat(status(door, token)).as(door).isEqualTo(200);
        }
    }

    @Test
    void an_adjudicator_of_the_campaign_may_decide_and_nothing_else() throws Exception {
        var adjudicator = stranger(Role.ANNOTATOR);
        jdbc.sql("INSERT INTO campaign_member (campaign_id, account_id, role) VALUES (?, ?, 'ADJUDICATOR')")
                .params(campaign, adjudicator.id())
                .update();
        var token = tokenOf(adjudicator);
        for (var door : LEADS_ONLY) {
            assertThat(status(door, token)).as(door).isEqualTo(403);
        }
        for (var door : MEMBERS_ONLY) {
            assertThat(status(door, token)).as(door).isEqualTo(403);
        }
        for (var door : ADJUDICATORS_ONLY) {
            assertThat(status(door, token)).as(door).isEqualTo(200);
            assertThat(status(door, tokenOf(member))).as(door).isEqualTo(403);
            assertThat(status(door, tokenOf(stranger(Role.LEAD)))).as(door).isEqualTo(404);
        }
    }

    @Test
    void a_lead_of_another_campaign_hears_the_same_of_this_one_as_of_none() throws Exception {
        var token = tokenOf(stranger(Role.LEAD));
        for (var door : Stream.of(LEADS_ONLY, MEMBERS_ONLY, ADJUDICATORS_ONLY)
                .flatMap(List::stream)
                .toList()) {
            var foreign = response(door, token);
            assertThat(foreign.getStatus()).as(door).isEqualTo(404);
            var missing = UUID.randomUUID();
            var nowhere = response(door.replace("{campaign}", missing.toString()), token);
            assertThat(nowhere.getStatus()).as(door).isEqualTo(404);
            assertThat(nowhere.getContentAsString().replace(missing.toString(), campaign.toString()))
                    .as(door)
                    .isEqualTo(foreign.getContentAsString());
        }
    }

    @Test
    void a_password_is_taken_at_one_door_only() throws Exception {
        var account = accounts.createAccount("p" + UUID.randomUUID(), "Somebody", Role.ANNOTATOR, null);
        var basic = java.util.Base64.getEncoder()
                .encodeToString((account.account().name() + ":" + account.password())
                        .getBytes(java.nio.charset.StandardCharsets.UTF_8));
        assertThat(http.perform(MockMvcRequestBuilders.get("/api/v1/session").header("Authorization", "Basic " + basic))
                        .andReturn()
                        .getResponse()
                        .getStatus())
                .isEqualTo(401);
        assertThat(http.perform(MockMvcRequestBuilders.post("/api/v1/tokens").header("Authorization", "Basic " + basic))
                        .andReturn()
                        .getResponse()
                        .getStatus())
                .isEqualTo(201);
    }

    @Test
    void a_screen_learns_nothing_about_models_files_or_strata() throws Exception {
        var claim = response("POST /api/v1/annotate/campaigns/{campaign}/claims", tokenOf(member));
        assertThat(claim.getContentAsString())
                .contains("Make it red.")
                .doesNotContain("editor-0", "editor-1", ".png\"", "UNIFORM", "uniform", "stratum", "model");
    }
}
