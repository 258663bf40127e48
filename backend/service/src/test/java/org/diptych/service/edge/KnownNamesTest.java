package org.diptych.service.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class KnownNamesTest {
    private static int status(KnownNames names, String host, String path) throws Exception {
        var request = new MockHttpServletRequest("GET", path);
        request.setServletPath(path);
        request.setServerName(host);
        var response = new MockHttpServletResponse();
        names.doFilter(request, response, new MockFilterChain());
        return response.getStatus();
    }

    @Test
    void without_a_public_address_every_name_will_do() throws Exception {
        assertThat(status(new KnownNames(new NameSettings(null, List.of())), "evil.example", "/"))
                .isEqualTo(200);
    }

    @Test
    void with_one_only_its_name_the_named_ones_and_the_machine_itself_are_served() throws Exception {
        var names = new KnownNames(new NameSettings(URI.create("https://Label.Example.org/x"), List.of("web-1")));
        for (var name : List.of("label.example.org", "LABEL.example.org", "web-1", "localhost", "127.0.0.1", "[::1]")) {
            assertThat(status(names, name, "/login")).as(name).isEqualTo(200);
        }
        assertThat(status(names, "evil.example", "/login")).isEqualTo(421);
        assertThat(status(names, "10.0.0.7", "/actuator/health/readiness"))
                .as("a probe knows an address alone")
                .isEqualTo(200);
    }
}
