package org.diptych.service;

import jakarta.servlet.Filter;
import java.nio.charset.StandardCharsets;
import org.diptych.service.account.ApiTokenService;
import org.diptych.service.account.SignedIn;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.context.WebApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Requests of a program that holds a token, through the security filters. */
public final class HttpFixture {
    private final MockMvc http;
    private final ApiTokenService tokens;

    public HttpFixture(WebApplicationContext context) {
        http = MockMvcBuilders.webAppContextSetup(context)
                .addFilters(context.getBean("springSecurityFilterChain", Filter.class))
                .build();
        tokens = context.getBean(ApiTokenService.class);
    }

    /** What the server answers. */
    public Answer send(SignedIn who, MockHttpServletRequestBuilder request) throws Exception {
        var token = tokens.create(who, "test").token();
        var result =
                http.perform(request.header("Authorization", "Bearer " + token)).andReturn();
        if (result.getRequest().isAsyncStarted()) {
            // what is streamed is written by another thread
            result.getAsyncResult();
        }
        return new Answer(result.getResponse());
    }

    /** An answer and what it says. */
    public record Answer(MockHttpServletResponse response) {
        public int status() {
            return response.getStatus();
        }

        public String body() throws Exception {
            return response.getContentAsString(StandardCharsets.UTF_8);
        }

        public JsonNode json() throws Exception {
            return JsonMapper.shared().readTree(body());
        }

        /** Status, code and field of a problem, e.g. {@code 422 invalid_text comment}. */
        public String problem() throws Exception {
            return (status() + " " + json().path("code").asString("") + " "
                            + json().path("field").asString(""))
                    .strip();
        }

        public String detail() throws Exception {
            return json().path("detail").asString("");
        }
    }
}
