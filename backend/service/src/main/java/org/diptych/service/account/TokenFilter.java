package org.diptych.service.account;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.diptych.service.problem.Problem;
import org.diptych.service.problem.ProblemDocument;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/** Signs a request in by its {@code Authorization: Bearer} token. A token that does not work is refused, never ignored. */
class TokenFilter extends OncePerRequestFilter {
    private static final String BEARER = "Bearer ";

    private final ApiTokenService tokens;

    TokenFilter(ApiTokenService tokens) {
        this.tokens = tokens;
    }

    /** Whether a request wants to be signed in by a token. */
    static boolean concerns(HttpServletRequest request) {
        var header = request.getHeader(HttpHeaders.AUTHORIZATION);
        return header != null && header.regionMatches(true, 0, BEARER, 0, BEARER.length());
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (concerns(request)) {
            var token = request.getHeader(HttpHeaders.AUTHORIZATION)
                    .substring(BEARER.length())
                    .strip();
            var who = tokens.authenticate(token);
            if (who.isEmpty()) {
                ProblemDocument.write(
                        response,
                        Problem.of(
                                HttpStatus.UNAUTHORIZED,
                                "wrong_token",
                                "This token is unknown, was revoked or has ended. Make a new one on the account page or"
                                        + " with diptych token."));
                return;
            }
            var context = SecurityContextHolder.createEmptyContext();
            context.setAuthentication(UsernamePasswordAuthenticationToken.authenticated(
                    who.get(), null, who.get().getAuthorities()));
            SecurityContextHolder.setContext(context);
        }
        chain.doFilter(request, response);
    }
}
