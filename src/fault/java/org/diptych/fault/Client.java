package org.diptych.fault;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Requests of one account, as a program sends them: redirects are not followed. */
final class Client {
    static final JsonMapper JSON = JsonMapper.shared();

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration PATIENCE_FOR_UPLOADS = Duration.ofMinutes(10);

    private final HttpClient http;
    private final String authorization;

    Client(HttpClient http, String authorization) {
        this.http = http;
        this.authorization = authorization;
    }

    static Client of(HttpClient http, String token) {
        return new Client(http, "Bearer " + token);
    }

    HttpResponse<String> get(String address) throws IOException, InterruptedException {
        return http.send(request(address).GET().build(), BodyHandlers.ofString());
    }

    HttpResponse<String> post(String address, Object body) throws IOException, InterruptedException {
        return http.send(
                request(address)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(JSON.writeValueAsString(body)))
                        .build(),
                BodyHandlers.ofString());
    }

    HttpResponse<String> upload(String address, byte[] body, String type) throws IOException, InterruptedException {
        return http.send(
                request(address)
                        .timeout(PATIENCE_FOR_UPLOADS)
                        .header("Content-Type", type)
                        .POST(BodyPublishers.ofByteArray(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String address) {
        return HttpRequest.newBuilder(URI.create(address)).timeout(PATIENCE).header("Authorization", authorization);
    }

    /** The document of an answer that must be a good one. */
    static JsonNode good(HttpResponse<String> answer) {
        if (answer.statusCode() / 100 != 2) {
            throw new IllegalStateException(answer.request().uri() + ": " + answer.statusCode() + " " + answer.body());
        }
        return JSON.readTree(answer.body());
    }
}
