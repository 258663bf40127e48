package org.diptych.command;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** A server at the other end of the network that says what a test tells it to, and remembers what it was sent. */
final class StandInServer implements AutoCloseable {
    static final String TOKEN = "dip_right";

    private final HttpServer server;
    private final Map<String, Deque<Answer>> answers = new ConcurrentHashMap<>();
    private final Map<String, Computation> computations = new ConcurrentHashMap<>();
    private final List<Request> requests = new CopyOnWriteArrayList<>();

    StandInServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
        answer("GET /api/v1/session", 200, "{\"account\": {\"name\": \"lead\"}}");
        answer("GET /api/v1/campaigns", 200, "[{\"id\": \"11\", \"name\": \"Cats\"}]");
    }

    String url() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    /** Answers a request ("POST /path"); further answers for it are given one after the other, the last one for ever. */
    StandInServer answer(String request, int status, String body) {
        answers.computeIfAbsent(request, unused -> new ArrayDeque<>()).add(new Answer(status, body, false));
        return this;
    }

    /** Answers a request with what a function makes of it. */
    StandInServer answer(String request, Computation computation) {
        computations.put(request, computation);
        return this;
    }

    /** Makes the body of an answer. */
    interface Computation {
        String of(Request request) throws IOException;
    }

    /** Answers with the beginning of a body and hangs up. */
    StandInServer hangUp(String request, String beginning) {
        answers.computeIfAbsent(request, unused -> new ArrayDeque<>()).add(new Answer(200, beginning, true));
        return this;
    }

    /** The requests to a path (without its query), in order. */
    List<Request> requests(String request) {
        return requests.stream().filter(sent -> sent.line().equals(request)).toList();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String line =
                    exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
            String authorization = exchange.getRequestHeaders().getFirst("Authorization");
            Request request = new Request(
                    line,
                    String.valueOf(exchange.getRequestURI().getQuery()),
                    authorization,
                    exchange.getRequestBody().readAllBytes());
            requests.add(request);
            boolean welcome = authorization.startsWith("Basic ") || authorization.equals("Bearer " + TOKEN);
            Computation computation = computations.get(line);
            send(
                    exchange,
                    !welcome
                            ? new Answer(401, "", false)
                            : computation == null ? next(line) : new Answer(200, computation.of(request), false));
        }
    }

    private Answer next(String line) {
        Deque<Answer> waiting = answers.getOrDefault(line, new ArrayDeque<>());
        synchronized (waiting) {
            if (waiting.isEmpty()) {
                return new Answer(404, "{\"code\": \"unknown\", \"detail\": \"No such thing: " + line + "\"}", false);
            }
            return waiting.size() == 1 ? waiting.getFirst() : waiting.removeFirst();
        }
    }

    private static void send(HttpExchange exchange, Answer answer) throws IOException {
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        // more is promised than is sent
        exchange.sendResponseHeaders(
                answer.status(), answer.tornOff() ? body.length + 100L : body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            exchange.getResponseBody().write(body);
            exchange.getResponseBody().flush();
        }
    }

    private record Answer(int status, String body, boolean tornOff) {}

    record Request(String line, String query, String authorization, byte[] body) {
        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }
    }
}
