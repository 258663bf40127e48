package org.diptych.ui.annotate;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import org.jspecify.annotations.NullUnmarked;
import tools.jackson.databind.json.JsonMapper;

/**
 * Speaks the annotation interface for one annotator and as many campaigns as are asked for, from memory, so that the
 * browser component is tested against moments that a real server reaches only by waiting: a lease that ends, a network
 * that is gone, a protocol that changes. The campaign's name chooses its protocol.
 */
@NullUnmarked
final class AnnotationServer implements AutoCloseable {
    /** One leased pair. */
    private static final class Lease {
        final String id = UUID.randomUUID().toString();
        final int number;
        long token;
        Instant expires = Instant.EPOCH;
        boolean labelled;
        String protocol;

        Lease(int number) {
            this.number = number;
        }
    }

    private static final JsonMapper JSON = new JsonMapper();

    /** The way into the queue; open until a test closes it. */
    final TrainingStandIn training = new TrainingStandIn(this::image);

    /** What goes wrong on the way. */
    final MishapStandIn mishaps = new MishapStandIn();

    private final HttpServer server;
    /** What everything is served under; empty, or with a slash before it. */
    private final String prefix;

    private final Map<String, Lease> leases = new LinkedHashMap<>();
    private final List<Map<String, Object>> labels = new ArrayList<>();
    private final Map<String, byte[]> pictures = new HashMap<>();
    private Map<String, Object> preferences = new HashMap<>();
    /** The versions of the protocol, and who has read what. */
    final ProtocolStandIn protocols = new ProtocolStandIn();

    /** What "my work" says. */
    final WorkStandIn work = new WorkStandIn();

    /** What every pair asks for; null for a short instruction of its own. */
    String instruction;

    String category = "Addition";

    /** Why claims give nothing; null while they give pairs. */
    String empty;

    /** Places that the campaign has open. */
    int open = 40;

    /** The left edit has another size than the source. */
    boolean sizesDiffer;

    private int leaseSeconds = 1200;
    private long tokens;
    private boolean picturesMissing;
    private String account = "a";
    private String zone;
    final EvidenceStandIn evidence = new EvidenceStandIn();

    AnnotationServer() {
        this("");
    }

    AnnotationServer(String prefix) {
        this.prefix = prefix;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::serve);
        server.start();
    }

    String address() {
        return "http://localhost:" + server.getAddress().getPort() + prefix;
    }

    /** What was accepted, in order; bodies as sent. */
    synchronized List<Map<String, Object>> labels() {
        return List.copyOf(labels);
    }

    synchronized Map<String, Object> preferences() {
        return Map.copyOf(preferences);
    }

    synchronized void prefer(Map<String, Object> chosen) {
        preferences = new HashMap<>(chosen);
    }

    synchronized void ask(Map<String, Object> document, String digest) {
        protocols.move(document, digest);
    }

    /**
     * The worked examples have pictures.
     *
     * @param examples the product's own files: of each example its source and its edits
     */
    synchronized void illustrate(List<List<String>> examples) {
        protocols.illustrate(examples.stream()
                .map(files -> files.stream()
                        .map(file -> image(PictureStandIn.EXAMPLE + file))
                        .toList())
                .map(images -> Map.of("source", images.getFirst(), "edits", images.subList(1, images.size())))
                .toList());
    }

    synchronized void leaseFor(int seconds) {
        leaseSeconds = seconds;
    }

    synchronized void endLeases() {
        leases.values().forEach(lease -> lease.expires = Instant.EPOCH);
    }

    /** Signs another account in, or nobody. */
    synchronized void signIn(String id) {
        account = id;
    }

    /** The time zone that the browser told. */
    synchronized String zone() {
        return zone;
    }

    /** Whether the browser has asked for this picture. */
    synchronized boolean drew(String digest) {
        return pictures.containsKey(digest);
    }

    synchronized void losePictures(boolean lost) {
        picturesMissing = lost;
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            var full = exchange.getRequestURI().getPath();
            var body = exchange.getRequestBody().readAllBytes();
            var path = full.startsWith(prefix + "/") ? full.substring(prefix.length()) : "/nowhere";
            if (path.startsWith("/api/v1/")) {
                interfaceCall(exchange, path.substring("/api/v1".length()), body);
            } else if (path.startsWith("/images/")) {
                picture(exchange, path.split("/")[2]);
            } else if (path.equals("/annotate/worker.js")) {
                send(exchange, 200, "text/javascript", new String(OfflineWorker.script(), StandardCharsets.UTF_8));
            } else if (path.equals("/login")) {
                send(exchange, 200, "text/html", "<!doctype html><title>Sign in</title>");
            } else if (path.startsWith("/annotate/")) {
                send(exchange, 200, "text/html", page(path.substring("/annotate/".length()), exchange));
            } else if (path.equals("/units")) {
                send(exchange, 200, "text/html", "<!doctype html><script type=module src=/browser/units.js></script>");
            } else {
                resource(exchange, path);
            }
        }
    }

    private static String page(String campaign, HttpExchange exchange) {
        var language = exchange.getRequestURI().getQuery();
        return """
            <!doctype html><html lang="en"><head><meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1"><title>Compare edits</title>
            <base href=".."><link rel="icon" href="data:,">
            <link rel="stylesheet" href="wc/tokens.css">
            <style>body{margin:0}</style></head>
            <body><annotation-workspace campaign="%s" language="%s"></annotation-workspace>
            <script type="module" src="wc/workspace.js"></script></body></html>
            """.formatted(campaign, language == null ? "" : language);
    }

    private static void resource(HttpExchange exchange, String path) throws IOException {
        var name = path.startsWith("/browser/") ? path : "/META-INF/resources" + path;
        try (var stream = AnnotationServer.class.getResourceAsStream(name)) {
            var type = path.endsWith(".css") ? "text/css" : path.endsWith(".js") ? "text/javascript" : "font/woff2";
            if (stream == null) {
                send(exchange, 404, type, "");
            } else {
                exchange.getResponseHeaders().set("Content-Type", type);
                var bytes = stream.readAllBytes();
                exchange.sendResponseHeaders(200, bytes.length);
                exchange.getResponseBody().write(bytes);
            }
        }
    }

    private synchronized void interfaceCall(HttpExchange exchange, String path, byte[] body) throws IOException {
        var parts = path.split("/");
        var sent = body.length == 0 ? Map.<String, Object>of() : JSON.readValue(body, Map.class);
        if (mishaps.meets(exchange, path, body)) {
            return;
        }
        var expected = exchange.getRequestHeaders().getFirst("Diptych-Account");
        if (account == null) {
            json(exchange, 401, Map.of("code", "signed_out"));
        } else if (expected != null && !expected.equals(account)) {
            json(exchange, 409, Map.of("code", "other_account"));
        } else if (path.contains("/evidence")) {
            evidence.answer(exchange);
        } else if (training.serves(path)) {
            json(exchange, 200, training.answer(exchange.getRequestMethod(), parts, sent));
        } else if (path.equals("/session")) {
            json(exchange, 200, Map.of("account", account(), "csrf", Map.of("header", "X-CSRF-TOKEN", "token", "t")));
        } else if (path.equals("/session/preferences")) {
            PreferencesStandIn.merge(preferences, read(body));
            json(exchange, 200, preferences);
        } else if (path.equals("/session/zone")) {
            zone = (String) sent.get("zone");
            json(exchange, 204, null);
        } else if (protocols.owns(path)) {
            var answer = protocols.answer(path, sent);
            json(exchange, answer == null ? 204 : 200, answer);
        } else if (path.endsWith("/my-work")) {
            json(exchange, 200, work.figures());
        } else if (path.endsWith("/claims")) {
            json(exchange, 200, claims((Integer) sent.get("count")));
        } else if (path.endsWith("/heartbeat")) {
            var lease = leases.get(parts[3]);
            if (lease == null || expired(lease)) {
                json(exchange, 409, Map.of("code", "lease_lost"));
            } else {
                lease.expires = Instant.now().plusSeconds(leaseSeconds);
                json(exchange, 200, Map.of("expiresAt", lease.expires.toString()));
            }
        } else if (path.endsWith("/renewal")) {
            if (work.takenOut) {
                json(exchange, 409, Map.of("code", "pair_taken_out"));
            } else if (work.complete) {
                json(exchange, 409, Map.of("code", "pair_complete"));
            } else {
                json(exchange, 200, assignment(grant(leases.get(parts[3]))));
            }
        } else if (path.endsWith("/labels") && parts.length > 3) {
            var mine = labels.stream()
                    .filter(label -> label.get("answers") != null)
                    .map(this::ownLabel)
                    .toList();
            json(exchange, 200, mine);
        } else if (path.equals("/annotate/labels")) {
            submit(exchange, read(body));
        } else {
            json(exchange, 200, campaign(parts[3]));
        }
    }

    private Map<String, Object> account() {
        var person = new HashMap<String, Object>(Map.of("id", account, "role", "ANNOTATOR", "language", "en"));
        person.put("name", account.equals("b") ? "bea" : "tomas");
        person.put("displayName", account.equals("b") ? "Bea Lind" : "Tomas Eklund");
        person.put("preferences", preferences);
        person.put("zone", zone);
        return person;
    }

    private Map<String, Object> campaign(String name) {
        return Map.of(
                "campaign", Map.of("id", name, "name", name, "prefetch", 3, "leaseSeconds", leaseSeconds),
                "protocol", protocols.current(),
                "progress", progress());
    }

    private Map<String, Object> progress() {
        return Map.of(
                "mine", labels.size(), "today", labels.size(), "open", open, "wanted", open, "filled", labels.size());
    }

    private Map<String, Object> claims(int count) {
        if (empty != null) {
            return Map.of("assignments", List.of(), "progress", progress(), "empty", empty);
        }
        var live = new ArrayList<>(leases.values().stream()
                .filter(lease -> !lease.labelled && !expired(lease))
                .toList());
        while (live.size() < count) {
            var lease = grant(new Lease(leases.size()));
            lease.protocol = protocols.digest();
            leases.put(lease.id, lease);
            live.add(lease);
        }
        var claims = new HashMap<String, Object>();
        claims.put("assignments", live.stream().map(this::assignment).toList());
        claims.put("progress", progress());
        claims.put("empty", null);
        return claims;
    }

    private void submit(HttpExchange exchange, Map<String, Object> label) throws IOException {
        var lease = leases.get((String) label.get("assignment"));
        var known = labels.stream().anyMatch(other -> other.get("id").equals(label.get("id")));
        var stale = expired(lease) || lease.token != ((Number) label.get("token")).longValue();
        if (!known && stale && label.get("supersedes") == null) {
            json(exchange, 409, Map.of("code", "lease_lost"));
            return;
        }
        if (!known) {
            labels.add(label);
            lease.labelled = true;
        }
        var status = known ? "duplicate" : "accepted";
        var receipt =
                new HashMap<String, Object>(Map.of("id", label.get("id"), "status", status, "progress", progress()));
        if (label.get("answers") != null) {
            receipt.putAll(training.feedback());
        }
        var next = exchange.getRequestURI().getQuery();
        if (next != null && next.startsWith("next=")) {
            receipt.put(
                    "assignments",
                    claims(Integer.parseInt(next.substring("next=".length()))).get("assignments"));
        }
        json(exchange, 200, receipt);
    }

    private Map<String, Object> ownLabel(Map<String, Object> label) {
        var own = new HashMap<String, Object>();
        own.put("id", label.get("id"));
        own.put("assignment", assignment(leases.get((String) label.get("assignment"))));
        own.put("answers", label.get("answers"));
        own.put("comment", label.get("comment"));
        own.put("submittedAt", Instant.now().toString());
        own.put("superseded", labels.stream().anyMatch(other -> label.get("id").equals(other.get("supersedes"))));
        return own;
    }

    private Lease grant(Lease lease) {
        lease.token = ++tokens;
        lease.expires = Instant.now().plusSeconds(leaseSeconds);
        return lease;
    }

    private static boolean expired(Lease lease) {
        return !lease.expires.isAfter(Instant.now());
    }

    private Map<String, Object> assignment(Lease lease) {
        var assignment = new LinkedHashMap<String, Object>();
        assignment.put("id", lease.id);
        assignment.put("token", lease.token);
        assignment.put("expiresAt", lease.expires.toString());
        assignment.put("serverTime", Instant.now().toString());
        assignment.put("instruction", instruction == null ? "Paint square " + lease.number + "." : instruction);
        assignment.put("category", category);
        assignment.put("source", image(lease.number + "-source"));
        assignment.put("left", image(lease.number + "-left"));
        assignment.put("right", image(lease.number + "-right"));
        assignment.put("protocolSha256", lease.protocol);
        return assignment;
    }

    private Map<String, Object> image(String digest) {
        var at = prefix + "/images/" + digest + "/";
        return Map.of(
                "sha256",
                digest,
                "width",
                320,
                "height",
                240,
                "original",
                at + "original",
                "display",
                at + "display",
                "thumbnail",
                at + "thumbnail");
    }

    private void picture(HttpExchange exchange, String digest) throws IOException {
        byte[] bytes;
        synchronized (this) {
            if (picturesMissing) {
                send(exchange, 404, "text/plain", "");
                return;
            }
            bytes = pictures.computeIfAbsent(
                    digest, name -> PictureStandIn.draw(name, sizesDiffer && name.endsWith("left") ? 120 : 240));
        }
        exchange.getResponseHeaders().set("Content-Type", "image/png");
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> read(byte[] body) {
        return JSON.readValue(body, Map.class);
    }

    private static void json(HttpExchange exchange, int status, Object value) throws IOException {
        send(exchange, status, "application/json", value == null ? "" : JSON.writeValueAsString(value));
    }

    static void send(HttpExchange exchange, int status, String type, String text) throws IOException {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
