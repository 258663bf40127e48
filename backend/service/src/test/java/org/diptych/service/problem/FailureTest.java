package org.diptych.service.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;

class FailureTest {
    @Test
    void a_full_disk_is_said_and_the_same_request_may_come_again() {
        for (var failure : List.of(
                new IOException("No space left on device"),
                new UncheckedIOException(new FileSystemException("/data/staging/x", null, "Disk quota exceeded")),
                new DataAccessResourceFailureException(
                        "insert", new SQLException("could not extend file: No space left on device", "53100")))) {
            var problem = Failure.problem(failure);
            assertThat(problem.code()).isEqualTo("no_room");
            assertThat(problem.status().value()).isEqualTo(503);
            assertThat(problem.detail()).contains("disk is full", "sent again");
        }
    }

    @Test
    void what_is_no_full_disk_is_none() {
        assertThat(Failure.problem(new IOException("Connection reset")).code()).isEqualTo("internal_error");
        assertThat(Failure.problem(new IllegalStateException("No space left on device"))
                        .code())
                .isEqualTo("internal_error");
        assertThat(Failure.problem(new DataAccessResourceFailureException("gone", new SQLException("gone", "08006")))
                        .code())
                .isEqualTo("unavailable");
    }
}
