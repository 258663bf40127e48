package org.diptych.service.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.patch;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.put;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.diptych.service.HttpFixture;
import org.diptych.service.HttpFixture.Answer;
import org.diptych.service.ServiceTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.context.WebApplicationContext;
import tools.jackson.databind.json.JsonMapper;

/** What belongs to an account changes piece by piece, holds nothing that could do harm, and never stands in a log. */
@ServiceTest
class AccountChangesIT {
    @Autowired
    private AccountService accounts;

    @Autowired
    private Accounts rows;

    @Autowired
    private ApiTokenService tokens;

    @Autowired
    private PasswordSignIn signIn;

    @Autowired
    private JdbcClient jdbc;

    private HttpFixture http;
    private SignedIn person;
    private TransactionTemplate one;
    private TransactionTemplate another;

    @BeforeEach
    void setUp(@Autowired WebApplicationContext context, @Autowired PlatformTransactionManager transactions) {
        http = new HttpFixture(context);
        person = accounts.createAccount("u" + UUID.randomUUID(), "Somebody", Role.ANNOTATOR, null)
                .account();
        one = new TransactionTemplate(transactions);
        another = new TransactionTemplate(transactions);
        another.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    private Answer prefer(String changes) throws Exception {
        return http.send(
                person,
                patch("/api/v1/session/preferences")
                        .contentType(MediaType.APPLICATION_JSON)
                        .content(changes));
    }

    private Map<String, Object> preferences() {
        return accounts.settings(person).preferences();
    }

    @Test
    void only_what_is_sent_changes() throws Exception {
        prefer("{\"theme\": \"dark\", \"keys\": {\"skip\": \"KeyK\"}, \"pauseAfter\": 0}");
        var answer = prefer("{\"timer\": false, \"keys\": {\"flag\": \"KeyJ\"}}");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json()).isEqualTo(JsonMapper.shared().readTree("""
                        {"theme": "dark", "keys": {"skip": "KeyK", "flag": "KeyJ"}, "pauseAfter": 0, "timer": false}"""));
        assertThat(http.send(person, get("/api/v1/session"))
                        .json()
                        .path("account")
                        .path("preferences"))
                .isEqualTo(answer.json());
    }

    @Test
    void null_takes_a_choice_back() throws Exception {
        prefer("{\"theme\": \"dark\", \"keys\": {\"skip\": \"KeyK\", \"flag\": \"KeyJ\"}}");
        assertThat(prefer("{\"theme\": null, \"keys\": {\"skip\": null}}")
                        .json()
                        .toString())
                .isEqualTo("{\"keys\":{\"flag\":\"KeyJ\"}}");
        assertThat(prefer("{\"keys\": null}").json().toString()).isEqualTo("{}");
    }

    @Test
    void put_merges_too_so_that_an_open_page_undoes_nothing() throws Exception {
        prefer("{\"theme\": \"dark\"}");
        var answer = http.send(
                person,
                put("/api/v1/session/preferences")
                        .contentType(MediaType.APPLICATION_JSON)
                        .content("{\"timer\": true}"));
        assertThat(answer.json().path("theme").asString()).isEqualTo("dark");
    }

    @Test
    void what_no_page_can_use_is_refused_with_its_field() throws Exception {
        assertThat(prefer("{\"keys\": {\"skip\": 5}}").problem()).isEqualTo("422 invalid_preference keys.skip");
        assertThat(prefer("{\"keys\": {\"skip\": \"\"}}").problem()).isEqualTo("422 invalid_preference keys.skip");
        assertThat(prefer("{\"keys\": []}").problem()).isEqualTo("422 invalid_preference keys");
        assertThat(prefer("{\"keys\": {\"__proto__\": \"KeyA\"}}").problem())
                .isEqualTo("422 invalid_preference keys.__proto__");
        assertThat(prefer("{\"theme\": \"blue\"}").detail()).contains("light, dark, system");
        assertThat(prefer("{\"singleKeys\": \"no\"}").problem()).isEqualTo("422 invalid_preference singleKeys");
        assertThat(prefer("{\"pauseAfter\": -1}").problem()).isEqualTo("422 invalid_preference pauseAfter");
        assertThat(prefer("{\"pauseAfter\": 1.5}").problem()).isEqualTo("422 invalid_preference pauseAfter");
        assertThat(prefer("{\"colour\": 1}").problem()).isEqualTo("422 unknown_preference colour");
        assertThat(prefer("{\"x\": \"a\\u0000b\"}").problem()).isEqualTo("422 invalid_text x");
        assertThat(prefer("null").status()).isEqualTo(422);
        assertThat(preferences()).isEmpty();
    }

    @Test
    void what_was_stored_before_and_is_of_no_use_is_not_given_out() {
        jdbc.sql("UPDATE account SET preferences = ?::jsonb WHERE id = ?")
                .params(
                        "{\"keys\": {\"skip\": 5, \"flag\": \"KeyJ\"}, \"theme\": [], \"timer\": false, \"old\": {\"a\": 1}}",
                        person.id())
                .update();
        assertThat(preferences()).isEqualTo(Map.of("keys", Map.of("flag", "KeyJ"), "timer", false));
        jdbc.sql("UPDATE account SET preferences = '[1]' WHERE id = ?")
                .param(person.id())
                .update();
        assertThat(preferences()).isEmpty();
    }

    @Test
    void a_new_password_outlives_a_change_of_language_or_preferences_that_began_before_it() {
        accounts.changePassword(person, "first password");
        one.executeWithoutResult(status -> {
            accounts.settings(person);
            another.executeWithoutResult(inner -> accounts.changePassword(person, "second password"));
            accounts.prefer(person, Map.of("theme", "dark"));
        });
        assertThat(preferences()).containsEntry("theme", "dark");
        one.executeWithoutResult(status -> {
            accounts.settings(person);
            another.executeWithoutResult(inner -> accounts.changePassword(person, "third password"));
            try {
                accounts.speak(person, "zh");
            } catch (ConcurrencyFailureException told) {
                status.setRollbackOnly();
            }
        });
        assertThat(signIn.authenticate(
                                UsernamePasswordAuthenticationToken.unauthenticated(person.name(), "third password"))
                        .isAuthenticated())
                .isTrue();
    }

    @Test
    void a_stale_account_is_never_written_back() {
        accounts.changePassword(person, "first password");
        var stale = Objects.requireNonNull(
                another.execute(status -> rows.findById(person.id()).orElseThrow()));
        accounts.changePassword(person, "second password");
        var told = catchThrowable(() -> another.executeWithoutResult(status -> {
            stale.speak("zh");
            rows.saveAndFlush(stale);
        }));
        assertThat(told).isInstanceOf(ConcurrencyFailureException.class);
    }

    @Test
    void a_statement_that_fails_leaves_no_password_hash_in_the_log() {
        accounts.changePassword(person, "first password");
        var hash = jdbc.sql("SELECT password_hash FROM account WHERE id = ?")
                .param(person.id())
                .query(String.class)
                .single();
        var log = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
        var lines = new ListAppender<ILoggingEvent>();
        lines.start();
        log.addAppender(lines);
        Throwable failure;
        try {
            failure = catchThrowable(() -> another.executeWithoutResult(status -> {
                var account = rows.findById(person.id()).orElseThrow();
                account.speak("no such language");
                rows.saveAndFlush(account);
            }));
        } finally {
            log.detachAppender(lines);
        }
        assertThat(failure).isNotNull();
        assertThat(lines.list)
                .isNotEmpty()
                .noneMatch(line -> line.getFormattedMessage().contains(hash));
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            assertThat(cause.getMessage()).doesNotContain(hash);
        }
    }

    @Test
    void a_name_that_nobody_can_have_is_a_wrong_name_and_no_error() {
        for (var name : new String[] {"a\0b", "\ud800", "", "x".repeat(5_000), "a\nb"}) {
            assertThatThrownBy(() -> signIn.authenticate(
                            UsernamePasswordAuthenticationToken.unauthenticated(name, "whatever it is")))
                    .isInstanceOf(BadCredentialsException.class);
            assertThat(accounts.find(name)).isEmpty();
        }
        assertThat(accounts.find(" " + person.name().toUpperCase(java.util.Locale.ROOT) + "\u00a0"))
                .contains(person);
    }

    @Test
    void names_and_titles_are_one_line() {
        assertThatThrownBy(() -> accounts.createAccount(
                        "u" + UUID.randomUUID(), "Eve\n16:00:00 INFO Server: forged", Role.ANNOTATOR, null))
                .hasMessageContaining("line break");
        assertThatThrownBy(() -> tokens.create(person, "a\0b")).hasMessageContaining("U+0000");
        assertThatThrownBy(() -> tokens.create(person, "x".repeat(81))).hasMessageContaining("80");
        assertThat(accounts.createAccount("u" + UUID.randomUUID(), " Ann \u00a0", Role.ANNOTATOR, null)
                        .account()
                        .displayName())
                .isEqualTo("Ann");
    }
}
