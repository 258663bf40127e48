package org.diptych.service.account;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.diptych.service.problem.Problem;
import org.diptych.service.problem.ProblemDocument;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.csrf.CsrfException;

/** Says at the doors of the interface why somebody is not let in. */
final class ApiRefusals implements AuthenticationEntryPoint, AccessDeniedHandler {
    private static final Set<String> TAKING_PASSWORDS = Set.of(ApiSecurity.TOKENS, ApiSecurity.OWN_PASSWORD);

    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException refused)
            throws IOException {
        ProblemDocument.write(response, refused instanceof TryLater later ? later.problem() : notSignedIn(request));
    }

    private static Problem notSignedIn(HttpServletRequest request) {
        if (request.getHeader(HttpHeaders.AUTHORIZATION) == null) {
            return Problem.signedOut();
        }
        return TAKING_PASSWORDS.contains(request.getServletPath())
                ? Problem.of(HttpStatus.UNAUTHORIZED, "wrong_credentials", "The name or the password is wrong.")
                : Problem.of(
                        HttpStatus.UNAUTHORIZED,
                        "wrong_authorization",
                        "The header Authorization is not understood here. Send Authorization: Bearer and a token, which"
                                + " the account page and diptych token make.");
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException refused)
            throws IOException {
        ProblemDocument.write(
                response,
                refused instanceof CsrfException
                        ? Problem.forbidden(
                                "csrf",
                                "The request does not carry the token of this session. Read GET /api/v1/session again, send"
                                        + " its csrf.token in the header that it names, and repeat the request.")
                        : Problem.forbidden("forbidden", "This account may not do that. It takes an administrator's."));
    }
}
