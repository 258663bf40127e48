package org.diptych.command;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.Executors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/** The REST interface as the commands use it: JSON in, JSON out, refusals as {@link CommandFailure}. Thread-safe. */
final class ServerClient {
    static final JsonMapper JSON = JsonMapper.shared();

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration ANSWER_TIMEOUT = Duration.ofMinutes(2);

    private final HttpClient http;
    private final URI server;
    private final String authorization;

    private ServerClient(HttpClient http, URI server, String authorization) {
        this.http = http;
        this.server = server;
        this.authorization = authorization;
    }

    static ServerClient withToken(URI server, String token) {
        return new ServerClient(newHttpClient(), server, "Bearer " + token);
    }

    static ServerClient withPassword(URI server, String user, String password) {
        byte[] credentials = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        return new ServerClient(
                newHttpClient(), server, "Basic " + Base64.getEncoder().encodeToString(credentials));
    }

    /** The same server and connections for somebody else. */
    ServerClient as(String token) {
        return new ServerClient(http, server, "Bearer " + token);
    }

    /** The JSON document at a path. */
    JsonNode get(String path) {
        return json(send(request(path).timeout(ANSWER_TIMEOUT).GET()));
    }

    /** Sends a JSON document and returns the answer's. */
    JsonNode post(String path, Object body) {
        return json(send(jsonRequest(path, body)));
    }

    /** Sends a JSON document and returns whatever the server says to it, refusals included. */
    Reply tryPost(String path, Object body) {
        HttpResponse<InputStream> response = send(jsonRequest(path, body));
        return new Reply(response.statusCode(), document(response));
    }

    /** Asks for a document of any length; the caller reads and closes the answer. */
    HttpResponse<InputStream> open(String path) {
        return send(request(path).GET());
    }

    /** Sends a body of any length and kind; the caller reads and closes the answer. */
    HttpResponse<InputStream> upload(String path, BodyPublisher body, String contentType) {
        return send(request(path).header("Content-Type", contentType).POST(body));
    }

    /**
     * Like {@link #upload} for those who know what to do when nothing comes back.
     *
     * @throws IOException when the server cannot be reached, or breaks off
     */
    HttpResponse<InputStream> tryUpload(String path, BodyPublisher body, String contentType)
            throws IOException, InterruptedException {
        return http.send(
                request(path).header("Content-Type", contentType).POST(body).build(), BodyHandlers.ofInputStream());
    }

    /** What to say when nothing came back. */
    CommandFailure noAnswer(IOException exception) {
        return CommandFailure.failed("No answer from " + server + ": " + reason(exception)
                + ". Is the server running, and is this its address?");
    }

    /** The answer's document when the server agreed, else the failure that it describes. */
    JsonNode json(HttpResponse<InputStream> response) {
        JsonNode document = document(response);
        if (response.statusCode() / 100 != 2) {
            throw refusal(response.statusCode(), document);
        }
        return document;
    }

    /** The answer's document whatever its status; missing when there is none. */
    JsonNode document(HttpResponse<InputStream> response) {
        try (InputStream body = response.body()) {
            byte[] bytes = body.readAllBytes();
            return bytes.length == 0 ? MissingNode.getInstance() : JSON.readTree(bytes);
        } catch (IOException exception) {
            throw CommandFailure.failed("The answer of " + server + " broke off: " + reason(exception) + ".");
        } catch (JacksonException exception) {
            if (response.statusCode() / 100 != 2) {
                return MissingNode.getInstance();
            }
            throw otherServer();
        }
    }

    /** What speaks another language at this address. */
    CommandFailure otherServer() {
        return CommandFailure.failed(server + " does not answer like a Diptych server. Is the address right?");
    }

    /** What a refusal means for the person at the keyboard. */
    CommandFailure refusal(int status, JsonNode problem) {
        String detail = problem.path("detail").asString("").strip();
        if (detail.isEmpty()) {
            detail = problem.path("title").asString("").strip();
        }
        String said = detail.isEmpty() ? "" : " The server says: " + detail;
        String message = switch (status) {
            case 401 ->
                authorization.startsWith("Basic ")
                        ? "Wrong user name or password for " + server + "."
                        : server + " does not accept this token: it is wrong, revoked, has ended or is from another"
                                + " server. Make a new one with diptych token.";
            case 403 -> "This account may not do that on " + server + "." + said;
            case 404 -> "Not found on " + server + "." + said;
            default -> detail.isEmpty() ? server + " answered with status " + status + "." : detail;
        };
        // what was asked for was wrong: another call may do; anything else is a failure of this one
        return status == 400 || status == 404 || status == 422
                ? CommandFailure.badInput(message)
                : CommandFailure.failed(message);
    }

    /** A value in a query; {@code URLEncoder} writes forms, where a space is a plus. */
    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private URI address(String path) {
        String base = server.toString();
        return URI.create((base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + path);
    }

    private HttpRequest.Builder jsonRequest(String path, Object body) {
        return request(path)
                .timeout(ANSWER_TIMEOUT)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(address(path)).header("Authorization", authorization);
    }

    private HttpResponse<InputStream> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), BodyHandlers.ofInputStream());
        } catch (IOException exception) {
            throw noAnswer(exception);
        } catch (InterruptedException exception) {
            Thread.currentThread().interrupt();
            throw CommandFailure.failed("Interrupted.");
        }
    }

    static String reason(IOException exception) {
        return switch (exception) {
            case HttpTimeoutException _ -> "it took too long";
            case ConnectException connect
            when connect.getCause() instanceof UnresolvedAddressException -> "there is no host of that name";
            case ConnectException _ -> "nothing accepts connections there";
            default -> {
                String message = exception.getMessage();
                yield message == null ? "the connection broke off" : message;
            }
        };
    }

    private static HttpClient newHttpClient() {
        return HttpClient.newBuilder()
                // one connection a waiting thread; without this every first request asks for an upgrade to HTTP/2
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT_TIMEOUT)
                .executor(Executors.newVirtualThreadPerTaskExecutor())
                .build();
    }

    /**
     * An answer of any status.
     *
     * @param status HTTP status
     * @param body the document, missing when there was none
     */
    record Reply(int status, JsonNode body) {
        boolean accepted() {
            return status / 100 == 2;
        }
    }
}
