package org.diptych.service.campaign;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.diptych.protocol.text.Sha256;
import org.diptych.service.image.PreparedImage;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * A row whose pictures may be taken in.
 *
 * @param row the row
 * @param source its source picture
 * @param images the candidates' pictures, in their order
 * @param contentSha256 digest of the row and its pictures, whatever the order of keys: equal digests, equal items
 */
record PreparedRow(ManifestRow row, PreparedImage source, List<PreparedImage> images, String contentSha256) {
    private static final JsonMapper CANONICAL = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    static PreparedRow of(ManifestRow row, PreparedImage source, List<PreparedImage> images) {
        return new PreparedRow(row, source, List.copyOf(images), digest(row, source, images));
    }

    /** Two candidates of the row, by their ordinals. */
    record Pair(int first, int second) {}

    /**
     * The pairs that the row becomes: those with a known answer where there are any, else all whose two pictures differ.
     */
    List<Pair> pairs() {
        var known = row.known();
        var pairs = new ArrayList<Pair>();
        for (int i = 0; i < images.size(); i++) {
            for (int j = i + 1; j < images.size(); j++) {
                if (known == null ? differ(i, j) : known.covers(i, j)) {
                    pairs.add(new Pair(i, j));
                }
            }
        }
        return pairs;
    }

    private boolean differ(int first, int second) {
        return !images.get(first).pixelsSha256().equals(images.get(second).pixelsSha256());
    }

    /**
     * Digest of what an annotator is asked to judge: instruction, source and the set of candidates, whatever their id,
     * their order, and the names and formats of the files. Null where the answers are known: such an item repeats another on purpose.
     */
    @Nullable
    String taskSha256() {
        if (row.known() != null) {
            return null;
        }
        var candidates =
                images.stream().map(PreparedImage::pixelsSha256).sorted().distinct();
        return Sha256.hexadecimal(Stream.concat(Stream.of(source.pixelsSha256()), candidates)
                .collect(Collectors.joining("\n", "", "\n" + row.instruction()))
                .getBytes(StandardCharsets.UTF_8));
    }

    Stream<PreparedImage> allImages() {
        return Stream.concat(Stream.of(source), images.stream());
    }

    private static String digest(ManifestRow row, PreparedImage source, List<PreparedImage> images) {
        var candidates = new ArrayList<Map<String, @Nullable Object>>();
        for (var index = 0; index < images.size(); index++) {
            var candidate = row.candidates().get(index);
            var content = new LinkedHashMap<String, @Nullable Object>();
            content.put("model", candidate.model());
            content.put("path", candidate.image());
            content.put("image", images.get(index).image().sha256());
            content.put("seed", candidate.seed());
            content.put("metadata", plain(candidate.metadata()));
            candidates.add(content);
        }
        var content = new LinkedHashMap<String, @Nullable Object>();
        content.put("instruction", row.instruction());
        content.put("category", row.category());
        content.put("source", source.image().sha256());
        content.put("metadata", plain(row.metadata()));
        content.put("candidates", candidates);
        if (row.known() != null) {
            content.put("known", row.known());
        }
        return Sha256.hexadecimal(CANONICAL.writeValueAsString(content));
    }

    /** Maps and lists: their keys are sorted when they are written, those of a tree are not. */
    private static @Nullable Object plain(JsonNode node) {
        return CANONICAL.treeToValue(node, Object.class);
    }
}
