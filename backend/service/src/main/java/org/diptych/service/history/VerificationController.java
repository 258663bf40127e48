package org.diptych.service.history;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.Semaphore;
import javax.sql.DataSource;
import org.diptych.service.account.Role;
import org.diptych.service.account.SignedIn;
import org.diptych.service.image.ObjectStore;
import org.diptych.service.problem.Problem;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;
import tools.jackson.databind.json.JsonMapper;

/**
 * Verifies this server's data for an administrator: lines of JSON that say how far it is, and at last one with the report.
 * What is written meanwhile is a few lines, so that no proxy takes the connection for dead and no slow reader holds it.
 */
@RestController
class VerificationController {
    private final DataSource database;
    private final ObjectStore store;
    private final Semaphore one = new Semaphore(1);

    VerificationController(DataSource database, ObjectStore store) {
        this.database = database;
        this.store = store;
    }

    @GetMapping("/api/v1/verification")
    ResponseEntity<StreamingResponseBody> verify(@AuthenticationPrincipal SignedIn who) {
        if (who.role() != Role.ADMIN) {
            throw Problem.forbidden("not_an_administrator", "Only an administrator may verify the whole installation.");
        }
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_NDJSON).body(client -> {
            if (!one.tryAcquire()) {
                line(
                        client,
                        Map.of("busy", "A verification is under way on this server. Try again when it has ended."));
                return;
            }
            try (var connection = database.getConnection()) {
                var verification =
                        new HistoryVerification(store, Map.of(), step -> line(client, Map.of("progress", step)));
                line(client, Map.of("report", verification.verify(connection)));
            } catch (SQLException e) {
                throw new IOException(e);
            } finally {
                one.release();
            }
        });
    }

    private static void line(OutputStream client, Object value) {
        try {
            client.write(JsonMapper.shared().writeValueAsBytes(value));
            client.write('\n');
            client.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
