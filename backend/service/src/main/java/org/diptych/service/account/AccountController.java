package org.diptych.service.account;

import java.util.List;
import java.util.Map;
import org.diptych.service.account.AccountAdministration.AccountSummary;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Accounts, for administrators. */
@RestController
@RequestMapping("/api/v1/accounts")
class AccountController {
    private static final int MOST = 1_000;

    private final AccountAdministration accounts;

    AccountController(AccountAdministration accounts) {
        this.accounts = accounts;
    }

    @GetMapping
    List<AccountSummary> list(@AuthenticationPrincipal SignedIn who, @RequestParam(defaultValue = "") String search) {
        return accounts.list(who, search, MOST);
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    Map<String, String> create(@AuthenticationPrincipal SignedIn who, @RequestBody Wanted wanted) {
        var shown = wanted.displayName() == null ? wanted.name() : wanted.displayName();
        var made = accounts.create(who, wanted.name(), shown, wanted.role());
        return Map.of("name", made.account().name(), "password", made.password());
    }

    /** An account to be; without a full name it is shown by its user name. */
    record Wanted(String name, @Nullable String displayName, Role role) {}

    /** Answers with the new password, which is shown this once. */
    @PostMapping("/{name}/password")
    Map<String, String> resetPassword(@AuthenticationPrincipal SignedIn who, @PathVariable String name) {
        return Map.of("password", accounts.resetPassword(who, name));
    }

    @PutMapping("/{name}/state")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void enter(@AuthenticationPrincipal SignedIn who, @PathVariable String name, @RequestBody StateChange change) {
        switch (change.state()) {
            case ENABLED -> accounts.enable(who, name);
            case DISABLED -> accounts.disable(who, name);
        }
    }

    /** The wanted state. */
    record StateChange(State state) {}

    enum State {
        ENABLED,
        DISABLED
    }

    @PostMapping("/{name}/sign-out")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void signOut(@AuthenticationPrincipal SignedIn who, @PathVariable String name) {
        accounts.signOut(who, name);
    }
}
