package org.diptych.reward.encoder;

import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import javax.imageio.ImageIO;
import org.diptych.reward.encoder.FeatureBlock.Kind;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * An encoder behind an HTTP server with an OpenAI-compatible interface: hidden states of a vision-language model from {@code
 * /embeddings} (vLLM's pooling models), or scores that it names in a chat. One request carries one edit, the server batches; the number
 * of requests at once is bounded.
 */
final class ServedEditEncoder implements EditEncoder {

    private static final String VERSION = "served-1";

    private final EncoderConfiguration.Served configuration;
    private final JsonMapper mapper = new JsonMapper();
    private final ServerConnection server;
    private final Semaphore slots;
    private final FeatureLayout layout;

    /**
     * Asks the server about a small probe, to learn the length of its vectors.
     *
     * @throws EncodingException if the server cannot be reached or answers something else
     */
    ServedEditEncoder(EncoderConfiguration.Served configuration) {
        this.configuration = configuration;
        server = new ServerConnection(configuration);
        slots = new Semaphore(configuration.concurrency());
        try {
            var probe = new BufferedImage(32, 32, BufferedImage.TYPE_INT_RGB);
            layout = FeatureLayout.of("served", Kind.MATCH, ask(probe, probe, "Change nothing.").length);
        } catch (RuntimeException e) {
            server.close();
            throw e;
        }
    }

    @Override
    public String encoderId() {
        return id(configuration);
    }

    static String id(EncoderConfiguration.Served configuration) {
        return "%s-%s-%s-%s-%d"
                .formatted(
                        VERSION,
                        configuration.model().replaceAll("[^A-Za-z0-9.]+", "_"),
                        configuration.revision(),
                        configuration.mode().name().toLowerCase(Locale.ROOT),
                        configuration.side());
    }

    @Override
    public FeatureLayout layout() {
        return layout;
    }

    @Override
    public float[] encode(BufferedImage source, BufferedImage edited, String instruction) {
        float[] features = ask(source, edited, instruction);
        if (features.length != layout.dimension()) {
            throw new EncodingException("the server gave %d numbers, before it gave %d: did its model change?"
                    .formatted(features.length, layout.dimension()));
        }
        return features;
    }

    @Override
    public int callers() {
        return configuration.concurrency();
    }

    private float[] ask(BufferedImage source, BufferedImage edited, String instruction) {
        try {
            slots.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EncodingException("interrupted while waiting for the server", e);
        }
        try {
            return switch (configuration.mode()) {
                case EMBEDDING -> embedding(server.post("/embeddings", request(source, edited, instruction)));
                case CHAT -> scores(server.post("/chat/completions", request(source, edited, prompt(instruction))));
            };
        } finally {
            slots.release();
        }
    }

    private String prompt(String instruction) {
        return "The first image was to be edited as follows: %s\nThe second image is the result. Rate it from 1 (worst) to 4 (best). Answer with one JSON object with the numbers %s and nothing else."
                .formatted(instruction, configuration.scoreNames());
    }

    private String request(BufferedImage source, BufferedImage edited, String text) {
        var body = mapper.createObjectNode().put("model", configuration.model());
        var content = mapper.createArrayNode();
        content.add(image(source));
        content.add(image(edited));
        content.add(mapper.createObjectNode().put("type", "text").put("text", text));
        var message = mapper.createObjectNode().put("role", "user");
        message.set("content", content);
        body.set("messages", mapper.createArrayNode().add(message));
        switch (configuration.mode()) {
            case EMBEDDING -> body.put("encoding_format", "float");
            case CHAT -> body.put("temperature", 0).put("max_tokens", 200);
        }
        return mapper.writeValueAsString(body);
    }

    private ObjectNode image(BufferedImage picture) {
        var url = mapper.createObjectNode().put("url", "data:image/png;base64," + base64(picture));
        var part = mapper.createObjectNode().put("type", "image_url");
        part.set("image_url", url);
        return part;
    }

    private String base64(BufferedImage picture) {
        double scale = Math.min(1, (double) configuration.side() / Math.max(picture.getWidth(), picture.getHeight()));
        int width = (int) Math.max(1, Math.round(picture.getWidth() * scale));
        int height = (int) Math.max(1, Math.round(picture.getHeight() * scale));
        var small = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        var graphics = small.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        graphics.drawImage(picture, 0, 0, width, height, null);
        graphics.dispose();
        try {
            var bytes = new ByteArrayOutputStream();
            ImageIO.write(small, "png", bytes);
            return Base64.getEncoder().encodeToString(bytes.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private float[] embedding(String answer) {
        var data = read(answer).path("data").path(0);
        var vector = data.path("embedding").isArray() ? data.path("embedding") : data.path("data");
        float[] values = new float[vector.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = finite(vector.path(i), answer);
        }
        if (values.length == 0) {
            throw new EncodingException("the server's answer holds no embedding: " + excerpt(answer));
        }
        return values;
    }

    private float[] scores(String answer) {
        var content = read(answer)
                .path("choices")
                .path(0)
                .path("message")
                .path("content")
                .asString("");
        int start = content.indexOf('{');
        int end = content.lastIndexOf('}');
        if (start < 0 || end < start) {
            throw new EncodingException("the model did not answer with a JSON object: " + excerpt(content));
        }
        var scores = read(content.substring(start, end + 1));
        float[] values = new float[configuration.scoreNames().size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = finite(scores.path(configuration.scoreNames().get(i)), content);
        }
        return values;
    }

    private static float finite(JsonNode node, String answer) {
        float value = node.isNumber() ? node.floatValue() : Float.NaN;
        if (!Float.isFinite(value)) {
            throw new EncodingException("the server's answer lacks a finite number: " + excerpt(answer));
        }
        return value;
    }

    private JsonNode read(String json) {
        try {
            return mapper.readTree(json);
        } catch (JacksonException e) {
            throw new EncodingException("the server's answer is not JSON: " + excerpt(json), e);
        }
    }

    private static String excerpt(String text) {
        return text.length() <= 200 ? text : text.substring(0, 200) + " …";
    }

    @Override
    public void close() {
        server.close();
    }
}
