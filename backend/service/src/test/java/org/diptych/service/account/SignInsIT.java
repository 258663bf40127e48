package org.diptych.service.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.util.UUID;
import java.util.concurrent.Executors;
import org.diptych.service.Eventually;
import org.diptych.service.ServiceTest;
import org.diptych.service.problem.Problem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** How long a browser stays signed in, and what ends it. */
@ServiceTest
class SignInsIT {
    @Autowired
    SignIns signIns;

    @Autowired
    AccountService accounts;

    @Autowired
    AccountAdministration administration;

    @Autowired
    PasswordSignIn passwordSignIn;

    @Autowired
    ApiTokenService tokens;

    @Autowired
    SignInRepository repository;

    @Autowired
    PlatformTransactionManager transactions;

    @Autowired
    JdbcClient jdbc;

    private NewAccount account;

    @BeforeEach
    void an_account() {
        account = accounts.createAccount("b" + UUID.randomUUID(), "Browser", Role.LEAD, null);
    }

    /** Another process with the same database: it remembers nothing. */
    private SignIns anotherNode() {
        return new SignIns(jdbc, Clock.systemUTC(), new AccountChanges());
    }

    @Test
    void every_node_knows_a_sign_in_and_a_restart_forgets_none() {
        var secret = signIns.begin(account.account().id(), 0).orElseThrow();
        assertThat(anotherNode().find(secret)).contains(account.account());
        assertThat(anotherNode().find(secret + "x")).isEmpty();
    }

    @Test
    void a_copy_of_the_database_signs_nobody_in() {
        var secret = signIns.begin(account.account().id(), 0).orElseThrow();
        assertThat(jdbc.sql("SELECT row_to_json(s)::text FROM sign_in s")
                        .query(String.class)
                        .list())
                .noneMatch(row -> row.contains(secret));
    }

    @Test
    void a_sign_out_counts_at_once_and_for_every_node() {
        var secret = signIns.begin(account.account().id(), 0).orElseThrow();
        assertThat(signIns.find(secret)).isPresent();
        signIns.end(secret);
        assertThat(signIns.find(secret)).isEmpty();
        assertThat(anotherNode().find(secret)).isEmpty();
    }

    @Test
    void a_cookie_of_the_release_before_counts_over_tls_until_the_next_sign_in(@Autowired SignInCookie cookies) {
        var name = cookies.name("x").replaceFirst("-x$", "");
        var request = new MockHttpServletRequest();
        request.setSecure(true);
        var secret = signIns.begin(account.account().id(), 0).orElseThrow();
        request.setCookies(new jakarta.servlet.http.Cookie(name, secret));
        assertThat(repository.containsContext(request)).isTrue();
        var response = new MockHttpServletResponse();
        repository.saveContext(new SecurityContextImpl(), request, response);
        assertThat(signIns.find(secret)).isEmpty();
        assertThat(response.getHeaders("Set-Cookie"))
                .anyMatch(each -> each.startsWith("__Host-" + name + "=;"))
                .anyMatch(each -> each.startsWith(name + "=;"));
    }

    @Test
    void role_and_state_of_the_account_are_read_with_the_sign_in() {
        var secret = signIns.begin(account.account().id(), 0).orElseThrow();
        jdbc.sql("UPDATE account SET role = 'ANNOTATOR' WHERE id = ?")
                .param(account.account().id())
                .update();
        assertThat(anotherNode().find(secret)).map(SignedIn::role).contains(Role.ANNOTATOR);
        jdbc.sql("UPDATE account SET disabled = true WHERE id = ?")
                .param(account.account().id())
                .update();
        assertThat(anotherNode().find(secret)).isEmpty();
    }

    @Test
    void a_new_password_signs_all_browsers_out() {
        var first = signIns.begin(account.account().id(), 0).orElseThrow();
        var second = signIns.begin(account.account().id(), 0).orElseThrow();
        assertThat(signIns.find(first)).isPresent();
        var administrator = accounts.createAccount("a" + UUID.randomUUID(), "Root", Role.ADMIN, null);
        administration.resetPassword(administrator.account(), account.account().name());
        assertThat(signIns.find(first)).isEmpty();
        assertThat(signIns.find(second)).isEmpty();
    }

    @Test
    void twelve_hours_of_silence_or_seven_days_end_it_and_it_is_removed() {
        var silent = signIns.begin(account.account().id(), 0).orElseThrow();
        age(silent, "13 hours", "13 hours");
        var old = signIns.begin(account.account().id(), 0).orElseThrow();
        age(old, "8 days", "1 minute");
        var busy = signIns.begin(account.account().id(), 0).orElseThrow();
        age(busy, "6 days", "11 hours");
        assertThat(anotherNode().find(silent)).isEmpty();
        assertThat(anotherNode().find(old)).isEmpty();
        assertThat(signIns.begin(account.account().id(), 0)).isPresent();
        signIns.forgetEnded();
        assertThat(jdbc.sql("SELECT count(*) FROM sign_in WHERE account_id = ?")
                        .param(account.account().id())
                        .query(Integer.class)
                        .single())
                .as("the busy one and the new one")
                .isEqualTo(2);
        assertThat(anotherNode().find(busy)).isPresent();
        assertThat(jdbc.sql(
                                "SELECT count(*) FROM sign_in WHERE account_id = ? AND seen_at > now() - interval '1 hour' AND created_at < now() - interval '1 day'")
                        .param(account.account().id())
                        .query(Integer.class)
                        .single())
                .as("to be heard of starts the twelve hours again")
                .isOne();
    }

    private void age(String secret, String since, String seen) {
        jdbc.sql("UPDATE sign_in SET created_at = now() - ?::interval, seen_at = now() - ?::interval"
                        + " WHERE token_sha256 = sha256(?::bytea)")
                .params(since, seen, secret.getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .update();
    }

    private CheckedPassword checked() {
        return (CheckedPassword) passwordSignIn.authenticate(UsernamePasswordAuthenticationToken.unauthenticated(
                account.account().name(), account.password()));
    }

    @Test
    void a_password_that_was_reset_while_it_was_checked_signs_nobody_in_and_makes_no_token() {
        var checked = checked();
        administration.resetPassword(administrator(), account.account().name());
        assertThat(signIns.begin(checked.who().id(), checked.version())).isEmpty();
        assertThatThrownBy(() -> tokens.create(checked, "late", ApiTokenService.USUAL))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo("signed_out"));
        assertThatThrownBy(() -> repository.saveContext(
                        new SecurityContextImpl(checked), new MockHttpServletRequest(), new MockHttpServletResponse()))
                .isInstanceOf(AuthenticationException.class);
        assertThat(jdbc.sql("SELECT (SELECT count(*) FROM sign_in WHERE account_id = :id)"
                                + " + (SELECT count(*) FROM api_token WHERE account_id = :id)")
                        .param("id", checked.who().id())
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    @Test
    void who_signs_in_while_a_reset_is_under_way_waits_for_it_and_is_not_signed_in() throws Exception {
        var checked = checked();
        try (var thread = Executors.newSingleThreadExecutor()) {
            var begun = new TransactionTemplate(transactions).execute(_ -> {
                administration.resetPassword(administrator(), account.account().name());
                var beginning = thread.submit(() -> signIns.begin(checked.who().id(), checked.version()));
                Eventually.somebodyWaits(jdbc);
                return beginning;
            });
            assertThat(begun.get()).isEmpty();
        }
    }

    @Test
    void who_was_disabled_and_enabled_again_while_their_password_was_checked_signs_in_anew() {
        var checked = checked();
        var name = account.account().name();
        administration.disable(administrator(), name);
        administration.enable(administrator(), name);
        assertThat(signIns.begin(checked.who().id(), checked.version())).isEmpty();
        assertThat(signIns.begin(checked().who().id(), checked().version())).isPresent();
    }

    private SignedIn administrator() {
        return accounts.createAccount("a" + UUID.randomUUID(), "Root", Role.ADMIN, null)
                .account();
    }

    @Test
    void a_hash_of_an_earlier_version_is_replaced_at_the_next_sign_in() {
        jdbc.sql("UPDATE account SET password_hash = ? WHERE id = ?")
                .params(
                        new BCryptPasswordEncoder().encode("an old password"),
                        account.account().id())
                .update();
        for (int time = 0; time < 2; time++) {
            var signedIn = passwordSignIn.authenticate(UsernamePasswordAuthenticationToken.unauthenticated(
                    account.account().name(), "an old password"));
            assertThat(signedIn.isAuthenticated()).isTrue();
            assertThat(jdbc.sql("SELECT password_hash FROM account WHERE id = ?")
                            .param(account.account().id())
                            .query(String.class)
                            .single())
                    .startsWith("{pbkdf2}");
        }
    }
}
