package org.diptych.reward.worker;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.file.Files;
import java.sql.SQLException;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.test.context.DynamicPropertyRegistrar;

/** The service and the worker on a real, empty PostgreSQL; jobs run only where a test starts them. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
        classes = WorkerTest.Application.class,
        properties = {"diptych.role=web", "spring.jpa.hibernate.ddl-auto=validate", "spring.jpa.open-in-view=false"})
@interface WorkerTest {
    /** Both modules as an application of their own, which no scan finds. */
    @EnableAutoConfiguration
    @ComponentScan("org.diptych")
    @AutoConfigurationPackage(basePackages = "org.diptych")
    class Application {
        private static final class Server {
            private static final EmbeddedPostgres POSTGRES = start();

            private static EmbeddedPostgres start() {
                try {
                    return EmbeddedPostgres.builder()
                            .setServerConfig("max_connections", "200")
                            .start();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }

        /** Every context has a database and a data folder of its own, and asks a served encoder. */
        @Bean
        static EncodingServer encodingServer() throws IOException {
            return new EncodingServer();
        }

        @Bean
        static DynamicPropertyRegistrar properties(EncodingServer encoder) throws IOException {
            var folder = Files.createTempDirectory("worker-test");
            var configuration = encoder.configuration(folder, "r1");
            return registry -> {
                registry.add("diptych.data-dir", () -> folder.resolve("data").toString());
                registry.add("diptych.encoder", configuration::toString);
            };
        }

        @Bean
        DataSource dataSource() throws SQLException {
            var name = "test_" + UUID.randomUUID().toString().replace("-", "");
            try (var connection = Server.POSTGRES.getPostgresDatabase().getConnection();
                    var statement = connection.createStatement()) {
                statement.execute("CREATE DATABASE " + name);
            }
            var pool = new com.zaxxer.hikari.HikariDataSource();
            pool.setJdbcUrl(Server.POSTGRES.getJdbcUrl("postgres", name));
            pool.setMaximumPoolSize(20);
            return pool;
        }
    }
}
