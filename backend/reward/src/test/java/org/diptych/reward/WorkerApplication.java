package org.diptych.reward;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import javax.sql.DataSource;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;

/**
 * A worker on a real, empty PostgreSQL with the current schema, whose jobs are started by the test alone. It is no
 * configuration that a scan finds: each test has one application.
 */
@EnableAutoConfiguration
@ComponentScan("org.diptych")
@AutoConfigurationPackage(basePackages = "org.diptych")
public class WorkerApplication {
    @Bean(destroyMethod = "close")
    EmbeddedPostgres postgres() throws IOException {
        return EmbeddedPostgres.start();
    }

    @Bean
    DataSource dataSource(EmbeddedPostgres postgres) {
        return postgres.getPostgresDatabase();
    }
}
