package org.diptych.service.campaign;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.diptych.protocol.Protocol;
import org.jspecify.annotations.Nullable;

/**
 * Reads a manifest row by row. Whoever takes a manifest reads it here: the server to import or score it, the command line
 * to find the pictures that belong to it.
 */
public final class ManifestReader implements AutoCloseable {
    private static final int LINE_OF_A_SENDER = 100_000_000;

    private static final String ARRAY =
            "the manifest is a JSON array; write every row on a line of its own (jq -c '.[]' does it)";
    private static final String PRETTY =
            "the manifest has rows of more than one line; write every row on a line of its own (jq -c . does it)";

    private final ManifestLines lines;
    private final int maximumRows;
    private final int maximumCandidates;
    private final @Nullable Protocol protocol;
    private final Map<String, Integer> lineOfId = new HashMap<>();
    private ManifestLines.@Nullable Line ahead;
    private int rows;
    private boolean ended;

    private ManifestReader(
            InputStream manifest,
            int maximumLineBytes,
            int maximumRows,
            int maximumCandidates,
            @Nullable Protocol protocol) {
        this.lines = new ManifestLines(manifest, maximumLineBytes);
        this.maximumRows = maximumRows;
        this.maximumCandidates = maximumCandidates;
        this.protocol = protocol;
    }

    /** @param protocol what known answers must fit; null where nobody is to label the rows */
    static ManifestReader of(InputStream manifest, ImportLimits limits, @Nullable Protocol protocol) {
        return new ManifestReader(
                manifest, limits.maximumLineBytes(), limits.maximumItems(), limits.maximumCandidates(), protocol);
    }

    /** Reads a manifest that is to be sent: limits and known answers are the receiver's business. */
    public static ManifestReader ofSender(InputStream manifest) {
        return new ManifestReader(manifest, LINE_OF_A_SENDER, Integer.MAX_VALUE, Integer.MAX_VALUE, null);
    }

    /** The next row, or what is wrong with it; null at the end. */
    public @Nullable ParsedRow next() throws IOException {
        if (ended) {
            return null;
        }
        var line = ahead == null ? lines.next() : ahead;
        ahead = null;
        if (line == null) {
            ended = true;
            return rows == 0 ? ParsedRow.refused(1, "", "the manifest is empty") : null;
        }
        if (rows == maximumRows) {
            return last(line, "the manifest has more than " + maximumRows + " rows; split it");
        }
        rows++;
        if (rows == 1) {
            ahead = lines.next();
            var reason = reasonAgainstWhole(line, ahead);
            if (reason != null) {
                return last(line, reason);
            }
        }
        return row(line);
    }

    private ParsedRow last(ManifestLines.Line line, String reason) {
        ended = true;
        return ParsedRow.refused(line.number(), "", reason);
    }

    /** A document that is laid out for people would be refused line by line. */
    private static @Nullable String reasonAgainstWhole(ManifestLines.Line first, ManifestLines.@Nullable Line second) {
        var text = first.text();
        if (text == null) {
            return null;
        }
        if (text.strip().startsWith("[") && (second == null || JsonLine.isIncomplete(text))) {
            return ARRAY;
        }
        var next = second == null ? null : second.text();
        return next != null && !next.strip().startsWith("{") && JsonLine.isIncomplete(text) ? PRETTY : null;
    }

    private ParsedRow row(ManifestLines.Line line) {
        var text = line.text();
        if (text == null) {
            return ParsedRow.refused(line.number(), "", line.reason());
        }
        var parsed = ManifestRowParser.parse(line.number(), text, maximumCandidates, protocol);
        var row = parsed.row();
        if (row == null) {
            return parsed;
        }
        var earlier = lineOfId.putIfAbsent(row.id(), line.number());
        return earlier == null
                ? parsed
                : ParsedRow.refused(
                        line.number(),
                        "id",
                        "item " + row.id() + " is on line " + earlier + " already; ids are unique");
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }

    /** A picture that a row names, by the field that names it. */
    public record NamedPicture(String field, String path) {}

    /**
     * A row of a manifest, or what is wrong with it.
     *
     * @param line from 1
     * @param row null when there are problems
     * @param pictures that the row names, whatever else is wrong with it
     */
    public record ParsedRow(
            int line, @Nullable ManifestRow row, List<ImportProblem> problems, List<NamedPicture> pictures) {
        public ParsedRow {
            problems = List.copyOf(problems);
            pictures = List.copyOf(pictures);
        }

        static ParsedRow refused(int line, String field, String reason) {
            return new ParsedRow(line, null, List.of(new ImportProblem(line, field, reason)), List.of());
        }
    }
}
