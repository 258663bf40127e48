package org.diptych.service.problem;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.regex.Pattern;
import org.apache.catalina.Globals;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Honours {@code X-Forwarded-Prefix} of a proxy that takes a prefix from the address before it passes the request on. The
 * container honours the other forwarded headers, and knows which proxies to trust: what it does not believe is not believed
 * here.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class ForwardedPrefix extends OncePerRequestFilter {
    private static final String HEADER = "X-Forwarded-Prefix";
    private static final Pattern PREFIX = Pattern.compile("(/[A-Za-z0-9._~-]+)+");

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var trusted = Boolean.TRUE.equals(request.getAttribute(Globals.REQUEST_FORWARDED_ATTRIBUTE));
        var prefix = trusted ? prefix(request.getHeader(HEADER)) : "";
        chain.doFilter(prefix.isEmpty() ? request : new Prefixed(request, prefix), response);
    }

    private static String prefix(@Nullable String header) {
        var stripped = header == null ? "" : header.strip().replaceFirst("/+$", "");
        return PREFIX.matcher(stripped).matches() ? stripped : "";
    }

    @Override
    protected boolean shouldNotFilterAsyncDispatch() {
        return false;
    }

    @Override
    protected boolean shouldNotFilterErrorDispatch() {
        return false;
    }

    private static final class Prefixed extends HttpServletRequestWrapper {
        private final String prefix;

        Prefixed(HttpServletRequest request, String prefix) {
            super(request);
            this.prefix = prefix;
        }

        @Override
        public String getContextPath() {
            return prefix + super.getContextPath();
        }

        @Override
        public String getRequestURI() {
            return prefix + super.getRequestURI();
        }

        @Override
        public StringBuffer getRequestURL() {
            var url = super.getRequestURL();
            return url.insert(url.length() - super.getRequestURI().length(), prefix);
        }
    }
}
