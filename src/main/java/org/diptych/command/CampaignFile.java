package org.diptych.command;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.diptych.service.campaign.JsonLine;
import org.diptych.service.campaign.ManifestLines;
import org.diptych.statistics.replay.CampaignTableReader;
import org.diptych.statistics.replay.CampaignTableReader.Label;
import org.diptych.statistics.replay.CampaignTableReader.Verdict;
import org.diptych.statistics.replay.ReplayTable;
import org.diptych.statistics.replay.ReplayTableReader.MalformedTableException;
import tools.jackson.databind.JsonNode;

/**
 * A campaign that was exported to be replayed: JSON lines, first what the file holds, then candidates with their features,
 * then pairs with their labels. Read twice, a line at a time.
 */
final class CampaignFile {
    private static final int VERSION = 1;
    /** Features and labels are long. */
    private static final int LONGEST_LINE = 100_000_000;

    private final Path file;

    private CampaignFile(Path file) {
        this.file = file;
    }

    /** Whether the file starts like JSON; tab-separated tables start with a column's name. */
    static boolean recognises(Path file) {
        try (ManifestLines lines = new ManifestLines(Files.newInputStream(file), LONGEST_LINE)) {
            var first = lines.next();
            return first != null && first.text() != null && first.text().strip().startsWith("{");
        } catch (IOException unreadable) {
            throw CommandFailure.badInput("%s cannot be read: %s".formatted(file, FileFault.of(unreadable)));
        }
    }

    /** The campaign as a table to be replayed. */
    static ReplayTable read(Path file) {
        return new CampaignFile(file).table();
    }

    /** Labels in a complete file. */
    static long labels(Path file) {
        var whole = new CampaignFile(file);
        long[] counts = new long[2];
        var header = whole.eachLine((line, node) -> {
            if (node.path("type").asString("").equals("pair")) {
                counts[0]++;
                counts[1] += node.path("labels").size();
            }
        });
        if (header.pairs() != counts[0] || header.labels() != counts[1]) {
            throw CommandFailure.failed(
                    "The file is not complete: it holds %d pairs with %d labels instead of %d with %d."
                            .formatted(counts[0], counts[1], header.pairs(), header.labels()));
        }
        return counts[1];
    }

    private record Header(int features, long pairs, long labels) {}

    private interface Use {
        void line(long number, JsonNode node);
    }

    private ReplayTable table() {
        try {
            var header = eachLine((line, node) -> {});
            var reader = new CampaignTableReader(header.features());
            eachLine((line, node) -> {
                if (node.path("type").asString("").equals("candidate")) {
                    reader.learn(line, features(line, node));
                }
            });
            reader.endOfFirstPass();
            int[] candidates = new int[1];
            eachLine((line, node) -> {
                switch (node.path("type").asString("")) {
                    case "candidate" -> {
                        if (number(line, node, "number") != candidates[0]++) {
                            throw wrong(line, "number: %d is expected here".formatted(candidates[0] - 1));
                        }
                        reader.candidate(
                                line, text(line, node, "item"), text(line, node, "group"), features(line, node));
                    }
                    case "pair" ->
                        reader.pair(
                                line,
                                number(line, node, "first"),
                                number(line, node, "second"),
                                text(line, node, "stratum").equals("uniform"),
                                labels(line, node));
                    default -> throw wrong(line, "type: candidate or pair is expected");
                }
            });
            return reader.table();
        } catch (MalformedTableException malformed) {
            throw wrong(malformed.line(), String.valueOf(malformed.getMessage()));
        }
    }

    /** Hands over every line but the first, which is returned. */
    private Header eachLine(Use use) {
        try (ManifestLines lines = new ManifestLines(Files.newInputStream(file), LONGEST_LINE)) {
            Header header = null;
            for (var line = lines.next(); line != null; line = lines.next()) {
                if (line.text() == null) {
                    throw wrong(line.number(), line.reason());
                }
                JsonNode node = node(line.number(), line.text());
                if (header == null) {
                    header = header(line.number(), node);
                } else {
                    use.line(line.number(), node);
                }
            }
            if (header == null) {
                throw wrong(1, "the file is empty; a first line that says what it holds is expected");
            }
            return header;
        } catch (IOException unreadable) {
            throw CommandFailure.badInput("%s cannot be read: %s".formatted(file, FileFault.of(unreadable)));
        }
    }

    private JsonNode node(long line, String text) {
        try {
            return JsonLine.parse(text);
        } catch (JsonLine.Invalid invalid) {
            throw wrong(line, invalid.reason());
        }
    }

    private Header header(long line, JsonNode node) {
        if (!node.path("type").asString("").equals("campaign")) {
            throw wrong(
                    line, "type: \"campaign\" is expected in the first line; export the campaign with --format replay");
        }
        if (number(line, node, "version") != VERSION) {
            throw wrong(
                    line,
                    "version: this program reads version " + VERSION + "; use the program that exported the file");
        }
        return new Header(number(line, node, "features"), number(line, node, "pairs"), number(line, node, "labels"));
    }

    private float[] features(long line, JsonNode node) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(text(line, node, "features"));
        } catch (IllegalArgumentException notBase64) {
            throw wrong(line, "features: this is no base64: " + notBase64.getMessage());
        }
        if (bytes.length % Float.BYTES != 0) {
            throw wrong(line, "features: %d bytes are no whole number of float32".formatted(bytes.length));
        }
        var features = new float[bytes.length / Float.BYTES];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(features);
        return features;
    }

    private List<Label> labels(long line, JsonNode node) {
        if (!node.path("labels").isArray()) {
            throw wrong(line, "labels: a list is expected");
        }
        var labels = new ArrayList<Label>();
        for (var label : node.path("labels")) {
            labels.add(new Label(text(line, label, "annotator"), verdict(line, text(line, label, "verdict"))));
        }
        return labels;
    }

    private Verdict verdict(long line, String word) {
        return Arrays.stream(Verdict.values())
                .filter(verdict -> verdict.name().toLowerCase(Locale.ROOT).equals(word))
                .findFirst()
                .orElseThrow(() -> wrong(
                        line,
                        "verdict: \"%s\" is none of %s"
                                .formatted(
                                        word,
                                        Arrays.stream(Verdict.values())
                                                .map(verdict -> verdict.name().toLowerCase(Locale.ROOT))
                                                .collect(Collectors.joining(", ")))));
    }

    private String text(long line, JsonNode node, String field) {
        if (!node.path(field).isString()) {
            throw wrong(line, field + ": a text is expected");
        }
        return node.path(field).stringValue();
    }

    private int number(long line, JsonNode node, String field) {
        if (!node.path(field).isInt()) {
            throw wrong(line, field + ": a whole number is expected");
        }
        return node.path(field).intValue();
    }

    private CommandFailure wrong(long line, String what) {
        return CommandFailure.badInput("%s:%d: %s".formatted(file, line, what));
    }
}
