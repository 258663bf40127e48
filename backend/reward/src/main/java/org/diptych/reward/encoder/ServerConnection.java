package org.diptych.reward.encoder;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/** Posts JSON to a server, again after failures that may pass. */
final class ServerConnection implements AutoCloseable {

    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(20);

    private final EncoderConfiguration.Served configuration;
    private final HttpClient client;
    private final Optional<String> key;

    ServerConnection(EncoderConfiguration.Served configuration) {
        this.configuration = configuration;
        client = HttpClient.newBuilder()
                .connectTimeout(Duration.ofSeconds(configuration.timeoutSeconds()))
                .build();
        var variable = configuration.keyVariable();
        key = variable == null ? Optional.empty() : Optional.ofNullable(System.getenv(variable));
        if (variable != null && key.isEmpty()) {
            throw new EncodingException("the environment variable %s with the API key is not set".formatted(variable));
        }
    }

    /**
     * Posts a body and waits for the answer.
     *
     * @throws EncodingException if all attempts failed, or the server refused for good
     */
    String post(String path, String body) {
        var uri = URI.create(configuration.url().replaceAll("/+$", "") + path);
        var builder = HttpRequest.newBuilder(uri)
                .timeout(Duration.ofSeconds(configuration.timeoutSeconds()))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        key.ifPresent(value -> builder.header("Authorization", "Bearer " + value));
        var request = builder.build();
        var pause = FIRST_PAUSE;
        String failure = "";
        for (int attempt = 0; attempt <= configuration.retries(); attempt++) {
            try {
                if (attempt > 0) {
                    Thread.sleep(pause);
                    pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
                }
                var response = client.send(request, HttpResponse.BodyHandlers.ofString());
                int status = response.statusCode();
                if (status < 300) {
                    return response.body();
                }
                failure = "HTTP %d: %s".formatted(status, excerpt(response.body()));
                if (status != 408 && status != 429 && status < 500) {
                    throw new EncodingException("%s refused the request, %s".formatted(uri, failure));
                }
                pause = retryAfter(response).orElse(pause);
            } catch (IOException e) {
                failure = e.getClass().getSimpleName()
                        + Optional.ofNullable(e.getMessage()).map(m -> " " + m).orElse("");
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new EncodingException("interrupted while waiting for " + uri, e);
            }
        }
        throw new EncodingException(
                "%s failed %d times, last: %s".formatted(uri, configuration.retries() + 1, failure));
    }

    private static Optional<Duration> retryAfter(HttpResponse<String> response) {
        return response.headers()
                .firstValue("Retry-After")
                .filter(value -> value.matches("\\d{1,4}"))
                .map(value -> Duration.ofSeconds(Math.min(LONGEST_PAUSE.toSeconds(), Long.parseLong(value))));
    }

    private static String excerpt(String text) {
        return text.length() <= 200 ? text : text.substring(0, 200) + " …";
    }

    @Override
    public void close() {
        client.close();
    }
}
