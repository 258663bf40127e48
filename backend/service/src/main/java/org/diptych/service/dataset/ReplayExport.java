package org.diptych.service.dataset;

import java.io.OutputStream;
import java.sql.ResultSet;
import java.sql.SQLException;
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
 * trained on, the features those of its encoder.
 */
@Component
class ReplayExport {
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

    /** The newest snapshot that a model was trained on; none before the first training. */
    Optional<Source> source(UUID campaign) {
        return jdbc.sql("""
                        SELECT s.id, s.digest, m.encoder_id FROM model_version m JOIN dataset_snapshot s ON s.id = m.snapshot_id
                        WHERE m.campaign_id = ? ORDER BY m.number DESC LIMIT 1""")
                .param(campaign)
                .query((row, number) -> new Source(row.getObject(1, UUID.class), row.getString(2), row.getString(3)))
                .optional();
    }

    void write(Streaming streaming, UUID campaign, Source source, OutputStream stream) {
        try (var out = json.writer()
                .withRootValueSeparator("")
                .without(StreamWriteFeature.AUTO_CLOSE_TARGET)
                .createGenerator(stream)) {
            header(out, streaming, campaign, source);
            var numbers = candidates(out, streaming, source);
            pairs(out, streaming, source, numbers);
        }
    }

    private static void header(JsonGenerator out, Streaming streaming, UUID campaign, Source source) {
        streaming.query(
                """
                SELECT c.name, count(*) AS labels, count(DISTINCT l.pair_id) AS pairs,
                    coalesce((SELECT length(f.features) / 4 FROM candidate_feature f JOIN candidate d ON d.id = f.candidate_id
                        WHERE d.campaign_id = c.id AND f.encoder_id = ? LIMIT 1), 0) AS features
                FROM dataset_snapshot_label s JOIN label l ON l.id = s.label_id JOIN campaign c ON c.id = l.campaign_id
                WHERE s.snapshot_id = ? AND c.id = ? GROUP BY c.id""",
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
                source.encoder(),
                source.snapshot(),
                campaign);
    }

    private static Map<UUID, Integer> candidates(JsonGenerator out, Streaming streaming, Source source) {
        var numbers = new HashMap<UUID, Integer>();
        streaming.query(
                """
                SELECT c.id, i.external_id, coalesce(src.pixels_sha256, src.sha256) AS photo, f.features
                FROM candidate c JOIN item i ON i.id = c.item_id JOIN image src ON src.sha256 = i.source_sha256
                JOIN candidate_feature f ON f.candidate_id = c.id AND f.encoder_id = ?
                WHERE c.id IN (SELECT unnest(ARRAY[p.first_candidate_id, p.second_candidate_id])
                    FROM dataset_snapshot_label s JOIN label l ON l.id = s.label_id JOIN pair p ON p.id = l.pair_id
                    WHERE s.snapshot_id = ?)
                ORDER BY c.id""",
                row -> {
                    out.writeStartObject();
                    out.writeStringProperty("type", "candidate");
                    out.writeNumberProperty("number", numbers.size());
                    out.writeStringProperty("item", row.getString("external_id"));
                    out.writeStringProperty("group", row.getString("photo"));
                    out.writeName("features");
                    out.writeBinary(row.getBytes("features"));
                    end(out);
                    numbers.put(row.getObject("id", UUID.class), numbers.size());
                },
                source.encoder(),
                source.snapshot());
        return numbers;
    }

    /** One line per pair; rows of one pair follow each other. */
    private static void pairs(JsonGenerator out, Streaming streaming, Source source, Map<UUID, Integer> numbers) {
        var open = new UUID[1];
        streaming.query(
                """
                SELECT p.id, p.first_candidate_id, p.second_candidate_id, p.stratum, a.name, l.verdicts
                FROM dataset_snapshot_label s JOIN label l ON l.id = s.label_id JOIN pair p ON p.id = l.pair_id
                JOIN account a ON a.id = l.annotator_id
                WHERE s.snapshot_id = ? ORDER BY p.id, l.sequence""",
                row -> {
                    var pair = row.getObject("id", UUID.class);
                    if (!pair.equals(open[0])) {
                        if (open[0] != null) {
                            endPair(out);
                        }
                        open[0] = pair;
                        startPair(out, row, numbers);
                    }
                    out.writeStartObject();
                    out.writeStringProperty("annotator", row.getString("name"));
                    var verdict = AnswerJson.verdictsFromStored(row.getString("verdicts"))
                            .get(Protocol.OVERALL);
                    out.writeStringProperty(
                            "verdict",
                            Objects.requireNonNull(verdict, "every label has an overall verdict")
                                    .word());
                    out.writeEndObject();
                },
                source.snapshot());
        if (open[0] != null) {
            endPair(out);
        }
    }

    private static void startPair(JsonGenerator out, ResultSet row, Map<UUID, Integer> numbers) throws SQLException {
        out.writeStartObject();
        out.writeStringProperty("type", "pair");
        out.writeNumberProperty("first", number(numbers, row, "first_candidate_id"));
        out.writeNumberProperty("second", number(numbers, row, "second_candidate_id"));
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
