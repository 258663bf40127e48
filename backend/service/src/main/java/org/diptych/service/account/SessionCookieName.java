package org.diptych.service.account;

import java.util.Set;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.server.servlet.Session.SessionTrackingMode;
import org.springframework.core.Ordered;
import org.springframework.stereotype.Component;

/** What pages keep in a node's memory hangs on a cookie of this installation, and never on an address. */
@Component
class SessionCookieName implements WebServerFactoryCustomizer<TomcatServletWebServerFactory>, Ordered {
    private final SignInCookie cookie;

    SessionCookieName(SignInCookie cookie) {
        this.cookie = cookie;
    }

    @Override
    public void customize(TomcatServletWebServerFactory factory) {
        var session = factory.getSettings().getSession();
        session.getCookie().setName(cookie.name("page"));
        session.setTrackingModes(Set.of(SessionTrackingMode.COOKIE));
    }

    /** After the settings have been read. */
    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE;
    }
}
