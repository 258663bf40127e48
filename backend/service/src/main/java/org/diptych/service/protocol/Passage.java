package org.diptych.service.protocol;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.diptych.protocol.ProtocolDocument;
import org.diptych.service.protocol.ProtocolChange.Part;
import org.jspecify.annotations.Nullable;

/**
 * A place of a protocol document that an annotator reads.
 *
 * @param part what kind of place
 * @param key what the place is called in every version, so that its texts can be compared
 * @param title what people read above it
 * @param text what it says
 */
record Passage(Part part, String key, String title, String text) {
    private static final Pattern HEADING = Pattern.compile("#{1,6}\\s+(.*)");

    /** Everything that annotators read, in the order of the document, by key. */
    static Map<String, Passage> of(ProtocolDocument document, String language) {
        var reader = new Reader(language);
        reader.read(document.tree());
        var passages = new LinkedHashMap<String, Passage>();
        // the first of two places with one name; a second would only hide it
        reader.passages.forEach(passage -> passages.putIfAbsent(passage.part + "/" + passage.key, passage));
        return passages;
    }

    private static final class Reader {
        private final String language;
        private final List<Passage> passages = new ArrayList<>();

        Reader(String language) {
            this.language = language;
        }

        void read(Map<String, Object> tree) {
            add(Part.PURPOSE, "", "", text(tree.get("purpose")));
            var shorts = new LinkedHashMap<String, String>();
            for (var dimension : list(tree.get("dimensions"))) {
                dimension(dimension);
                shorts.put(String.valueOf(dimension.get("id")), text(dimension.get("short"), dimension.get("title")));
            }
            map(tree.get("verdict")).forEach((rule, value) -> add(Part.RULE, rule, rule, String.valueOf(value)));
            for (var reason : list(tree.get("skip_reasons"))) {
                add(Part.SKIP_REASON, String.valueOf(reason.get("id")), "", text(reason.get("title")));
            }
            guideline(text(tree.get("guideline")));
            list(tree.get("examples")).forEach(example -> example(example, shorts));
        }

        private void dimension(Map<String, Object> dimension) {
            var id = String.valueOf(dimension.get("id"));
            var title = text(dimension.get("title"));
            add(Part.DIMENSION, id, title, title + ": " + text(dimension.get("question")));
            for (var criterion : list(dimension.get("criteria"))) {
                add(
                        Part.CRITERION,
                        id + "/" + english(criterion.get("title")),
                        title + " · " + text(criterion.get("title")),
                        text(criterion.get("text")));
            }
            for (var level : list(dimension.get("levels"))) {
                var value = String.valueOf(level.get("value"));
                add(
                        Part.LEVEL,
                        id + "/" + value,
                        title + " · " + value,
                        text(level.get("label")) + ": " + text(level.get("text")));
            }
        }

        /** One place per heading. */
        private void guideline(String markdown) {
            var heading = "";
            var body = new StringBuilder();
            for (var line : markdown.lines().toList()) {
                var match = HEADING.matcher(line);
                if (match.matches()) {
                    add(Part.GUIDELINE, heading, heading, body.toString());
                    heading = match.group(1).strip();
                    body.setLength(0);
                } else {
                    body.append(line).append('\n');
                }
            }
            add(Part.GUIDELINE, heading, heading, body.toString());
        }

        private void example(Map<String, Object> example, Map<String, String> shorts) {
            var key = english(example.get("instruction"));
            var title = text(example.get("instruction"));
            add(Part.EXAMPLE, key, title, text(example.get("edit")) + "\n" + text(example.get("reason")));
            for (var answers : List.of(map(example.get("ratings")), map(example.get("verdicts")))) {
                answers.forEach((dimension, answer) -> add(
                        Part.EXAMPLE_ANSWER,
                        key + "/" + dimension,
                        title + " · " + shorts.getOrDefault(dimension, dimension),
                        String.valueOf(answer)));
            }
        }

        private void add(Part part, String key, String title, String text) {
            if (!text.isBlank()) {
                passages.add(new Passage(part, key, title, text.strip()));
            }
        }

        private String text(@Nullable Object... localized) {
            for (var texts : localized) {
                var words = map(texts);
                var found = words.getOrDefault(language, words.get("en"));
                if (found != null) {
                    return found.toString();
                }
            }
            return "";
        }

        private static String english(@Nullable Object localized) {
            return String.valueOf(map(localized).get("en"));
        }

        private static Map<String, Object> map(@Nullable Object value) {
            var result = new LinkedHashMap<String, Object>();
            if (value instanceof Map<?, ?> map) {
                map.forEach((key, field) -> {
                    if (field != null) {
                        result.put(String.valueOf(key), field);
                    }
                });
            }
            return result;
        }

        private static List<Map<String, Object>> list(@Nullable Object value) {
            return value instanceof List<?> list
                    ? list.stream().<Map<String, Object>>map(Reader::map).toList()
                    : List.of();
        }
    }
}
