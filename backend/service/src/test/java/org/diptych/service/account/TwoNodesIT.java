package org.diptych.service.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.diptych.protocol.ProtocolDocument;
import org.diptych.service.ServiceTest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.TypeExcludeFilter;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.core.type.classreading.MetadataReader;
import org.springframework.core.type.classreading.MetadataReaderFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Two nodes that first start at once on one empty database, and what one of them changes while the other serves. */
class TwoNodesIT {
    /** Less than what is remembered would be trusted without being told. */
    private static final long SOON = TimeUnit.SECONDS.toNanos(3);

    private static EmbeddedPostgres postgres;
    private static ConfigurableApplicationContext one;
    private static ConfigurableApplicationContext other;
    private static List<Optional<NewAccount>> administrators;

    private SignedIn person;
    private String token;

    @TestConfiguration
    static class OneDatabase {
        @Bean
        @Primary
        DataSource sharedDatabase() {
            var pool = new com.zaxxer.hikari.HikariDataSource();
            pool.setJdbcUrl(postgres.getJdbcUrl("postgres", "postgres"));
            pool.setMaximumPoolSize(8);
            return pool;
        }
    }

    /** What other tests bring along is none of a node's. */
    private static final class NoTests extends TypeExcludeFilter {
        @Override
        public boolean match(MetadataReader reader, MetadataReaderFactory readers) {
            var annotations = reader.getAnnotationMetadata();
            return annotations.isAnnotated(TestConfiguration.class.getName())
                    || annotations.isAnnotated(TestComponent.class.getName());
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof NoTests;
        }

        @Override
        public int hashCode() {
            return NoTests.class.hashCode();
        }
    }

    @BeforeAll
    static void both_start_at_once() throws Exception {
        postgres = EmbeddedPostgres.start();
        Callable<ConfigurableApplicationContext> node =
                () -> new SpringApplicationBuilder(ServiceTest.Application.class, OneDatabase.class)
                        .initializers(context -> context.getBeanFactory().registerSingleton("noTests", new NoTests()))
                        .properties(
                                "server.port=0",
                                "spring.jpa.open-in-view=false",
                                "spring.jmx.enabled=false",
                                "diptych.data-dir=target/test-data")
                        .run();
        try (var threads = Executors.newFixedThreadPool(2)) {
            var nodes = threads.invokeAll(List.of(node, node));
            one = nodes.getFirst().get();
            other = nodes.getLast().get();
            var made = threads.invokeAll(List.<Callable<Optional<NewAccount>>>of(
                    () -> one.getBean(AccountService.class).createFirstAdministrator(null),
                    () -> other.getBean(AccountService.class).createFirstAdministrator(null)));
            administrators = List.of(made.getFirst().get(), made.getLast().get());
        }
    }

    @AfterAll
    static void both_end() throws Exception {
        one.close();
        other.close();
        postgres.close();
    }

    @BeforeEach
    void somebody_whom_the_other_node_knows() {
        person = one.getBean(AccountService.class)
                .createAccount("p" + UUID.randomUUID(), "Somebody", Role.ANNOTATOR, null)
                .account();
        token = one.getBean(ApiTokenService.class).create(person, "test").token();
        assertThat(knows()).isTrue();
    }

    private boolean knows() {
        return other.getBean(ApiTokenService.class).authenticate(token).isPresent();
    }

    private static boolean soon(BooleanSupplier holds) throws InterruptedException {
        for (long begin = System.nanoTime(); System.nanoTime() - begin < SOON; Thread.sleep(20)) {
            if (holds.getAsBoolean()) {
                return true;
            }
        }
        return false;
    }

    private static JdbcClient jdbc() {
        return one.getBean(JdbcClient.class);
    }

    @Test
    void the_first_start_makes_one_administrator_and_every_protocol_once() {
        assertThat(administrators).filteredOn(Optional::isPresent).hasSize(1);
        assertThat(jdbc().sql("SELECT count(*) FROM account WHERE role = 'ADMIN'")
                        .query(Integer.class)
                        .single())
                .isOne();
        assertThat(jdbc().sql("SELECT id || '-v' || version FROM protocol")
                        .query(String.class)
                        .list())
                .containsExactlyInAnyOrderElementsOf(ProtocolDocument.BUNDLED);
    }

    @Test
    void a_token_revoked_on_one_node_works_on_none() throws Exception {
        var tokens = one.getBean(ApiTokenService.class);
        tokens.revoke(person, tokens.list(person).getFirst().id());
        assertThat(tokens.authenticate(token)).isEmpty();
        assertThat(soon(() -> !knows())).isTrue();
    }

    @Test
    void a_new_password_signs_browsers_of_every_node_out() throws Exception {
        var secret = one.getBean(SignIns.class).begin(person.id(), 0).orElseThrow();
        var signIns = other.getBean(SignIns.class);
        assertThat(signIns.find(secret)).isPresent();
        var administrator = one.getBean(AccountService.class)
                .createAccount("a" + UUID.randomUUID(), "Root", Role.ADMIN, null)
                .account();
        one.getBean(AccountAdministration.class).resetPassword(administrator, person.name());
        assertThat(one.getBean(SignIns.class).find(secret)).isEmpty();
        assertThat(soon(() -> signIns.find(secret).isEmpty())).isTrue();
    }

    @Test
    void what_is_changed_by_hand_counts_on_every_node() throws Exception {
        jdbc().sql("UPDATE account SET role = 'LEAD' WHERE id = ?")
                .param(person.id())
                .update();
        assertThat(soon(() -> other.getBean(ApiTokenService.class)
                        .authenticate(token)
                        .orElseThrow()
                        .role()
                        .equals(Role.LEAD)))
                .isTrue();
        jdbc().sql("UPDATE account SET disabled = true WHERE id = ?")
                .param(person.id())
                .update();
        assertThat(soon(() -> !knows())).isTrue();
    }

    @Test
    void a_notification_that_names_no_account_ends_no_listening() throws Exception {
        jdbc().sql("SELECT pg_notify('account_changed', 'nonsense')")
                .query((row, number) -> number)
                .list();
        jdbc().sql("UPDATE api_token SET revoked_at = now() WHERE account_id = ?")
                .param(person.id())
                .update();
        assertThat(soon(() -> !knows())).isTrue();
    }

    @Test
    void a_revocation_that_is_read_past_before_its_commit_counts_after_it() throws Exception {
        var tokens = one.getBean(ApiTokenService.class);
        var id = tokens.list(person).getFirst().id();
        new TransactionTemplate(one.getBean(PlatformTransactionManager.class)).executeWithoutResult(_ -> {
            tokens.revoke(person, id);
            // another request of the same node meanwhile
            try (var threads = Executors.newSingleThreadExecutor()) {
                assertThat(threads.submit(() -> tokens.authenticate(token)).get())
                        .isPresent();
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
        assertThat(tokens.authenticate(token)).isEmpty();
    }

    @Test
    void who_was_cut_off_listens_again_and_trusts_nothing_from_before() throws Exception {
        assertThat(listeners()).isEqualTo(2);
        jdbc().sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = ?")
                .param(AccountListener.NAME)
                .query(Boolean.class)
                .list();
        jdbc().sql("UPDATE api_token SET revoked_at = now() WHERE account_id = ?")
                .param(person.id())
                .update();
        assertThat(soon(() -> !knows())).isTrue();
        assertThat(soon(() -> listeners() == 2)).isTrue();
    }

    private static int listeners() {
        return Objects.requireNonNull(jdbc().sql("SELECT count(*) FROM pg_stat_activity WHERE application_name = ?")
                .param(AccountListener.NAME)
                .query(Integer.class)
                .single());
    }
}
