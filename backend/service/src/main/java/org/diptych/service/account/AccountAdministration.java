package org.diptych.service.account;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.diptych.service.audit.AuditAction;
import org.diptych.service.audit.AuditLog;
import org.diptych.service.database.Columns;
import org.diptych.service.problem.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What administrators do with the accounts of others, and leads with those of their annotators. */
@Service
@Transactional
public class AccountAdministration {
    private final AccountService creation;
    private final Accounts accounts;
    private final CampaignAccess access;
    private final PasswordEncoder passwordEncoder;
    private final SignIns signIns;
    private final ApiTokenService tokens;
    private final AuditLog audit;
    private final JdbcClient jdbc;

    AccountAdministration(
            AccountService creation,
            Accounts accounts,
            CampaignAccess access,
            PasswordEncoder passwordEncoder,
            SignIns signIns,
            ApiTokenService tokens,
            AuditLog audit,
            JdbcClient jdbc) {
        this.creation = creation;
        this.accounts = accounts;
        this.access = access;
        this.passwordEncoder = passwordEncoder;
        this.signIns = signIns;
        this.tokens = tokens;
        this.audit = audit;
        this.jdbc = jdbc;
    }

    /**
     * Accounts by name.
     *
     * @param search a part of the user name or the full name; empty for all
     * @param most how many at most
     */
    @Transactional(readOnly = true)
    public List<AccountSummary> list(SignedIn administrator, String search, int most) {
        requireAdministrator(administrator);
        return jdbc.sql("""
                        SELECT a.name, a.display_name, a.role, a.disabled, a.simulated, a.created_at,
                            (SELECT max(s.seen_at) FROM sign_in s WHERE s.account_id = a.id) AS seen_at,
                            (SELECT count(*) FROM sign_in s WHERE s.account_id = a.id) AS browsers,
                            (SELECT count(*) FROM api_token t WHERE t.account_id = a.id AND t.revoked_at IS NULL) AS tokens
                        FROM account a
                        WHERE strpos(a.name, lower(:search)) > 0 OR strpos(lower(a.display_name), lower(:search)) > 0
                        ORDER BY a.name LIMIT :most""")
                .param("search", search.strip().replace("\0", ""))
                .param("most", most)
                .query((row, number) -> new AccountSummary(
                        row.getString("name"),
                        row.getString("display_name"),
                        Role.valueOf(row.getString("role")),
                        row.getBoolean("disabled"),
                        row.getBoolean("simulated"),
                        row.getTimestamp("created_at").toInstant(),
                        Columns.instant(row, "seen_at"),
                        row.getInt("browsers"),
                        row.getInt("tokens")))
                .list();
    }

    /** Creates an account of any role, see {@link AccountService#invite}. */
    public NewAccount create(SignedIn administrator, String name, String displayName, Role role) {
        requireAdministrator(administrator);
        return creation.invite(name, displayName, role);
    }

    /** Gives the account a new random password and ends its sign-ins and tokens. Returns the password, the only copy. */
    public String resetPassword(SignedIn administrator, String name) {
        requireAdministrator(administrator);
        return reset(administrator, null, locked(name));
    }

    /**
     * The same by a lead, for somebody who labels in campaigns of this lead and nothing more anywhere: a lead must not come
     * to more rights by another's account, nor answer for them in another lead's campaign.
     *
     * @throws Problem {@code not_a_member}, {@code unknown_account}, or {@code not_an_annotator}
     */
    public String resetPassword(SignedIn lead, UUID campaign, String name) {
        access.requireLead(lead, campaign);
        var account = locked(name);
        var who = account.signedIn();
        if (!isMember(who.id(), campaign)) {
            throw unknown();
        }
        if (lead.role() != Role.ADMIN && (who.role() != Role.ANNOTATOR || hasMoreRights(who.id(), lead))) {
            throw Problem.forbidden(
                    "not_an_annotator",
                    "This account has more rights than those of an annotator in your campaigns. Ask an administrator for a"
                            + " new password.");
        }
        return reset(lead, campaign, account);
    }

    private String reset(SignedIn by, @Nullable UUID campaign, Account account) {
        var who = account.signedIn();
        if (account.simulated()) {
            throw Problem.conflict("simulated", "A simulated annotator has no password: it acts by its token.");
        }
        var secret = Passwords.random();
        account.givePassword(String.valueOf(passwordEncoder.encode(secret)));
        accounts.flush();
        endAccess(who.id());
        audit.write(AuditAction.PASSWORD_RESET, by.id(), campaign, who.name(), null, null);
        return secret;
    }

    /**
     * Keeps somebody from signing in, and ends their sign-ins and tokens.
     *
     * @throws Problem {@code own_account}, or {@code last_administrator} when nobody would be left to administer
     */
    public void disable(SignedIn administrator, String name) {
        requireAdministrator(administrator);
        // two administrators at once who disable each other: the second finds that the first is alone
        var others = accounts.lockAdministrators();
        var account = locked(name);
        var who = account.signedIn();
        if (who.id().equals(administrator.id())) {
            throw Problem.conflict("own_account", "You cannot disable your own account. Another administrator can.");
        }
        if (others.stream()
                .filter(other -> !other.disabled())
                .allMatch(other -> other.signedIn().id().equals(who.id()))) {
            throw Problem.conflict("last_administrator", "This is the last administrator. Make another one first.");
        }
        enter(administrator, account, true);
        endAccess(who.id());
    }

    /** Lets somebody sign in again, with the password that they had. Their tokens stay revoked. */
    public void enable(SignedIn administrator, String name) {
        requireAdministrator(administrator);
        enter(administrator, locked(name), false);
    }

    private void enter(SignedIn administrator, Account account, boolean disabled) {
        if (account.disabled() == disabled) {
            return;
        }
        account.disable(disabled);
        accounts.flush();
        audit.write(
                disabled ? AuditAction.ACCOUNT_DISABLED : AuditAction.ACCOUNT_ENABLED,
                administrator.id(),
                null,
                account.signedIn().name(),
                null,
                null);
    }

    /** Signs somebody out everywhere and revokes their tokens; they may sign in again. */
    public void signOut(SignedIn administrator, String name) {
        requireAdministrator(administrator);
        var who = locked(name).signedIn();
        endAccess(who.id());
        audit.write(AuditAction.ACCOUNT_SIGNED_OUT, administrator.id(), null, who.name(), null, null);
    }

    private void endAccess(UUID account) {
        signIns.endAll(account, null);
        tokens.revokeAll(account);
    }

    private boolean isMember(UUID account, UUID campaign) {
        return jdbc.sql("SELECT EXISTS (SELECT 1 FROM campaign_member WHERE account_id = ? AND campaign_id = ?)")
                .params(account, campaign)
                .query(Boolean.class)
                .single();
    }

    /** Whether the account leads a campaign, or is a member of one that the lead does not lead. */
    private boolean hasMoreRights(UUID account, SignedIn lead) {
        return jdbc.sql("""
                        SELECT EXISTS (SELECT 1 FROM campaign_member m WHERE m.account_id = ? AND (m.role = 'LEAD'
                            OR NOT EXISTS (SELECT 1 FROM campaign_member l WHERE l.campaign_id = m.campaign_id
                                           AND l.account_id = ? AND l.role = 'LEAD')))""").params(account, lead.id()).query(Boolean.class).single();
    }

    private Account locked(String name) {
        return AccountName.of(name).flatMap(accounts::lockByName).orElseThrow(AccountAdministration::unknown);
    }

    private static Problem unknown() {
        return Problem.notFound("unknown_account", "There is no account of that name.");
    }

    static void requireAdministrator(SignedIn who) {
        if (who.role() != Role.ADMIN) {
            throw Problem.forbidden("not_an_administrator", "Only administrators do this.");
        }
    }

    /**
     * An account in the list.
     *
     * @param disabled whether it is kept from signing in
     * @param seenAt when one of its browsers was last heard of; empty when none is signed in
     * @param browsers browsers that are signed in
     * @param tokens tokens that work
     */
    public record AccountSummary(
            String name,
            String displayName,
            Role role,
            boolean disabled,
            boolean simulated,
            Instant createdAt,
            @Nullable Instant seenAt,
            int browsers,
            int tokens) {}
}
