package org.diptych.reward;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
     * @param source name of the photo, which is the group
     * @param instruction the request
     * @param concept kind of edit that is asked for; empty where the set does not say
     * @param rows rows of its candidates
     * @param truth levels per candidate and dimension
     */
    public record Item(String id, String source, String instruction, String concept, int[] rows, int[][] truth) {}

    /** Reads a folder with manifest and truth; features are taken from the cache or made and kept there. */
    public static EditSet load(Path folder, Path cache, EditEncoder encoder) throws IOException {
        var mapper = new JsonMapper();
        Map<String, JsonNode> truth = new HashMap<>();
        for (var line : Files.readAllLines(folder.resolve("truth.jsonl"))) {
            var node = mapper.readTree(line);
            truth.put(node.get("image").asString(), node);
        }
        var manifest = new ArrayList<JsonNode>();
        for (var line : Files.readAllLines(folder.resolve("manifest.jsonl"))) {
            manifest.add(mapper.readTree(line));
        }
        var items = new ArrayList<Item>();
        int size = 0;
        for (var node : manifest) {
            var candidates = node.get("candidates");
            int[] rows = new int[candidates.size()];
            int[][] levels = new int[rows.length][DIMENSIONS.size()];
            for (int c = 0; c < rows.length; c++) {
                var image = candidates.get(c).get("image").asString();
                rows[c] = size++;
                for (int d = 0; d < DIMENSIONS.size(); d++) {
                    levels[c][d] = Objects.requireNonNull(truth.get(image), image)
                            .get(DIMENSIONS.get(d))
                            .asInt();
                }
            }
            items.add(new Item(
                    node.get("id").asString(),
                    // sources of a scripted campaign are crops of a photo that is named beside them
                    node.get(node.has("photo") ? "photo" : "source").asString(),
                    node.get("instruction").asString(),
                    node.path("concept").asString(""),
                    rows,
                    levels));
        }
        return new EditSet(
                items, FeatureCache.read(cache, encoder.encoderId(), () -> encode(folder, manifest, encoder)));
    }

    /** Several sets as one; photos of different sets count as different. */
    static EditSet join(List<EditSet> sets) {
        var items = new ArrayList<Item>();
        var rows = new ArrayList<float[]>();
        for (int number = 0; number < sets.size(); number++) {
            int start = rows.size();
            for (var item : sets.get(number).items()) {
                items.add(new Item(
                        item.id(),
                        number + " " + item.source(),
                        item.instruction(),
                        item.concept(),
                        Arrays.stream(item.rows()).map(row -> row + start).toArray(),
                        item.truth()));
            }
            rows.addAll(List.of(sets.get(number).features()));
        }
        return new EditSet(items, rows.toArray(float[][]::new));
    }

    private static float[][] encode(Path folder, List<JsonNode> manifest, EditEncoder encoder) {
        var features = new ArrayList<float[]>();
        for (var node : manifest) {
            var source = read(folder.resolve(node.get("source").asString()));
            for (var candidate : node.get("candidates")) {
                features.add(encoder.encode(
                        source,
                        read(folder.resolve(candidate.get("image").asString())),
                        node.get("instruction").asString()));
            }
        }
        return features.toArray(float[][]::new);
    }

    private static BufferedImage read(Path path) {
        try {
            return ImageIO.read(path.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
