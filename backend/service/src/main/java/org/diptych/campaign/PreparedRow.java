package org.diptych.campaign;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.diptych.image.PreparedImage;
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
        return Sha256.hexadecimal(CANONICAL.writeValueAsString(content).getBytes(StandardCharsets.UTF_8));
    }

    /** Maps and lists: their keys are sorted when they are written, those of a tree are not. */
    private static @Nullable Object plain(JsonNode node) {
        return CANONICAL.treeToValue(node, Object.class);
    }
}
