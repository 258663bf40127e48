package org.diptych.service.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.put;

import jakarta.servlet.Filter;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.diptych.service.ServiceTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.MediaType;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.context.WebApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A browser learns whether its person chose a time zone, and tells its own. */
@ServiceTest
class ZoneIT {
    @Autowired
    AccountService accounts;

    @Autowired
    ApiTokenService tokens;

    private MockMvc http;
    private String token;

    @BeforeEach
    void somebody_who_never_chose(
            @Autowired WebApplicationContext context,
            @Autowired @Qualifier("springSecurityFilterChain") Filter filter) {
        http = MockMvcBuilders.webAppContextSetup(context).addFilters(filter).build();
        token = tokens.create(accounts.createSimulatedAnnotator("ann-" + UUID.randomUUID()), "test")
                .token();
    }

    private MockHttpServletResponse send(MockHttpServletRequestBuilder request) throws Exception {
        return http.perform(request.header("Authorization", "Bearer " + token))
                .andReturn()
                .getResponse();
    }

    private MockHttpServletResponse choose(String body) throws Exception {
        return send(put("/api/v1/session/zone")
                .contentType(MediaType.APPLICATION_JSON)
                .content(body));
    }

    private JsonNode zone() throws Exception {
        return JsonMapper.shared()
                .readTree(send(get("/api/v1/session")).getContentAsString(StandardCharsets.UTF_8))
                .path("account")
                .path("zone");
    }

    @Test
    void the_session_says_null_until_a_zone_was_chosen() throws Exception {
        assertThat(zone().isNull()).isTrue();
        assertThat(choose("{\"zone\": \"Europe/Berlin\"}").getStatus()).isEqualTo(204);
        assertThat(zone().asString()).isEqualTo("Europe/Berlin");
    }

    @Test
    void what_is_no_zone_is_refused_with_the_field() throws Exception {
        for (var body : new String[] {"{\"zone\": \"Mars/Olympus\"}", "{\"zone\": null}", "{}"}) {
            var answer = choose(body);
            assertThat(answer.getStatus()).as(body).isEqualTo(422);
            assertThat(answer.getContentAsString()).contains("invalid_zone", "\"field\":\"zone\"");
        }
        assertThat(zone().isNull()).isTrue();
    }
}
