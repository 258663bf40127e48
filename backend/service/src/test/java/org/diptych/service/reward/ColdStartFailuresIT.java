package org.diptych.service.reward;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.Filter;
import java.time.Duration;
import java.util.UUID;
import org.diptych.service.CampaignFixture;
import org.diptych.service.ServiceTest;
import org.diptych.service.account.AccountService;
import org.diptych.service.account.ApiTokenService;
import org.diptych.service.account.Role;
import org.diptych.service.account.SignedIn;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.context.WebApplicationContext;

@ServiceTest
class ColdStartFailuresIT {
    @Autowired
    ColdStartFailures failures;

    @Autowired
    ApiTokenService tokens;

    private MockMvc http;
    private UUID campaign;
    private SignedIn administrator;

    @BeforeEach
    void a_campaign(
            @Autowired WebApplicationContext context,
            @Autowired @Qualifier("springSecurityFilterChain") Filter filter,
            @Autowired AccountService accounts,
            @Autowired JdbcClient jdbc) {
        http = MockMvcBuilders.webAppContextSetup(context).addFilters(filter).build();
        campaign = new CampaignFixture(jdbc, accounts).campaign("edit-preference-v1", 1, 1);
        administrator = accounts.createAccount("a" + UUID.randomUUID(), "Administrator", Role.ADMIN, null)
                .account();
    }

    @Test
    void a_lead_is_told_why_there_is_no_first_order_and_when_it_is_tried_again() throws Exception {
        assertThat(firstOrder()).isEqualTo("{\"failure\":null}");
        failures.add(campaign, "The file of candidate 7 cannot be read");
        assertThat(firstOrder())
                .contains("\"reason\":\"The file of candidate 7 cannot be read\"", "\"tries\":1", "\"retryAt\":\"20");
        failures.remove(campaign);
        assertThat(firstOrder()).isEqualTo("{\"failure\":null}");
    }

    @Test
    void the_pause_doubles_from_a_minute_to_six_hours() {
        long minutes = 1;
        for (int tries = 1; tries <= 14; tries++) {
            failures.add(campaign, "again");
            var failure = failures.find(administrator, campaign).orElseThrow();
            assertThat(failure.tries()).isEqualTo(tries);
            assertThat(Duration.between(failure.triedAt(), failure.retryAt())).isEqualTo(Duration.ofMinutes(minutes));
            minutes = Math.min(360, minutes * 2);
        }
    }

    private String firstOrder() throws Exception {
        return http.perform(MockMvcRequestBuilders.get("/api/v1/campaigns/{campaign}/first-order", campaign)
                        .header(
                                "Authorization",
                                "Bearer " + tokens.create(administrator, "test").token()))
                .andReturn()
                .getResponse()
                .getContentAsString();
    }
}
