package org.diptych.reward.worker;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.imageio.ImageIO;
import org.diptych.reward.encoder.EncoderConfiguration;
import org.diptych.reward.encoder.EncoderConfiguration.Served;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The server of a served encoder, which gives the colour of the edit and of the source. It can be away, it can keep its
 * callers waiting, and it refuses white.
 */
final class EncodingServer implements AutoCloseable {
    static final int WHITE = 255;

    private final HttpServer server;
    private final Object gate = new Object();
    private final AtomicInteger whites = new AtomicInteger();
    private final AtomicInteger requests = new AtomicInteger();
    private boolean waiting;
    private volatile boolean away;

    EncodingServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/v1/embeddings", this::answer);
        server.start();
    }

    /** A configuration that asks this server; another revision is another encoder. */
    Path configuration(Path folder, String revision) throws IOException {
        var url = "http://localhost:%d/v1".formatted(server.getAddress().getPort());
        var file = folder.resolve("encoder-" + revision + ".json");
        EncoderConfiguration served =
                new Served(url, "colours", revision, Served.Mode.EMBEDDING, null, null, 60, 0, 4, 64);
        Files.createDirectories(folder);
        served.write(file);
        return file;
    }

    /** Keeps callers waiting from now on, or lets them go. */
    void keepWaiting(boolean wait) {
        synchronized (gate) {
            waiting = wait;
            gate.notifyAll();
        }
    }

    /** Answers nothing but errors from now on, or answers again. */
    void goAway(boolean gone) {
        away = gone;
    }

    /** How often it was asked. */
    int requests() {
        return requests.get();
    }

    /** How often it was asked about a white edit. */
    int whites() {
        return whites.get();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var content = JsonMapper.shared()
                    .readTree(exchange.getRequestBody())
                    .path("messages")
                    .path(0)
                    .path("content");
            requests.incrementAndGet();
            synchronized (gate) {
                while (waiting) {
                    gate.wait();
                }
            }
            var source = colour(content.path(0));
            var edit = colour(content.path(1));
            if (away) {
                respond(exchange, 500, "away");
            } else if (edit.getRed() == WHITE && edit.getGreen() == WHITE) {
                whites.incrementAndGet();
                respond(exchange, 500, "white breaks it");
            } else {
                respond(
                        exchange,
                        200,
                        "{\"data\": [{\"embedding\": [%d, %d, %d, %d]}]}"
                                .formatted(edit.getRed(), edit.getGreen(), edit.getBlue(), source.getRed()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Color colour(JsonNode part) throws IOException {
        var url = part.path("image_url").path("url").asString();
        BufferedImage image =
                ImageIO.read(new ByteArrayInputStream(Base64.getDecoder().decode(url.substring(url.indexOf(',') + 1))));
        return new Color(image.getRGB(image.getWidth() / 2, image.getHeight() / 2));
    }

    private static void respond(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        keepWaiting(false);
        server.stop(0);
    }
}
