package org.diptych.service.edge;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses requests that were meant for another name. A page of another site whose name was made to point here would be one
 * site with this server to a browser. Health is told under every name: what asks for it often knows an address alone.
 */
@Component
@EnableConfigurationProperties(NameSettings.class)
@Order(Ordered.HIGHEST_PRECEDENCE + 1)
class KnownNames extends OncePerRequestFilter {
    private static final Set<String> OWN_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]", "[0:0:0:0:0:0:0:1]");
    private static final int MISDIRECTED = 421;
    private static final Logger log = LoggerFactory.getLogger(KnownNames.class);

    /** None where every name will do. */
    private final Set<String> names;

    KnownNames(NameSettings settings) {
        var address = settings.publicUrl();
        this.names = address == null || address.getHost() == null
                ? Set.of()
                : Stream.of(Stream.of(address.getHost()), settings.hosts().stream(), OWN_MACHINE.stream())
                        .flatMap(each -> each)
                        .map(name -> name.toLowerCase(Locale.ROOT))
                        .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return names.isEmpty() || request.getServletPath().startsWith("/actuator/health");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var name = request.getServerName().toLowerCase(Locale.ROOT);
        if (names.contains(name)) {
            chain.doFilter(request, response);
            return;
        }
        log.debug(
                "a request for the name {} is refused; --public-url and diptych.hosts say which names there are", name);
        response.sendError(MISDIRECTED);
    }
}
