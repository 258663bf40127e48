package org.diptych.service.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;

import jakarta.servlet.Filter;
import jakarta.servlet.http.Cookie;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.diptych.service.CampaignFixture;
import org.diptych.service.HttpFixture;
import org.diptych.service.ServiceTest;
import org.diptych.service.account.AccountService.Tokens;
import org.diptych.service.problem.Problem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.context.WebApplicationContext;

/** Lost passwords, and accounts that must not be used any more. */
@ServiceTest
class AccountAdministrationIT {
    @Autowired
    private AccountAdministration administration;

    @Autowired
    private AccountService accounts;

    @Autowired
    private ApiTokenService tokens;

    @Autowired
    private SignIns signIns;

    @Autowired
    private PasswordSignIn door;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private DataSource database;

    @Autowired
    private SignInCookie cookies;

    @Autowired
    private AccountChanges changes;

    private MockMvc http;
    private SignedIn admin;
    private NewAccount somebody;
    private String name;

    @BeforeEach
    void people(
            @Autowired WebApplicationContext context,
            @Autowired @Qualifier("springSecurityFilterChain") Filter filter) {
        http = MockMvcBuilders.webAppContextSetup(context).addFilters(filter).build();
        admin = account(Role.ADMIN).account();
        somebody = account(Role.ANNOTATOR);
        name = somebody.account().name();
    }

    private NewAccount account(Role role) {
        return accounts.createAccount("p" + UUID.randomUUID(), "Somebody", role, null);
    }

    private boolean opens(String password) {
        try {
            door.authenticate(UsernamePasswordAuthenticationToken.unauthenticated(name, password));
            return true;
        } catch (BadCredentialsException refused) {
            return false;
        }
    }

    private static void refused(String code, ThrowingCallable action) {
        assertThat(catchThrowable(action))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo(code));
    }

    @Test
    void a_new_password_replaces_the_old_one_and_ends_browsers_and_tokens_at_once() {
        var browser = signIns.begin(somebody.account().id(), 0).orElseThrow();
        var token = tokens.create(somebody.account(), "program").token();
        assertThat(signIns.find(browser)).isPresent();
        assertThat(tokens.authenticate(token)).isPresent();
        var fresh = administration.resetPassword(admin, name);
        assertThat(signIns.find(browser)).isEmpty();
        assertThat(tokens.authenticate(token)).isEmpty();
        assertThat(opens(somebody.password())).isFalse();
        assertThat(opens(fresh)).isTrue();
    }

    @Test
    void who_is_disabled_is_out_at_once_and_may_sign_in_again_when_enabled() {
        var browser = signIns.begin(somebody.account().id(), 0).orElseThrow();
        var token = tokens.create(somebody.account(), "program").token();
        assertThat(signIns.find(browser)).isPresent();
        assertThat(tokens.authenticate(token)).isPresent();
        administration.disable(admin, name);
        assertThat(signIns.find(browser)).isEmpty();
        assertThat(tokens.authenticate(token)).isEmpty();
        assertThat(opens(somebody.password())).isFalse();
        administration.enable(admin, name);
        assertThat(opens(somebody.password())).isTrue();
        assertThat(signIns.find(browser)).isEmpty();
        assertThat(tokens.authenticate(token)).isEmpty();
    }

    @Test
    void signing_somebody_out_leaves_their_password() {
        var browser = signIns.begin(somebody.account().id(), 0).orElseThrow();
        administration.signOut(admin, name);
        assertThat(signIns.find(browser)).isEmpty();
        assertThat(opens(somebody.password())).isTrue();
    }

    @Test
    void nobody_disables_themselves_or_the_last_administrator() throws Exception {
        refused("own_account", () -> administration.disable(admin, admin.name()));
        jdbc.sql("UPDATE account SET disabled = role = 'ADMIN' AND id <> ?")
                .param(admin.id())
                .update();
        var gone = new SignedIn(UUID.randomUUID(), "gone", "Gone", Role.ADMIN);
        refused("last_administrator", () -> administration.disable(gone, admin.name()));

        var other = account(Role.ADMIN).account();
        try (var both = Executors.newFixedThreadPool(2)) {
            Callable<Void> first = () -> {
                administration.disable(admin, other.name());
                return null;
            };
            Callable<Void> second = () -> {
                administration.disable(other, admin.name());
                return null;
            };
            for (Future<Void> each : both.invokeAll(List.of(first, second))) {
                assertThat(each.state()).isIn(Future.State.SUCCESS, Future.State.FAILED);
            }
        }
        assertThat(jdbc.sql("SELECT count(*) FROM account WHERE role = 'ADMIN' AND NOT disabled")
                        .query(Long.class)
                        .single())
                .isEqualTo(1);
        jdbc.sql("UPDATE account SET disabled = false").update();
    }

    @Test
    void only_administrators_see_accounts_and_find_them_by_a_part_of_either_name(
            @Autowired WebApplicationContext context) throws Exception {
        var http = new HttpFixture(context);
        assertThat(http.send(somebody.account(), get("/api/v1/accounts")).problem())
                .isEqualTo("403 not_an_administrator");
        accounts.createAccount("q" + UUID.randomUUID(), "Zoë 100% Lee", Role.LEAD, null);
        assertThat(administration.list(admin, "100% l", 10))
                .extracting(AccountAdministration.AccountSummary::displayName)
                .containsExactly("Zoë 100% Lee");
        assertThat(administration.list(admin, name.substring(5), 10))
                .extracting(AccountAdministration.AccountSummary::name)
                .containsExactly(name);
    }

    @Test
    void a_lead_resets_the_passwords_of_annotators_of_their_campaign_only() {
        var campaign = new CampaignFixture(jdbc, accounts).campaign("edit-preference-v1", 1, 1);
        var elsewhere = new CampaignFixture(jdbc, accounts).campaign("edit-preference-v1", 1, 1);
        var lead = account(Role.LEAD).account();
        join(campaign, lead, "LEAD");
        refused("unknown_account", () -> administration.resetPassword(lead, campaign, name));
        join(campaign, somebody.account(), "ANNOTATOR");
        assertThat(opens(administration.resetPassword(lead, campaign, name))).isTrue();
        refused("unknown_campaign", () -> administration.resetPassword(lead, elsewhere, name));
        refused("not_a_member", () -> administration.resetPassword(somebody.account(), campaign, name));
        // in another lead's campaign somebody would label as them
        join(elsewhere, somebody.account(), "ANNOTATOR");
        refused("not_an_annotator", () -> administration.resetPassword(lead, campaign, name));
        join(elsewhere, lead, "LEAD");
        assertThat(opens(administration.resetPassword(lead, campaign, name))).isTrue();
        jdbc.sql("UPDATE campaign_member SET role = 'LEAD' WHERE campaign_id = ? AND account_id = ?")
                .params(elsewhere, somebody.account().id())
                .update();
        refused("not_an_annotator", () -> administration.resetPassword(lead, campaign, name));
        join(campaign, admin, "ANNOTATOR");
        refused("not_an_annotator", () -> administration.resetPassword(lead, campaign, admin.name()));
    }

    private void join(UUID campaign, SignedIn who, String role) {
        jdbc.sql("INSERT INTO campaign_member (campaign_id, account_id, role) VALUES (?, ?, ?)")
                .params(campaign, who.id(), role)
                .update();
    }

    @Test
    void changing_ones_password_takes_the_one_that_one_has() {
        refused(
                "wrong_password",
                () -> accounts.changePassword(somebody.account(), "a guess", "a long new one", Tokens.KEPT));
        var program = tokens.create(somebody.account(), "program").token();
        refused(
                "same_password",
                () -> accounts.changePassword(
                        somebody.account(), somebody.password(), somebody.password(), Tokens.KEPT));
        accounts.changePassword(somebody.account(), somebody.password(), "a long new one", Tokens.KEPT);
        assertThat(opens("a long new one")).isTrue();
        assertThat(tokens.authenticate(program)).isPresent();
        accounts.changePassword(somebody.account(), "a long new one", "a longer new one", Tokens.REVOKED);
        assertThat(tokens.authenticate(program)).isEmpty();
    }

    @Test
    void a_password_that_somebody_else_knows_opens_nothing_until_its_owner_has_chosen_another() throws Exception {
        var given = administration.resetPassword(admin, name);
        var basic =
                "Basic " + Base64.getEncoder().encodeToString((name + ":" + given).getBytes(StandardCharsets.UTF_8));
        var refused = http.perform(MockMvcRequestBuilders.post("/api/v1/tokens").header("Authorization", basic))
                .andReturn()
                .getResponse();
        assertThat(refused.getStatus()).isEqualTo(403);
        assertThat(refused.getContentAsString()).contains("own_password_first", "POST /api/v1/password");
        var version = jdbc.sql("SELECT version FROM account WHERE name = ?")
                .param(name)
                .query(Long.class)
                .single();
        var browser = new Cookie(
                cookies.name("x").replaceFirst("-x$", ""),
                signIns.begin(somebody.account().id(), version).orElseThrow());
        assertThat(status("/api/v1/annotate/campaigns", browser)).isEqualTo(403);
        assertThat(status("/images/" + "0".repeat(64) + "/display", browser)).isEqualTo(403);
        var session = http.perform(MockMvcRequestBuilders.get("/api/v1/session").cookie(browser))
                .andReturn()
                .getResponse();
        assertThat(session.getStatus()).isEqualTo(200);
        assertThat(session.getContentAsString()).contains("\"mustChoosePassword\":true");
        assertThat(choose(given, given)).isEqualTo("422 same_password");
        assertThat(choose(given, "password123")).isEqualTo("422 weak_password");
        assertThat(choose("a guess", "only I know this one")).startsWith("401 ");
        assertThat(choose(given, "only I know this one")).isEqualTo("204 ");
        assertThat(choose(given, "another one of mine")).startsWith("401 ");
        assertThat(audited()).isEqualTo("REVOKED");
        assertThat(status(
                        "/api/v1/annotate/campaigns",
                        new Cookie(
                                browser.getName(),
                                signIns.begin(somebody.account().id(), version + 1)
                                        .orElseThrow())))
                .isEqualTo(200);
        assertThat(administration
                        .create(admin, "n" + UUID.randomUUID(), "New", Role.ANNOTATOR)
                        .account()
                        .mustChoosePassword())
                .isTrue();
    }

    /** By name and password, without a page. */
    private String choose(String present, String password) throws Exception {
        var answer = http.perform(MockMvcRequestBuilders.post("/api/v1/password")
                        .header(
                                "Authorization",
                                "Basic "
                                        + Base64.getEncoder()
                                                .encodeToString(
                                                        (name + ":" + present).getBytes(StandardCharsets.UTF_8)))
                        .contentType("application/json")
                        .content("{\"password\": \"" + password + "\"}"))
                .andReturn()
                .getResponse();
        var code = answer.getContentAsString().replaceFirst("(?s).*\"code\":\"(\\w+)\".*", "$1");
        return answer.getStatus() + " " + code;
    }

    /** What the last change of the password left in the log. */
    private String audited() {
        return jdbc.sql("""
                        SELECT detail -> 'after' ->> 'tokens' FROM audit_event
                        WHERE action = 'password.changed' AND subject = ? ORDER BY id DESC LIMIT 1""").param(name).query(String.class).single();
    }

    private int status(String address, Cookie browser) throws Exception {
        return http.perform(MockMvcRequestBuilders.get(address).cookie(browser))
                .andReturn()
                .getResponse()
                .getStatus();
    }

    @Test
    void a_token_ends_by_itself_and_an_account_has_few_of_them() throws Exception {
        var who = somebody.account();
        refused("invalid_duration", () -> tokens.create(who, "too long", Duration.ofDays(367)));
        refused("invalid_duration", () -> tokens.create(who, "too short", Duration.ZERO));
        var first = tokens.create(who, "job").token();
        assertThat(tokens.list(who).getFirst().expiresAt().orElseThrow())
                .isBetween(
                        Instant.now().plus(Duration.ofDays(89)), Instant.now().plus(Duration.ofDays(91)));
        jdbc.sql("""
                        INSERT INTO api_token (id, account_id, token_sha256, title, created_at)
                        SELECT gen_random_uuid(), ?, sha256(convert_to(gen_random_uuid()::text, 'UTF8')), 'often',
                            now() - interval '23 hours'
                        FROM generate_series(1, 199)""").param(who.id()).update();
        refused("too_many_tokens", () -> tokens.create(who, "one more"));
        var second = tokens.create(who, "often").token();
        refused("too_many_tokens", () -> tokens.create(who, "one more"));
        assertThat(tokens.authenticate(first)).as("in use, and older").isPresent();
        jdbc.sql(
                        "UPDATE api_token SET last_used_at = now() - interval '25 hours' WHERE account_id = ? AND title = 'job'")
                .param(who.id())
                .update();
        tokens.create(who, "one more");
        assertThat(tokens.authenticate(first)).as("unused for longest").isEmpty();
        assertThat(tokens.authenticate(second)).isPresent();
        jdbc.sql("UPDATE api_token SET expires_at = now() - interval '1 second' WHERE account_id = ?")
                .param(who.id())
                .update();
        changes.changed(who.id());
        assertThat(tokens.authenticate(second)).isEmpty();
        assertThat(tokens.list(who)).isEmpty();
        tokens.create(who, "one more");
    }

    @Test
    void whoever_may_open_the_database_gives_a_new_password_beside_the_server() {
        var browser = signIns.begin(somebody.account().id(), 0).orElseThrow();
        assertThat(PasswordRecovery.reset(database, " " + name.toUpperCase(java.util.Locale.ROOT), "chosen by hand")
                        .account())
                .isEqualTo(name);
        assertThat(opens("chosen by hand")).isTrue();
        assertThat(new SignIns(jdbc, java.time.Clock.systemUTC(), new AccountChanges()).find(browser))
                .isEmpty();
        assertThat(opens(PasswordRecovery.reset(database, name, null).password()))
                .isTrue();
        refused("weak_password", () -> PasswordRecovery.reset(database, name, "short"));
        refused("unknown_account", () -> PasswordRecovery.reset(database, "nobody", null));
        assertThat(jdbc.sql("SELECT count(*) FROM audit_event WHERE action = 'password.reset' AND subject = ?")
                        .param(name)
                        .query(Long.class)
                        .single())
                .isEqualTo(2);
    }
}
