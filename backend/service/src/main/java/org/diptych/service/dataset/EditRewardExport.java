package org.diptych.service.dataset;

import java.io.OutputStream;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.diptych.protocol.Answer;
import org.diptych.protocol.Protocol;
import org.diptych.service.database.Streaming;
import org.diptych.service.label.AnswerJson;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * EditReward's training records (TIGER-AI-Lab/EditReward, TRAIN_README.md): one for each task with labels, {@code path1}
 * always the preferred edit. The labels of a task that came in under several ids make one record. What a record says, and
 * when there is none, is {@link EditRewardRecord}'s rule.
 */
@Component
class EditRewardExport {
    private final JsonMapper json;

    EditRewardExport(JsonMapper json) {
        this.json = json;
    }

    /**
     * Writes the list of records.
     *
     * @return how many labelled tasks have none
     */
    long write(Streaming streaming, UUID campaign, Protocol protocol, OutputStream stream) {
        try (var generator = json.writer()
                .withRootValueSeparator("")
                .without(StreamWriteFeature.AUTO_CLOSE_TARGET)
                .createGenerator(stream)) {
            generator.writeStartArray();
            var records = new Records(generator, protocol);
            streaming.query("""
                    SELECT l.answers, i.instruction, i.source_sha256, src.media_type AS source_type,
                           f.model AS first_model, f.image_sha256 AS first_image, fi.media_type AS first_type,
                           s.model AS second_model, s.image_sha256 AS second_image, si.media_type AS second_type,
                           coalesce(src.pixels_sha256, src.sha256) AS source_pixels,
                           coalesce(fi.pixels_sha256, fi.sha256) AS first_pixels,
                           coalesce(si.pixels_sha256, si.sha256) AS second_pixels,
                           v.answers AS decided, v.sequence AS decided_sequence
                    FROM dataset_label l JOIN pair p ON p.id = l.pair_id JOIN item i ON i.id = p.item_id
                    JOIN candidate f ON f.id = p.first_candidate_id JOIN image fi ON fi.sha256 = f.image_sha256
                    JOIN candidate s ON s.id = p.second_candidate_id JOIN image si ON si.sha256 = s.image_sha256
                    JOIN image src ON src.sha256 = i.source_sha256
                    LEFT JOIN adjudicated v ON v.pair_id = p.id
                    WHERE l.campaign_id = ? AND l.stratum IN ('UNIFORM', 'ACQUIRED')
                    ORDER BY source_pixels,
                        least(coalesce(fi.pixels_sha256, fi.sha256), coalesce(si.pixels_sha256, si.sha256)),
                        greatest(coalesce(fi.pixels_sha256, fi.sha256), coalesce(si.pixels_sha256, si.sha256)),
                        md5(i.instruction), l.sequence""", records::add, campaign);
            records.finish();
            generator.writeEndArray();
            return records.leftOut;
        }
    }

    /** Where the picture is expected beside the file. */
    static String path(String sha256, String mediaType) {
        var extension = switch (mediaType) {
            case "image/jpeg" -> "jpg";
            case "image/webp" -> "webp";
            default -> "png";
        };
        return "images/" + sha256 + "." + extension;
    }

    /** Gathers the labels of one task, which follow each other, into its record. */
    private static final class Records {
        private final JsonGenerator out;
        private final Protocol protocol;
        private @Nullable Task task;
        private String firstPixels = "";
        private long latest;
        private @Nullable Map<String, Answer> decided;
        private @Nullable EditRewardRecord open;
        private long leftOut;

        Records(JsonGenerator out, Protocol protocol) {
            this.out = out;
            this.protocol = protocol;
        }

        void add(ResultSet row) throws SQLException {
            var next = Task.of(row);
            var current = open;
            if (current == null || !next.equals(task)) {
                finish();
                task = next;
                firstPixels = row.getString("first_pixels");
                current = new EditRewardRecord(
                        protocol,
                        row.getString("instruction"),
                        path(row.getString("source_sha256"), row.getString("source_type")),
                        side(row, "first"),
                        side(row, "second"));
                open = current;
                latest = 0;
                decided = null;
            }
            var answers = AnswerJson.fromStored(row.getString("answers"));
            // under another id the same two edits may stand the other way round
            boolean exchanged = !firstPixels.equals(row.getString("first_pixels"));
            current.add(exchanged ? exchanged(answers) : answers);
            if (row.getLong("decided_sequence") > latest) {
                latest = row.getLong("decided_sequence");
                var verdict = AnswerJson.fromStored(row.getString("decided"));
                decided = exchanged ? exchanged(verdict) : verdict;
            }
        }

        void finish() {
            if (open != null && decided != null) {
                open.decide(decided);
            }
            if (open != null && ((task != null && task.isOfOnePicture()) || !open.write(out))) {
                leftOut++;
            }
        }

        private static EditRewardRecord.Side side(ResultSet row, String side) throws SQLException {
            return new EditRewardRecord.Side(
                    row.getString(side + "_model"),
                    path(row.getString(side + "_image"), row.getString(side + "_type")));
        }

        private static Map<String, Answer> exchanged(Map<String, Answer> answers) {
            return answers.entrySet().stream()
                    .collect(Collectors.toMap(
                            Map.Entry::getKey, answer -> answer.getValue().exchanged()));
        }
    }
}
