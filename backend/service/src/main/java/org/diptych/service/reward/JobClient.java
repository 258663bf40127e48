package org.diptych.service.reward;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;

/** Jobs are rows of the same database, so a job is scheduled in the transaction that made it necessary, or not at all. */
@Configuration
class JobClient {
    /** Training waits in a table of its own, apart from the short jobs. */
    static final String TABLE = "training_task";

    @Bean
    SchedulerClient schedulerClient(DataSource dataSource) {
        return SchedulerClient.Builder.create(new TransactionAwareDataSourceProxy(dataSource))
                .tableName(TABLE)
                .build();
    }
}
