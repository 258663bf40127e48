package org.diptych.service.account;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.web.util.WebUtils;

/**
 * The cookies of an installation. Browsers send a cookie to every port of its host, so its name carries the installation,
 * and two of them on one host do not sign each other's people out; its path is the prefix that the product is served under.
 */
@Component
class SignInCookie {
    private static final int DIGITS = 8;

    private final String name;

    SignInCookie(JdbcClient jdbc) {
        this.name = "diptych-"
                + jdbc.sql("SELECT id FROM installation")
                        .query(UUID.class)
                        .single()
                        .toString()
                        .substring(0, DIGITS);
    }

    /** The name for a cookie with another purpose. */
    String name(String purpose) {
        return name + "-" + purpose;
    }

    /** Over TLS, and where nothing but this product is, the browser itself makes sure that nobody else has set it. */
    private String name(HttpServletRequest request) {
        return request.isSecure() && request.getContextPath().isEmpty() ? "__Host-" + name : name;
    }

    /** What the browser's cookie says. */
    Optional<String> read(HttpServletRequest request) {
        return Optional.ofNullable(WebUtils.getCookie(request, name(request)))
                .map(jakarta.servlet.http.Cookie::getValue)
                .filter(value -> !value.isBlank());
    }

    /** Gives the browser the secret, until it is closed. */
    void write(HttpServletRequest request, HttpServletResponse response, String secret) {
        set(response, cookie(request, secret).build());
    }

    /** Takes it away. */
    void clear(HttpServletRequest request, HttpServletResponse response) {
        set(response, cookie(request, "").maxAge(Duration.ZERO).build());
    }

    private ResponseCookie.ResponseCookieBuilder cookie(HttpServletRequest request, String value) {
        return ResponseCookie.from(name(request), value)
                .path(request.getContextPath().isEmpty() ? "/" : request.getContextPath())
                .httpOnly(true)
                .secure(request.isSecure())
                .sameSite("Lax");
    }

    private static void set(HttpServletResponse response, ResponseCookie cookie) {
        response.addHeader(HttpHeaders.SET_COOKIE, cookie.toString());
    }
}
