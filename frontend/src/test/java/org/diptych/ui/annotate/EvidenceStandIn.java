package org.diptych.ui.annotate;

import com.sun.net.httpserver.HttpExchange;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.jspecify.annotations.NullUnmarked;

/**
 * Edit-leak evidence from memory: the left edit leaks into the picture's right quarter, the right edit is one of the whole
 * picture. Remembers what was asked for.
 */
@NullUnmarked
final class EvidenceStandIn {
    private static final String ANSWER = """
            {"left": {"leak": 0.312, "strength": 7.5, "touched": 0.25, "parts": 1, "reason": null, "overlay": "%s/left"},
             "right": {"leak": null, "strength": null, "touched": null, "parts": null, "reason": "whole_picture",
                       "overlay": null}}""";

    private final List<String> asked = new ArrayList<>();

    /** The addresses that were asked for, in order. */
    synchronized List<String> asked() {
        return List.copyOf(asked);
    }

    synchronized void answer(HttpExchange exchange) throws IOException {
        var path = exchange.getRequestURI().getPath();
        asked.add(path);
        var overlay = path.endsWith("/left");
        var bytes = overlay ? overlay() : ANSWER.formatted(path).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", overlay ? "image/png" : "application/json");
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private static byte[] overlay() throws IOException {
        var map = new BufferedImage(320, 240, BufferedImage.TYPE_BYTE_GRAY);
        for (int y = 0; y < 240; y++) {
            for (int x = 0; x < 320; x++) {
                boolean touched = x >= 80 && x < 240 && y >= 60 && y < 180;
                map.getRaster().setSample(x, y, 0, touched ? 255 : x >= 240 ? 40 : 0);
            }
        }
        var bytes = new ByteArrayOutputStream();
        ImageIO.write(map, "png", bytes);
        return bytes.toByteArray();
    }
}
