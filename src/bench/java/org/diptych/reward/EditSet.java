package org.diptych.reward;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.diptych.reward.encoder.EditEncoder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Edits with known quality: a folder with {@code manifest.jsonl} and {@code truth.jsonl}.
 *
 * @param items in the order of the manifest
 * @param features one row per candidate
 */
public record EditSet(List<Item> items, float[][] features) {

    public static final List<String> DIMENSIONS = List.of("instruction_following", "visual_quality");

    /**
     * An item of the set.
     *
     * @param source name of the source image, which is the group
     * @param instruction the request
     * @param rows rows of its candidates
     * @param truth levels per candidate and dimension
     */
    public record Item(String id, String source, String instruction, int[] rows, int[][] truth) {}

    public static EditSet load(Path folder, EditEncoder encoder) throws IOException {
        var mapper = new JsonMapper();
        Map<String, JsonNode> truth = new HashMap<>();
        for (var line : Files.readAllLines(folder.resolve("truth.jsonl"))) {
            var node = mapper.readTree(line);
            truth.put(node.get("image").asString(), node);
        }
        var items = new ArrayList<Item>();
        var features = new ArrayList<float[]>();
        for (var line : Files.readAllLines(folder.resolve("manifest.jsonl"))) {
            var node = mapper.readTree(line);
            var source = read(folder.resolve(node.get("source").asString()));
            var candidates = node.get("candidates");
            int[] rows = new int[candidates.size()];
            int[][] levels = new int[rows.length][DIMENSIONS.size()];
            for (int c = 0; c < rows.length; c++) {
                var image = candidates.get(c).get("image").asString();
                rows[c] = features.size();
                features.add(encoder.encode(
                        source,
                        read(folder.resolve(image)),
                        node.get("instruction").asString()));
                for (int d = 0; d < DIMENSIONS.size(); d++) {
                    levels[c][d] = java.util.Objects.requireNonNull(truth.get(image), image)
                            .get(DIMENSIONS.get(d))
                            .asInt();
                }
            }
            items.add(new Item(
                    node.get("id").asString(),
                    node.get("source").asString(),
                    node.get("instruction").asString(),
                    rows,
                    levels));
        }
        return new EditSet(items, features.toArray(float[][]::new));
    }

    private static BufferedImage read(Path path) {
        try {
            return ImageIO.read(path.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
