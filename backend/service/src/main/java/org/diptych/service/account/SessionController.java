package org.diptych.service.account;

import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Who am I, what have I chosen, an own password, and tokens for programs. */
@RestController
@RequestMapping("/api/v1")
class SessionController {
    private final AccountService accounts;
    private final AccountZones zones;
    private final ApiTokenService tokens;

    SessionController(AccountService accounts, AccountZones zones, ApiTokenService tokens) {
        this.accounts = accounts;
        this.zones = zones;
        this.tokens = tokens;
    }

    @GetMapping("/session")
    Session session(@AuthenticationPrincipal SignedIn who, @Nullable CsrfToken csrf) {
        var settings = accounts.settings(who);
        return new Session(
                new Person(
                        who.id(),
                        who.name(),
                        who.displayName(),
                        who.role(),
                        settings.language(),
                        zones.chosen(who).orElse(null),
                        settings.preferences()),
                csrf == null ? null : new Csrf(csrf.getHeaderName(), csrf.getToken()),
                who.mustChoosePassword());
    }

    /** Changes what is sent and leaves the rest: two pages of one person do not undo each other's choices. */
    @RequestMapping(
            path = "/session/preferences",
            method = {RequestMethod.PATCH, RequestMethod.PUT})
    Map<String, Object> prefer(
            @AuthenticationPrincipal SignedIn who, @RequestBody Map<String, @Nullable Object> changes) {
        return accounts.prefer(who, changes);
    }

    @PostMapping("/tokens")
    @ResponseStatus(HttpStatus.CREATED)
    ApiTokenService.NewToken token(
            CheckedPassword checked, @RequestBody(required = false) @Nullable TokenRequest request) {
        var title = request == null || request.title() == null ? "command line" : request.title();
        var days = request == null ? null : request.days();
        return tokens.create(checked, title, days == null ? ApiTokenService.USUAL : Duration.ofDays(days));
    }

    /** For whoever has no use for pages: name and present password (Basic) choose another one. */
    @PostMapping("/password")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void choosePassword(CheckedPassword checked, @RequestBody PasswordRequest request) {
        accounts.changePassword(checked, request.password());
    }

    record PasswordRequest(String password) {}

    /**
     * @param days how long it is to work; null for the usual 90
     */
    record TokenRequest(@Nullable String title, @Nullable Integer days) {}

    /**
     * @param mustChoosePassword whether somebody else gave the password: all else is refused with {@code own_password_first}
     */
    record Session(Person account, @Nullable Csrf csrf, boolean mustChoosePassword) {}

    /**
     * @param zone where the person's day begins; null while they never chose
     */
    record Person(
            UUID id,
            String name,
            String displayName,
            Role role,
            String language,
            @Nullable String zone,
            Map<String, Object> preferences) {}

    record Csrf(String header, String token) {}
}
