package org.diptych.protocol;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.diptych.protocol.text.Sha256;
import org.jspecify.annotations.Nullable;

/**
 * A protocol as its author wrote it: the bytes, their digest, and what they say.
 *
 * @param text the YAML document, byte for byte
 * @param tree the document as maps, lists, strings and numbers: what a browser renders its questions from
 * @param protocol the parsed protocol
 */
public record ProtocolDocument(String text, Map<String, Object> tree, Protocol protocol) {
    /** Most bytes of a document. */
    public static final int LARGEST = ProtocolYaml.LARGEST;

    /** References of the protocols that come with the product. */
    public static final List<String> BUNDLED = List.of("edit-preference-v1", "edit-comparison-v1");

    /** References of the documents that stand behind labels of other tools; no campaign is under one. */
    public static final List<String> OF_IMPORTED_LABELS = List.of("imported-preference-v1", "imported-ratings-v1");

    /**
     * Reads one of the {@link #BUNDLED} protocols, or of those {@link #OF_IMPORTED_LABELS}.
     *
     * @throws IllegalArgumentException when there is none of that name
     */
    public static ProtocolDocument bundled(String reference) {
        try (InputStream stream = ProtocolDocument.class.getResourceAsStream(reference + ".yaml")) {
            if (stream == null) {
                throw new IllegalArgumentException("no bundled protocol " + reference);
            }
            return read(stream.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads a document as it came: in UTF-8, of at most {@value #LARGEST} bytes. Its digest is that of these
     * bytes.
     *
     * @throws InvalidProtocolException naming the line or the field at fault
     */
    public static ProtocolDocument read(byte[] bytes) {
        return parse(ProtocolYaml.text(bytes));
    }

    /**
     * Parses a document.
     *
     * @throws InvalidProtocolException naming the line or the field at fault
     */
    public static ProtocolDocument parse(String text) {
        var tree = Node.map("document", ProtocolYaml.tree(text));
        return new ProtocolDocument(text, tree, new Reader(new Node("", tree)).read(Sha256.hexadecimal(text)));
    }

    /** Reads the fields of a document, in the order in which the document has them. */
    private record Reader(Node root) {
        Protocol read(String sha256) {
            var id = root.text("id");
            if (!id.matches("[a-z][a-z0-9-]{0,59}")) {
                throw new InvalidProtocolException("id", "use lower-case letters, digits and dashes");
            }
            var mode = switch (root.text("mode")) {
                case "rating" -> AnswerMode.RATING;
                case "comparison" -> AnswerMode.COMPARISON;
                default -> throw new InvalidProtocolException("mode", "must be rating or comparison");
            };
            var dimensions = new ArrayList<Dimension>();
            var seen = new HashSet<String>();
            for (var node : root.list("dimensions")) {
                var dimension = dimension(node, mode);
                if (!seen.add(dimension.id())) {
                    throw new InvalidProtocolException(node.path() + ".id", "appears twice");
                }
                dimensions.add(dimension);
            }
            if (dimensions.isEmpty()) {
                throw new InvalidProtocolException("dimensions", "a protocol asks about at least one");
            }
            root.localized("guideline");
            var rule = mode == AnswerMode.RATING
                    ? new Protocol.VerdictRule(
                            root.child("verdict").number("both_bad_at_most"),
                            root.child("verdict").number("overall_both_bad_at_most"))
                    : Protocol.VerdictRule.NEVER;
            var skipReasons = root.list("skip_reasons").stream()
                    .map(node -> new SkipReason(node.text("id"), node.localized("title")))
                    .toList();
            int version = root.number("version");
            if (version < 1) {
                throw new InvalidProtocolException("version", "must be at least 1");
            }
            return new Protocol(
                    id, version, sha256, mode, root.localized("title"), dimensions, rule, skipReasons, qualification());
        }

        private Qualification qualification() {
            int examples = root.has("examples") ? root.list("examples").size() : 0;
            if (!root.has("qualification")) {
                return new Qualification(examples, Qualification.USUAL_PASS_MARK, Qualification.USUAL_TRIES);
            }
            var node = root.child("qualification");
            double passMark = node.decimal("pass_mark");
            if (!(passMark >= 0 && passMark <= 1)) {
                throw new InvalidProtocolException(node.path() + ".pass_mark", "must be a share from 0 to 1");
            }
            int tries = node.number("tries");
            if (tries < 1) {
                throw new InvalidProtocolException(node.path() + ".tries", "must be at least 1");
            }
            return new Qualification(examples, passMark, tries);
        }

        private static Dimension dimension(Node node, AnswerMode mode) {
            var id = node.text("id");
            if (!id.matches("[a-z][a-z0-9_]{0,59}") || id.equals(Protocol.OVERALL)) {
                throw new InvalidProtocolException(
                        node.path() + ".id", "use lower-case letters, digits and underscores; \"overall\" is taken");
            }
            var levels = new ArrayList<Dimension.Level>();
            if (mode == AnswerMode.RATING) {
                for (var level : node.list("levels")) {
                    levels.add(new Dimension.Level(
                            level.number("value"), level.localized("label"), level.localized("text")));
                    int expected = levels.getFirst().value() + levels.size() - 1;
                    if (levels.getLast().value() != expected) {
                        throw new InvalidProtocolException(level.path() + ".value", "levels must rise by one");
                    }
                }
                if (levels.size() < 2 || levels.size() > 9) {
                    throw new InvalidProtocolException(node.path() + ".levels", "a scale has 2 to 9 levels");
                }
            }
            return new Dimension(id, node.localized("title"), node.localized("question"), levels);
        }
    }

    /** A place in the document that knows its path, so that errors can name it. */
    private record Node(String path, Map<String, Object> fields) {
        static Map<String, Object> map(String path, @Nullable Object value) {
            if (!(value instanceof Map<?, ?> map)) {
                throw new InvalidProtocolException(path, "must be a mapping");
            }
            var fields = new LinkedHashMap<String, Object>();
            map.forEach((key, field) -> fields.put(String.valueOf(key), field));
            return fields;
        }

        private String path(String field) {
            return path.isEmpty() ? field : path + "." + field;
        }

        private Object required(String field) {
            var value = fields.get(field);
            if (value == null) {
                throw new InvalidProtocolException(path(field), "is missing");
            }
            return value;
        }

        String text(String field) {
            if (required(field) instanceof String text && !text.isBlank()) {
                return text;
            }
            throw new InvalidProtocolException(path(field), "must be a text");
        }

        int number(String field) {
            if (required(field) instanceof Integer number) {
                return number;
            }
            throw new InvalidProtocolException(path(field), "must be a whole number");
        }

        boolean has(String field) {
            return fields.get(field) != null;
        }

        double decimal(String field) {
            if (required(field) instanceof Number number) {
                return number.doubleValue();
            }
            throw new InvalidProtocolException(path(field), "must be a number");
        }

        Node child(String field) {
            return new Node(path(field), map(path(field), required(field)));
        }

        List<Node> list(String field) {
            if (!(required(field) instanceof List<?> list)) {
                throw new InvalidProtocolException(path(field), "must be a list");
            }
            var nodes = new ArrayList<Node>();
            for (int i = 0; i < list.size(); i++) {
                var path = path(field) + "[" + i + "]";
                nodes.add(new Node(path, map(path, list.get(i))));
            }
            return nodes;
        }

        LocalizedText localized(String field) {
            var texts = new LinkedHashMap<String, String>();
            child(field).fields.forEach((language, text) -> {
                if (!(text instanceof String words)) {
                    throw new InvalidProtocolException(path(field) + "." + language, "must be a text");
                }
                texts.put(language, words);
            });
            if (!texts.containsKey("en")) {
                throw new InvalidProtocolException(path(field) + ".en", "is missing: English is always there");
            }
            return new LocalizedText(texts);
        }
    }
}
