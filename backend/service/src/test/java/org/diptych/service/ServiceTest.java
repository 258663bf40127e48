package org.diptych.service;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import javax.sql.DataSource;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;

/** The whole service module on a real, empty PostgreSQL with the current schema. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
        classes = ServiceTest.Application.class,
        properties = {
            "spring.jpa.hibernate.ddl-auto=validate",
            "spring.jpa.open-in-view=false",
            "diptych.data-dir=target/test-data"
        })
public @interface ServiceTest {
    /** The service module as an application of its own. */
    @SpringBootApplication
    class Application {
        /** One server for the test JVM; every context gets a database of its own. */
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

        @Bean
        DataSource dataSource() throws java.sql.SQLException {
            var name = "test_" + java.util.UUID.randomUUID().toString().replace("-", "");
            try (var connection = Server.POSTGRES.getPostgresDatabase().getConnection();
                    var statement = connection.createStatement()) {
                statement.execute("CREATE DATABASE " + name);
            }
            var pool = new com.zaxxer.hikari.HikariDataSource();
            pool.setJdbcUrl(Server.POSTGRES.getJdbcUrl("postgres", name));
            pool.setMaximumPoolSize(20);
            // as application.yaml has it
            pool.addDataSourceProperty("logServerErrorDetail", "false");
            return pool;
        }
    }
}
