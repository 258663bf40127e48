package org.diptych.ui.shell;

import com.vaadin.flow.spring.security.AuthenticationContext;
import java.util.Locale;
import java.util.Map;
import org.diptych.service.account.AccountService;
import org.diptych.service.account.Role;
import org.diptych.service.account.SignedIn;
import org.springframework.stereotype.Component;

/** The person in front of the page and what they have chosen. */
@Component
public class CurrentAccount {
    private static final String THEME = "theme";

    private final AuthenticationContext authentication;
    private final AccountService accounts;

    CurrentAccount(AuthenticationContext authentication, AccountService accounts) {
        this.authentication = authentication;
        this.accounts = accounts;
    }

    /** Whether somebody is signed in: false on the sign-in page. */
    public boolean present() {
        return authentication.getAuthenticatedUser(SignedIn.class).isPresent();
    }

    /** Whether somebody is signed in who has to choose an own password before anything else. */
    boolean mustChoosePassword() {
        return authentication
                .getAuthenticatedUser(SignedIn.class)
                .filter(SignedIn::mustChoosePassword)
                .isPresent();
    }

    /** The signed-in person. */
    public SignedIn person() {
        return authentication.getAuthenticatedUser(SignedIn.class).orElseThrow();
    }

    /** Whether the person sees the lead pages. */
    public boolean leads() {
        return person().role() != Role.ANNOTATOR;
    }

    /** The language of the pages. */
    public Locale language() {
        return Locale.forLanguageTag(accounts.settings(person()).language());
    }

    /** Sets the language of the pages. */
    public void speak(Locale language) {
        accounts.speak(person(), language.getLanguage());
    }

    /** The chosen theme. */
    public ThemeChoice theme() {
        return ThemeChoice.of(accounts.settings(person()).preferences().get(THEME));
    }

    /** Keeps the theme with the account. */
    public void choose(ThemeChoice theme) {
        accounts.prefer(person(), Map.of(THEME, theme.word()));
    }

    /** Ends the session. */
    public void signOut() {
        authentication.logout();
    }
}
