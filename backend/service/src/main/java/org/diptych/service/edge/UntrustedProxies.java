package org.diptych.service.edge;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.catalina.Globals;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Says once of each proxy that it is not believed. Nothing fails without its word: cookies just lack {@code Secure}, and all
 * people have its address.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class UntrustedProxies extends OncePerRequestFilter {
    /** Anybody may send these headers: the log is not theirs to fill. */
    private static final int MOST = 20;

    private static final Logger log = LoggerFactory.getLogger(UntrustedProxies.class);

    private final Set<String> told = ConcurrentHashMap.newKeySet();

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return request.getHeader("X-Forwarded-For") == null && request.getHeader("X-Forwarded-Proto") == null;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var peer = request.getRemoteAddr();
        // the container has marked the requests of those that it believes
        if (request.getAttribute(Globals.REQUEST_FORWARDED_ATTRIBUTE) == null && told.size() < MOST && told.add(peer)) {
            log.warn(
                    "{} sends X-Forwarded headers and is not believed. If it is your proxy, start the server with"
                            + " --trusted-proxy {}, or cookies lack Secure and everybody has the proxy's address.",
                    peer,
                    peer);
        }
        chain.doFilter(request, response);
    }
}
