package org.diptych.service.account;

import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.diptych.service.audit.AuditAction;
import org.diptych.service.audit.AuditLog;
import org.diptych.service.audit.Unaudited;
import org.diptych.service.problem.Problem;
import org.diptych.service.request.OneLine;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Creates accounts and changes what belongs to them. */
@Service
@Transactional
public class AccountService {
    private static final int LONGEST_DISPLAY_NAME = 120;
    private static final Logger log = LoggerFactory.getLogger(AccountService.class);

    private final Accounts accounts;
    private final PreferenceStore preferences;
    private final PasswordEncoder passwordEncoder;
    private final SignIns signIns;
    private final CurrentSignIn current;
    private final ApiTokenService apiTokens;
    private final Clock clock;
    private final AuditLog audit;

    AccountService(
            Accounts accounts,
            PreferenceStore preferences,
            PasswordEncoder passwordEncoder,
            SignIns signIns,
            CurrentSignIn current,
            ApiTokenService apiTokens,
            Clock clock,
            AuditLog audit) {
        this.accounts = accounts;
        this.preferences = preferences;
        this.passwordEncoder = passwordEncoder;
        this.signIns = signIns;
        this.current = current;
        this.apiTokens = apiTokens;
        this.clock = clock;
        this.audit = audit;
    }

    /**
     * Creates the first administrator, named {@code admin}, when there is no administrator yet.
     *
     * @param password the password, or null for a random one; of a common one is only warned: whoever starts the server
     *     owns the machine
     * @return the account with its password, or empty when there is an administrator already
     */
    public Optional<NewAccount> createFirstAdministrator(@Nullable String password) {
        // of nodes that start at once the second finds what the first one made
        accounts.awaitTurn();
        if (accounts.existsByRole(Role.ADMIN)) {
            return Optional.empty();
        }
        if (password != null && CommonPasswords.contain(password)) {
            log.warn(
                    "The first administrator's password is among those that are tried first. Change it on the page Account"
                            + " before others can reach this server.");
        }
        Supplier<String> secret = password == null ? Passwords::random : () -> Passwords.requireForm(password);
        return Optional.of(create("admin", "Administrator", Role.ADMIN, secret, false));
    }

    /**
     * Creates an account.
     *
     * @param name lower-case letters, digits and {@code . _ @ -}
     * @param displayName what leads see, one line of 1 to 120 characters
     * @param role role across the installation
     * @param password 10 to 200 characters, or null for a random one
     */
    public NewAccount createAccount(String name, String displayName, Role role, @Nullable String password) {
        return create(
                name,
                displayName,
                role,
                password == null ? Passwords::random : () -> Passwords.require(password),
                false);
    }

    /**
     * Creates an account for somebody else, with a random password that opens nothing but the page where they choose an own
     * one.
     *
     * @param name lower-case letters, digits and {@code . _ @ -}
     * @param displayName what leads see, one line of 1 to 120 characters
     * @param role role across the installation
     */
    public NewAccount invite(String name, String displayName, Role role) {
        return create(name, displayName, role, Passwords::random, true);
    }

    private NewAccount create(String name, String displayName, Role role, Supplier<String> password, boolean given) {
        var wanted = AccountName.of(name)
                .orElseThrow(() -> Problem.invalid(
                        "invalid_name",
                        "name",
                        "A name has 1 to 80 letters, digits and . _ @ - only, and begins with a letter or digit."));
        var shown = OneLine.of("invalid_name", "displayName", displayName, LONGEST_DISPLAY_NAME);
        if (accounts.findByName(wanted).isPresent()) {
            throw Problem.conflict("name_taken", "There is an account named " + wanted + " already.");
        }
        var secret = password.get();
        var hash = hash(secret);
        var account = new Account(UUID.randomUUID(), wanted, shown, role, hash, false, clock.instant());
        if (given) {
            account.givePassword(hash);
        }
        var made = accounts.saveAndFlush(account).signedIn();
        audit.write(
                AuditAction.ACCOUNT_CREATED,
                acting().orElse(null),
                null,
                wanted,
                null,
                Map.of("role", role, "displayName", shown));
        return new NewAccount(made, secret);
    }

    /** Who is behind what happens: nobody at the first start. */
    private static Optional<UUID> acting() {
        var authentication = SecurityContextHolder.getContext().getAuthentication();
        return authentication != null && authentication.getPrincipal() instanceof SignedIn who
                ? Optional.of(who.id())
                : Optional.empty();
    }

    /** Creates an annotator without a password for a simulation: it can only act through a token. */
    public SignedIn createSimulatedAnnotator(String name) {
        var account = new Account(UUID.randomUUID(), name, name, Role.ANNOTATOR, null, true, clock.instant());
        return accounts.saveAndFlush(account).signedIn();
    }

    /** The account with this name. */
    @Transactional(readOnly = true)
    public Optional<SignedIn> find(String name) {
        return AccountName.of(name).flatMap(accounts::findByName).map(Account::signedIn);
    }

    /**
     * Changes the password of the account itself, and signs all its other browsers out.
     *
     * @param present the password that it has, so that an open page alone does not give the account away
     * @param tokens whether its tokens are to end as well
     * @throws Problem {@code wrong_password}, {@code weak_password} or {@code same_password}
     */
    public void changePassword(SignedIn who, String present, String password, Tokens tokens) {
        if (!passwordEncoder.matches(present, account(who).passwordHash())) {
            throw Problem.invalid("wrong_password", "present", "This is not the password that the account has now.");
        }
        if (present.equals(password)) {
            throw same();
        }
        change(locked(who), password, tokens);
    }

    /**
     * The same for somebody who showed their present password a moment ago. Tokens are kept, except where somebody else gave
     * that password.
     *
     * @throws Problem {@code signed_out} when the account has changed since, {@code weak_password} or {@code same_password}
     */
    void changePassword(CheckedPassword checked, String password) {
        var account = locked(checked.who());
        if (account.version() != checked.version() || account.disabled()) {
            throw Problem.signedOut();
        }
        if (passwordEncoder.matches(password, account.passwordHash())) {
            throw same();
        }
        change(account, password, checked.who().mustChoosePassword() ? Tokens.REVOKED : Tokens.KEPT);
    }

    /** What becomes of an account's tokens when its password changes. */
    public enum Tokens {
        /** They are of programs that have nothing to do with it. */
        KEPT,
        /** Somebody else may have made one. */
        REVOKED
    }

    private static Problem same() {
        return Problem.invalid("same_password", "password", "This is the password that the account has already.");
    }

    void changePassword(SignedIn who, String password) {
        change(locked(who), password, Tokens.KEPT);
    }

    private void change(Account account, String password, Tokens tokens) {
        account.changePassword(hash(Passwords.require(password)));
        var who = account.signedIn();
        audit.write(AuditAction.PASSWORD_CHANGED, who.id(), null, who.name(), null, Map.of("tokens", tokens));
        signIns.endAll(who.id(), current.secret().orElse(null));
        if (tokens == Tokens.REVOKED) {
            apiTokens.revokeAll(who.id());
        }
    }

    /** Language and preferences (keys, position of the source, theme) of the account. */
    @Transactional(readOnly = true)
    public Settings settings(SignedIn who) {
        return new Settings(account(who).language(), preferences.of(who.id()));
    }

    /**
     * Changes some of the account's preferences; the others stay as they are.
     *
     * @param changes the new values by key; null takes a choice back
     * @return all preferences
     * @throws Problem {@code unknown_preference} or {@code invalid_preference}
     */
    @Unaudited("one's own choice of keys and looks")
    public Map<String, Object> prefer(SignedIn who, Map<String, ? extends @Nullable Object> changes) {
        return preferences.merge(who.id(), changes);
    }

    /** Sets the account's language, {@code en} or {@code zh}. */
    @Unaudited("one's own choice of language")
    public void speak(SignedIn who, String language) {
        if (!language.equals("en") && !language.equals("zh")) {
            throw Problem.invalid("invalid_language", "language", "The languages are en and zh.");
        }
        locked(who).speak(language);
    }

    private Account account(SignedIn who) {
        return accounts.findById(who.id()).orElseThrow(AccountService::gone);
    }

    /** One change at a time, each on what the one before has left. */
    private Account locked(SignedIn who) {
        return accounts.lockById(who.id()).orElseThrow(AccountService::gone);
    }

    private static Problem gone() {
        return Problem.notFound("unknown_account", "This account does not exist any more.");
    }

    private String hash(String password) {
        return String.valueOf(passwordEncoder.encode(password));
    }

    /**
     * What an account has chosen.
     *
     * @param language {@code en} or {@code zh}
     * @param preferences what {@link PreferenceRules} know: keys, position of the source, theme
     */
    public record Settings(String language, Map<String, Object> preferences) {}
}
