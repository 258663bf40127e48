package org.diptych.service.installation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.diptych.service.ServiceTest;
import org.diptych.service.account.Role;
import org.diptych.service.account.SignedIn;
import org.diptych.service.installation.Installation.Job;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.annotation.Transactional;

@ServiceTest
@Transactional
class InstallationIT {
    @Autowired
    InstallationService installation;

    @Autowired
    JdbcClient jdbc;

    @Test
    void administrators_see_versions_storage_and_what_fails() {
        var due = Instant.now().truncatedTo(ChronoUnit.MICROS);
        jdbc.sql("DELETE FROM image WHERE sha256 = repeat('7', 64)").update();
        var before = installation.read(person(Role.ADMIN)).storage();
        jdbc.sql("""
                        INSERT INTO image (sha256, media_type, width, height, bytes)
                        VALUES (repeat('7', 64), 'image/png', 8, 8, 1234)""").update();
        jdbc.sql("""
                        INSERT INTO scheduled_tasks (task_name, task_instance, execution_time, picked, picked_by, last_failure,
                            consecutive_failures, version)
                        VALUES ('a-job', 'recurring', ?, false, 'who had it before', ?, 3, 1)""")
                .params(java.sql.Timestamp.from(due), java.sql.Timestamp.from(due))
                .update();

        var seen = installation.read(person(Role.ADMIN));

        assertThat(seen.jobs()).contains(new Job("a-job", due, null, null, due, 3));
        assertThat(seen.storage().pictures()).isEqualTo(before.pictures() + 1);
        assertThat(seen.storage().pictureBytes()).isEqualTo(before.pictureBytes() + 1234);
        assertThat(seen.storage().databaseBytes())
                .isGreaterThan(seen.storage().tables().getFirst().bytes());
        assertThat(seen.storage().tables())
                .hasSize(8)
                .isSortedAccordingTo((one, other) -> Long.compare(other.bytes(), one.bytes()));
        assertThat(seen.storage().freeBytes()).isLessThan(seen.storage().diskBytes());
        assertThat(seen.versions().database()).startsWith("18");
        assertThat(Integer.parseInt(seen.versions().schema())).isGreaterThanOrEqualTo(38);
    }

    @Test
    void nobody_else_does() {
        assertThatThrownBy(() -> installation.read(person(Role.LEAD))).hasMessageContaining("administrator");
    }

    private static SignedIn person(Role role) {
        return new SignedIn(UUID.randomUUID(), "somebody", "Somebody", role);
    }
}
