package org.diptych.service.account;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.Filter;
import java.util.UUID;
import org.diptych.service.CampaignFixture;
import org.diptych.service.ServiceTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.context.WebApplicationContext;

/** A page of one account in a browser in which another has signed in. */
@ServiceTest
class ExpectedAccountIT {
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

    @Test
    void a_request_for_another_account_than_the_one_signed_in_is_refused_and_changes_nothing() throws Exception {
        var response = claim(UUID.randomUUID().toString());
        assertThat(response.getStatus()).isEqualTo(409);
        assertThat(response.getContentType()).startsWith("application/problem+json");
        assertThat(response.getContentAsString()).contains("\"code\":\"other_account\"", member.displayName());
        assertThat(jdbc.sql("SELECT count(*) FROM assignment WHERE campaign_id = ?")
                        .param(campaign)
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    @Test
    void the_account_itself_and_programs_that_name_none_are_served() throws Exception {
        assertThat(claim(member.id().toString()).getStatus()).isEqualTo(200);
        assertThat(claim("").getStatus()).isEqualTo(200);
    }

    private MockHttpServletResponse claim(String expected) throws Exception {
        var request = MockMvcRequestBuilders.post("/api/v1/annotate/campaigns/" + campaign + "/claims")
                .contentType(MediaType.APPLICATION_JSON)
                .content("{\"count\": 1}")
                .header(
                        "Authorization",
                        "Bearer " + tokens.create(member, "test").token());
        if (!expected.isEmpty()) {
            request.header(ExpectedAccount.HEADER, expected);
        }
        return http.perform(request).andReturn().getResponse();
    }
}
