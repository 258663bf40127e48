package org.diptych.service.account;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
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
        return all(request).stream().findFirst();
    }

    /** As {@link #read}, and what the cookie of the release before says, which had one name over HTTP and TLS. */
    List<String> all(HttpServletRequest request) {
        return names(request)
                .flatMap(each -> Optional.ofNullable(WebUtils.getCookie(request, each)).stream())
                .map(Cookie::getValue)
                .filter(value -> !value.isBlank())
                .toList();
    }

    private Stream<String> names(HttpServletRequest request) {
        return Stream.of(name(request), name).distinct();
    }

    /** Gives the browser the secret, until it is closed. */
    void write(HttpServletRequest request, HttpServletResponse response, String secret) {
        clear(request, response, name(request));
        set(response, cookie(request, name(request), secret).build());
    }

    /** Takes it away. */
    void clear(HttpServletRequest request, HttpServletResponse response) {
        set(response, cookie(request, name(request), "").maxAge(Duration.ZERO).build());
        clear(request, response, name(request));
    }

    /** Cookies under other names than this one, where the browser has them. */
    private void clear(HttpServletRequest request, HttpServletResponse response, String but) {
        names(request)
                .filter(each -> !each.equals(but) && WebUtils.getCookie(request, each) != null)
                .forEach(each -> set(
                        response,
                        cookie(request, each, "").maxAge(Duration.ZERO).build()));
    }

    private static ResponseCookie.ResponseCookieBuilder cookie(HttpServletRequest request, String name, String value) {
        return ResponseCookie.from(name, value)
                .path(request.getContextPath().isEmpty() ? "/" : request.getContextPath())
                .httpOnly(true)
                .secure(request.isSecure())
                .sameSite("Lax");
    }

    private static void set(HttpServletResponse response, ResponseCookie cookie) {
        response.addHeader(HttpHeaders.SET_COOKIE, cookie.toString());
    }
}
