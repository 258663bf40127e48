package org.diptych;

import java.util.Optional;
import org.diptych.embedded.StartFailure;
import org.diptych.service.account.AccountService;
import org.diptych.service.account.NewAccount;
import org.diptych.service.problem.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Gives a new installation its administrator. */
@Component
@Order(0)
class FirstAccounts implements ApplicationRunner {
    private final AccountService accounts;

    FirstAccounts(AccountService accounts) {
        this.accounts = accounts;
    }

    @Override
    public void run(ApplicationArguments arguments) {
        @Nullable String chosen = System.getenv("DIPTYCH_ADMIN_PASSWORD");
        try {
            Optional<NewAccount> created = accounts.createFirstAdministrator(chosen);
            created.ifPresent(administrator -> Notice.print(
                    "First start: sign in as " + administrator.account().name()
                            + (chosen == null
                                    ? " with the password " + administrator.password() + " (shown this once)."
                                    : " with the password from DIPTYCH_ADMIN_PASSWORD.")));
        } catch (Problem problem) {
            throw new StartFailure("DIPTYCH_ADMIN_PASSWORD cannot be used: " + problem.detail(), problem);
        }
    }
}
