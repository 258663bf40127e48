package org.diptych.reward.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.imageio.ImageIO;
import org.diptych.reward.encoder.EncoderConfiguration.Served;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Against a server in this process that speaks the interface. */
class ServedEditEncoderTest {

    private final JsonMapper mapper = new JsonMapper();
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicInteger underWay = new AtomicInteger();
    private final AtomicInteger mostUnderWay = new AtomicInteger();
    private final AtomicInteger failuresLeft = new AtomicInteger();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void reads_embeddings_of_both_images_and_the_instruction() {
        serve("/v1/embeddings", request -> {
            var content = request.path("messages").path(0).path("content");
            return "{\"data\": [{\"embedding\": [%d, %d, %d]}]}"
                    .formatted(
                            width(content.path(0)),
                            width(content.path(1)),
                            content.path(2).path("text").asString().length());
        });
        try (var encoder = new ServedEditEncoder(embeddings(2))) {
            assertThat(encoder.encode(image(20, 10), image(64, 128), "abc")).containsExactly(20, 32, 3);
            assertThat(encoder.encoderId()).contains("tiny_vlm").contains("r1");
        }
    }

    @Test
    void reads_scores_from_a_chat_that_talks_around_them() {
        serve(
                "/v1/chat/completions",
                request ->
                        "{\"choices\": [{\"message\": {\"content\": \"Here: {\\\"following\\\": 3.5, \\\"quality\\\": 2} Done.\"}}]}");
        var configuration = new Served(
                url(), "tiny/vlm", "r1", Served.Mode.CHAT, List.of("following", "quality"), null, 5, 0, 1, 64);
        try (var encoder = new ServedEditEncoder(configuration)) {
            assertThat(encoder.encode(image(20, 10), image(20, 10), "abc")).containsExactly(3.5f, 2);
        }
    }

    @Test
    void tries_again_after_failures_that_may_pass() {
        failuresLeft.set(2);
        serve("/v1/embeddings", request -> "{\"data\": [{\"data\": [1, 2]}]}");
        try (var encoder = new ServedEditEncoder(embeddings(2))) {
            assertThat(encoder.dimension()).isEqualTo(2);
            assertThat(requests).hasValue(3);
        }
    }

    @Test
    void gives_up_with_the_last_failure() {
        failuresLeft.set(100);
        serve("/v1/embeddings", request -> "");
        assertThatThrownBy(() -> new ServedEditEncoder(embeddings(1)))
                .isInstanceOf(EncodingException.class)
                .hasMessageContaining("failed 2 times")
                .hasMessageContaining("HTTP 503");
    }

    @Test
    void does_not_insist_when_the_request_is_refused() {
        assertThatThrownBy(() -> new ServedEditEncoder(embeddings(3)))
                .isInstanceOf(EncodingException.class)
                .hasMessageContaining("HTTP 404");
        assertThat(requests).hasValue(0);
    }

    @Test
    void refuses_answers_that_are_not_numbers() {
        serve("/v1/embeddings", request -> "{\"data\": [{\"embedding\": [1, \"NaN\"]}]}");
        assertThatThrownBy(() -> new ServedEditEncoder(embeddings(0)))
                .isInstanceOf(EncodingException.class)
                .hasMessageContaining("finite number");
    }

    @Test
    void keeps_the_bound_of_concurrency() throws Exception {
        var several = new CountDownLatch(2);
        serve("/v1/embeddings", request -> {
            if (requests.get() > 1) {
                several.countDown();
                await(several);
            }
            var text = request.path("messages")
                    .path(0)
                    .path("content")
                    .path(2)
                    .path("text")
                    .asString();
            return "{\"data\": [{\"embedding\": [1%s]}]}".formatted(text.replaceAll("\\D", ""));
        });
        try (var encoder = new ServedEditEncoder(embeddings(0));
                var callers = Executors.newFixedThreadPool(4)) {
            assertThat(encoder.callers()).isEqualTo(2);
            var answers = new ArrayList<Future<float[]>>();
            for (int i = 0; i < 12; i++) {
                var instruction = "number " + i;
                answers.add(callers.submit(() -> encoder.encode(image(8, 8), image(8, 8), instruction)));
            }
            for (int i = 0; i < 12; i++) {
                assertThat(answers.get(i).get()).containsExactly(Float.parseFloat("1" + i));
            }
        }
        assertThat(mostUnderWay.get()).isEqualTo(2);
    }

    private interface Answer {
        String to(JsonNode request) throws IOException;
    }

    private void serve(String path, Answer answer) {
        server.createContext(path, exchange -> {
            requests.incrementAndGet();
            mostUnderWay.accumulateAndGet(underWay.incrementAndGet(), Math::max);
            try (exchange) {
                if (failuresLeft.getAndDecrement() > 0) {
                    respond(exchange, 503, "busy");
                } else {
                    respond(
                            exchange,
                            200,
                            answer.to(mapper.readTree(exchange.getRequestBody().readAllBytes())));
                }
            } finally {
                underWay.decrementAndGet();
            }
        });
    }

    private static void respond(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private static int width(JsonNode part) throws IOException {
        var url = part.path("image_url").path("url").asString();
        byte[] bytes = Base64.getDecoder().decode(url.substring(url.indexOf(',') + 1));
        return ImageIO.read(new ByteArrayInputStream(bytes)).getWidth();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Served embeddings(int retries) {
        return new Served(url(), "tiny/vlm", "r1", Served.Mode.EMBEDDING, null, null, 20, retries, 2, 64);
    }

    private String url() {
        return "http://localhost:%d/v1".formatted(server.getAddress().getPort());
    }

    private static BufferedImage image(int width, int height) {
        return new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    }
}
