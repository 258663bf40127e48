package org.diptych.service.dataset;

import java.io.OutputStream;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.diptych.protocol.Protocol;
import org.diptych.service.database.Streaming;
import org.diptych.service.label.AnswerJson;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * A campaign to be simulated offline, as JSON lines: what the file holds, every labelled pair's candidates with their
 * features, every labelled pair with all its labels. The labels are those of the snapshot that the newest model version was
 * trained on, the features those of its encoder. A task that came in under several ids is one: its candidates and pairs are
 * listed once, with all that was said of them. Two edits that look the same are no pair.
 */
@Component
class ReplayExport {
    /** The labels of a snapshot with the task of each. */
    private static final String TASKS = """
             FROM dataset_snapshot_label s JOIN label l ON l.id = s.label_id JOIN pair p ON p.id = l.pair_id
            JOIN item i ON i.id = p.item_id JOIN image src ON src.sha256 = i.source_sha256
            JOIN candidate f ON f.id = p.first_candidate_id JOIN image fi ON fi.sha256 = f.image_sha256
            JOIN candidate d ON d.id = p.second_candidate_id JOIN image di ON di.sha256 = d.image_sha256
            WHERE s.snapshot_id = ?""";

    private static final String PHOTO = "coalesce(src.pixels_sha256, src.sha256)";
    private static final String FIRST = "coalesce(fi.pixels_sha256, fi.sha256)";
    private static final String SECOND = "coalesce(di.pixels_sha256, di.sha256)";
    private static final String EDITS = "least(" + FIRST + ", " + SECOND + "), greatest(" + FIRST + ", " + SECOND + ")";

    private final JdbcClient jdbc;
    private final JsonMapper json;

    ReplayExport(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /**
     * What is exported.
     *
     * @param snapshot row of the snapshot
     * @param digest its digest
     * @param encoder whose features
     */
    record Source(UUID snapshot, String digest, String encoder) {}

    /**
     * An edit, whichever ids it had.
     *
     * @param photo digest of the pixels of its source
     * @param instruction what was asked
     * @param pixels digest of its own pixels
     */
    private record Edit(String photo, String instruction, String pixels) {}

    /** The newest snapshot that a model was trained on; none before the first training. */
    Optional<Source> source(UUID campaign) {
        return jdbc.sql("""
                        SELECT s.id, s.digest, m.encoder_id FROM model_version m JOIN dataset_snapshot s ON s.id = m.snapshot_id
                        WHERE m.campaign_id = ? ORDER BY m.number DESC LIMIT 1""")
                .param(campaign)
                .query((row, number) -> new Source(row.getObject(1, UUID.class), row.getString(2), row.getString(3)))
                .optional();
    }

    /**
     * Writes all lines.
     *
     * @return how many are pairs
     */
    Written write(Streaming streaming, UUID campaign, Source source, OutputStream stream) {
        try (var out = json.writer()
                .withRootValueSeparator("")
                .without(StreamWriteFeature.AUTO_CLOSE_TARGET)
                .createGenerator(stream)) {
            header(out, streaming, campaign, source);
            var numbers = candidates(out, streaming, source);
            return new Written(pairs(out, streaming, source, numbers), 0);
        }
    }

    private static void header(JsonGenerator out, Streaming streaming, UUID campaign, Source source) {
        streaming.query(
                "SELECT (SELECT name FROM campaign WHERE id = ?) AS name, count(*) AS labels, count(DISTINCT (" + PHOTO
                        + ", i.instruction, " + EDITS + ")) AS pairs, coalesce((SELECT length(x.features) / 4"
                        + " FROM candidate_feature x JOIN candidate c ON c.id = x.candidate_id"
                        + " WHERE c.campaign_id = ? AND x.encoder_id = ? LIMIT 1), 0) AS features" + TASKS + " AND "
                        + FIRST + " <> " + SECOND,
                row -> {
                    out.writeStartObject();
                    out.writeStringProperty("type", "campaign");
                    out.writeNumberProperty("version", 1);
                    out.writeStringProperty("campaign", row.getString("name"));
                    out.writeStringProperty("snapshot", source.digest());
                    out.writeStringProperty("encoder", source.encoder());
                    out.writeNumberProperty("features", row.getInt("features"));
                    out.writeStringProperty("encoding", "base64 of little-endian float32");
                    out.writeNumberProperty("pairs", row.getLong("pairs"));
                    out.writeNumberProperty("labels", row.getLong("labels"));
                    end(out);
                },
                campaign,
                campaign,
                source.encoder(),
                source.snapshot());
    }

    /** Numbers the candidates; an edit of one task that came in under several ids has one number. */
    private static Map<UUID, Integer> candidates(JsonGenerator out, Streaming streaming, Source source) {
        var numbers = new HashMap<UUID, Integer>();
        var written = new ArrayList<Edit>();
        streaming.query(
                "SELECT c.id, " + PHOTO + " AS photo, i.instruction, coalesce(im.pixels_sha256, im.sha256) AS pixels,"
                        + " min(i.external_id) OVER (PARTITION BY " + PHOTO + ", i.instruction) AS item, x.features"
                        + """
                 FROM candidate c JOIN item i ON i.id = c.item_id JOIN image src ON src.sha256 = i.source_sha256
                JOIN image im ON im.sha256 = c.image_sha256
                JOIN candidate_feature x ON x.candidate_id = c.id AND x.encoder_id = ?
                WHERE c.id IN (SELECT unnest(ARRAY[p.first_candidate_id, p.second_candidate_id])
                    FROM dataset_snapshot_label s JOIN label l ON l.id = s.label_id JOIN pair p ON p.id = l.pair_id
                    WHERE s.snapshot_id = ?)
                ORDER BY photo, i.instruction, pixels, c.id""",
                row -> {
                    var edit = new Edit(row.getString("photo"), row.getString("instruction"), row.getString("pixels"));
                    if (!written.isEmpty() && written.getLast().equals(edit)) {
                        numbers.put(row.getObject("id", UUID.class), written.size() - 1);
                        return;
                    }
                    numbers.put(row.getObject("id", UUID.class), written.size());
                    out.writeStartObject();
                    out.writeStringProperty("type", "candidate");
                    out.writeNumberProperty("number", written.size());
                    out.writeStringProperty("item", row.getString("item"));
                    out.writeStringProperty("group", row.getString("photo"));
                    out.writeName("features");
                    out.writeBinary(row.getBytes("features"));
                    end(out);
                    written.add(edit);
                },
                source.encoder(),
                source.snapshot());
        return numbers;
    }

    /** One line per pair; the labels of one pair follow each other, whichever ids it had. */
    private static long pairs(JsonGenerator out, Streaming streaming, Source source, Map<UUID, Integer> numbers) {
        var open = new int[] {-1, -1};
        long[] count = new long[1];
        streaming.query(
                "SELECT p.first_candidate_id, p.second_candidate_id, p.stratum, a.name, l.verdicts"
                        + TASKS.replace("WHERE", "JOIN account a ON a.id = l.annotator_id WHERE") + " ORDER BY " + PHOTO
                        + ", i.instruction, " + EDITS + ", l.sequence",
                row -> {
                    int first = number(numbers, row, "first_candidate_id");
                    int second = number(numbers, row, "second_candidate_id");
                    if (first == second) {
                        return;
                    }
                    boolean exchanged = first == open[1] && second == open[0];
                    if (!exchanged && (first != open[0] || second != open[1])) {
                        if (open[0] >= 0) {
                            endPair(out);
                        }
                        open[0] = first;
                        open[1] = second;
                        startPair(out, row, first, second);
                        count[0]++;
                    }
                    var verdict = Objects.requireNonNull(
                            AnswerJson.verdictsFromStored(row.getString("verdicts"))
                                    .get(Protocol.OVERALL),
                            "every label has an overall verdict");
                    out.writeStartObject();
                    out.writeStringProperty("annotator", row.getString("name"));
                    out.writeStringProperty("verdict", (exchanged ? verdict.exchanged() : verdict).word());
                    out.writeEndObject();
                },
                source.snapshot());
        if (open[0] >= 0) {
            endPair(out);
        }
        return count[0];
    }

    private static void startPair(JsonGenerator out, ResultSet row, int first, int second) throws SQLException {
        out.writeStartObject();
        out.writeStringProperty("type", "pair");
        out.writeNumberProperty("first", first);
        out.writeNumberProperty("second", second);
        out.writeStringProperty("stratum", row.getString("stratum").toLowerCase(Locale.ROOT));
        out.writeArrayPropertyStart("labels");
    }

    private static int number(Map<UUID, Integer> numbers, ResultSet row, String column) throws SQLException {
        return Objects.requireNonNull(
                numbers.get(row.getObject(column, UUID.class)), "every candidate of a snapshot is encoded");
    }

    private static void endPair(JsonGenerator out) {
        out.writeEndArray();
        end(out);
    }

    private static void end(JsonGenerator out) {
        out.writeEndObject();
        out.writeRaw('\n');
    }
}
