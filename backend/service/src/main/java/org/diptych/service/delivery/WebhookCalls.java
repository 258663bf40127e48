package org.diptych.service.delivery;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.UUID;
import org.diptych.service.problem.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Calls the webhooks that are due. What they answer but for the status is not read. */
@Component
class WebhookCalls {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    /** One hook that is slow keeps the others waiting no longer than this many calls take. */
    private static final int AT_A_TIME = 20;

    private static final int LONGEST_ERROR = 500;

    private final JdbcClient jdbc;
    private final WebhookAddresses addresses;
    private final Clock clock;
    private final HttpClient http = HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(PATIENCE)
            .proxy(HttpClient.Builder.NO_PROXY)
            .version(HttpClient.Version.HTTP_1_1)
            .build();

    WebhookCalls(JdbcClient jdbc, WebhookAddresses addresses, Clock clock) {
        this.jdbc = jdbc;
        this.addresses = addresses;
        this.clock = clock;
    }

    private record Call(UUID id, String url, String secret, String body, int attempts) {}

    void callDue() {
        jdbc.sql("""
                        UPDATE webhook_delivery d SET state = 'GIVEN_UP', ended_at = now(), error = 'The webhook was removed.'
                        FROM webhook w WHERE w.id = d.webhook_id AND w.removed_at IS NOT NULL AND d.state = 'WAITING'""").update();
        var due = jdbc.sql("""
                        SELECT d.id, w.url, w.secret, d.body, d.attempts
                        FROM webhook_delivery d JOIN webhook w ON w.id = d.webhook_id
                        WHERE d.state = 'WAITING' AND d.next_at <= :now ORDER BY d.alert_id IS NULL, d.next_at LIMIT :most""")
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .param("most", AT_A_TIME)
                .query((row, number) -> new Call(
                        row.getObject("id", UUID.class),
                        row.getString("url"),
                        row.getString("secret"),
                        row.getString("body"),
                        row.getInt("attempts")))
                .list();
        for (var call : due) {
            try {
                int status = send(call);
                boolean taken = status >= 200 && status < 300;
                ended(call, taken, status, taken ? null : "The answer was " + status + ".");
            } catch (IOException | Problem | IllegalArgumentException e) {
                ended(call, false, null, e.toString());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private int send(Call call) throws IOException, InterruptedException {
        // the administrator may have taken the host off the list since
        URI address = addresses.checked(call.url());
        addresses.requireReachable(address);
        long seconds = clock.instant().getEpochSecond();
        var request = HttpRequest.newBuilder(address)
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .header("User-Agent", "Diptych")
                .header("Diptych-Delivery", call.id().toString())
                .header(Signature.HEADER, Signature.of(call.secret(), seconds, call.body()))
                .POST(HttpRequest.BodyPublishers.ofString(call.body()))
                .build();
        var answer = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
        // however long it is
        answer.body().close();
        return answer.statusCode();
    }

    private void ended(Call call, boolean delivered, @Nullable Integer status, @Nullable String error) {
        var wait = Backoff.after(call.attempts() + 1);
        var state = delivered ? "DELIVERED" : wait.isEmpty() ? "GIVEN_UP" : "WAITING";
        jdbc.sql("""
                        UPDATE webhook_delivery SET state = :state, attempts = attempts + 1, status = :status, error = :error,
                            next_at = :next, ended_at = CASE WHEN :state = 'WAITING' THEN NULL ELSE now() END
                        WHERE id = :id""")
                .param("state", state)
                .param("status", status)
                .param("error", error == null ? null : error.substring(0, Math.min(LONGEST_ERROR, error.length())))
                .param("next", clock.instant().plus(wait.orElse(Duration.ZERO)).atOffset(ZoneOffset.UTC))
                .param("id", call.id())
                .update();
    }
}
