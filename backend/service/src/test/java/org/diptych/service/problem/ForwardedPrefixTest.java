package org.diptych.service.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.apache.catalina.Globals;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class ForwardedPrefixTest {
    @Test
    void a_prefix_is_believed_of_whom_the_container_believes() throws Exception {
        assertThat(path("/label", true)).isEqualTo("/label");
        assertThat(path("/label", false)).isEmpty();
        assertThat(path("//evil.example", true)).isEmpty();
    }

    private static String path(String prefix, boolean trusted) throws Exception {
        var request = new MockHttpServletRequest("GET", "/account");
        request.addHeader("X-Forwarded-Prefix", prefix);
        if (trusted) {
            request.setAttribute(Globals.REQUEST_FORWARDED_ATTRIBUTE, true);
        }
        var chain = new MockFilterChain();
        new ForwardedPrefix().doFilter(request, new MockHttpServletResponse(), chain);
        return ((jakarta.servlet.http.HttpServletRequest) Objects.requireNonNull(chain.getRequest())).getContextPath();
    }
}
