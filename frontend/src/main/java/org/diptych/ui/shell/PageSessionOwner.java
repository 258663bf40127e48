package org.diptych.ui.shell;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.UUID;
import org.diptych.service.account.SignedIn;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Pages live in the memory of their node, sign-ins in the database. Pages that were made for somebody end when their
 * browser is signed out, wherever that happened, or signed in as somebody else: nobody goes on in another's page.
 */
final class PageSessionOwner extends OncePerRequestFilter {
    private static final String OWNER = PageSessionOwner.class.getName();

    /** As long as a browser stays signed in without a word. What nobody owns is kept for minutes, as the settings say. */
    private static final Duration KEPT = Duration.ofHours(12);

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var session = request.getSession(false);
        if (session != null) {
            var owner = session.getAttribute(OWNER);
            var account = account();
            if (owner != null && !owner.equals(account)) {
                session.invalidate();
            } else if (owner == null && account != null) {
                session.setAttribute(OWNER, account);
                session.setMaxInactiveInterval((int) KEPT.toSeconds());
            }
        }
        chain.doFilter(request, response);
    }

    private static @Nullable UUID account() {
        var authentication = SecurityContextHolder.getContext().getAuthentication();
        return authentication != null && authentication.getPrincipal() instanceof SignedIn who ? who.id() : null;
    }
}
