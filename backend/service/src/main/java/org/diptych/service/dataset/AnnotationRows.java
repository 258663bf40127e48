package org.diptych.service.dataset;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.diptych.protocol.Protocol;
import org.diptych.protocol.RatingPair;
import org.diptych.service.label.AnswerJson;
import org.jspecify.annotations.Nullable;

/** The rows of the tables without repetition: every picture once, every answer and every skip that still stands. */
final class AnnotationRows {
    private static final String STANDING = " AND NOT " + LabelFilter.SUPERSEDED;

    private final Dataset data;
    private final LabelFilter.Condition condition;

    AnnotationRows(Dataset data) {
        this.data = data;
        this.condition = data.options().filter().condition();
    }

    /** Source pictures, and edits with who made them. */
    void candidates(String split, TableFiles table) {
        var chosen = "FROM " + LabelledTasks.of("label", data.options().filter(), "") + condition.text() + STANDING;
        data.streaming()
                .query(
                        "SELECT i.sha256, i.media_type, i.width, i.height, coalesce(i.pixels_sha256, i.sha256) AS source_pixels"
                                + " FROM image i WHERE i.sha256 IN (SELECT i.source_sha256 " + chosen
                                + ") ORDER BY source_pixels, i.sha256",
                        row -> {
                            if (isIn(split, row)) {
                                table.add(Arrays.asList(
                                        row.getString("sha256"),
                                        "source",
                                        null,
                                        null,
                                        null,
                                        null,
                                        null,
                                        null,
                                        row.getInt("width"),
                                        row.getInt("height"),
                                        data.encoded(picture(row))));
                            }
                        },
                        condition.after(data.campaign()));
        data.streaming()
                .query(
                        """
                        SELECT c.id, c.model, c.path, c.seed, it.external_id, it.source_sha256, i.sha256, i.media_type, i.width,
                            i.height, coalesce(src.pixels_sha256, src.sha256) AS source_pixels
                        FROM candidate c JOIN item it ON it.id = c.item_id JOIN image i ON i.sha256 = c.image_sha256
                        JOIN image src ON src.sha256 = it.source_sha256
                        WHERE c.id IN (SELECT unnest(ARRAY[f.id, s.id]) """ + chosen + ") ORDER BY source_pixels, c.id",
                        row -> {
                            if (isIn(split, row)) {
                                table.add(Arrays.asList(
                                        row.getString("sha256"),
                                        "edit",
                                        row.getString("id"),
                                        row.getString("external_id"),
                                        row.getString("source_sha256"),
                                        data.names().model(row.getString("model")),
                                        row.getString("seed"),
                                        data.names().telling(row.getString("path")),
                                        row.getInt("width"),
                                        row.getInt("height"),
                                        data.encoded(picture(row))));
                            }
                        },
                        condition.after(data.campaign()));
    }

    private boolean isIn(String split, ResultSet row) throws SQLException {
        return data.options().split().part(row.getString("source_pixels")).equals(split);
    }

    private static LabelledTask.Picture picture(ResultSet row) throws SQLException {
        return new LabelledTask.Picture(row.getString("sha256"), row.getString("media_type"));
    }

    /** Answers and skips, in order of acceptance. */
    void annotations(String split, TableFiles table) {
        data.streaming()
                .query(
                        """
                        SELECT l.*, a.name AS annotator, a.simulated, pr.id || '-v' || pr.version AS protocol,
                            f.id AS first_id, s.id AS second_id, i.instruction, b.policy, m.number AS model_version,
                            coalesce(src.pixels_sha256, src.sha256) AS source_pixels,
                            coalesce(fi.pixels_sha256, fi.sha256) AS first_pixels,
                            coalesce(si.pixels_sha256, si.sha256) AS second_pixels
                        FROM """
                                + " "
                                + LabelledTasks.of(
                                        "label",
                                        data.options().filter(),
                                        " LEFT JOIN acquisition_batch b ON b.id = l.acquisition_batch_id"
                                                + " LEFT JOIN model_version m ON m.id = b.model_version_id")
                                + condition.text()
                                + STANDING + " ORDER BY l.sequence",
                        row -> {
                            if (isIn(split, row)) {
                                table.add(annotation(row));
                            }
                        },
                        condition.after(data.campaign()));
    }

    private List<@Nullable Object> annotation(ResultSet row) throws SQLException {
        var values = new ArrayList<@Nullable Object>();
        values.add(row.getString("id"));
        values.add(row.getLong("sequence"));
        values.add(row.getString("kind").toLowerCase(Locale.ROOT));
        values.add(Task.of(row).digest());
        values.add(row.getString("pair_id"));
        values.add(row.getString("first_id"));
        values.add(row.getString("second_id"));
        answers(values, row.getString("answers"), row.getString("verdicts"));
        values.add(row.getString("skip_reason"));
        values.add(data.names().telling(row.getString("comment")));
        values.add(row.getBoolean("flagged"));
        values.add(data.names().annotator(row.getString("annotator")));
        values.add(row.getBoolean("simulated"));
        values.add(row.getBoolean("swapped") ? "second" : "first");
        values.add(row.getString("stratum").toLowerCase(Locale.ROOT));
        values.add(row.getDouble("selection_probability"));
        values.add(row.getString("policy"));
        values.add(row.getObject("model_version"));
        values.add(row.getLong("active_milliseconds"));
        values.add(row.getObject("first_answer_milliseconds"));
        values.add(row.getString("supersedes"));
        values.add(row.getString("protocol"));
        values.add(row.getString("protocol_sha256"));
        values.add(row.getTimestamp("submitted_at").toInstant());
        return values;
    }

    private static void answers(
            List<@Nullable Object> values, @Nullable String answersJson, @Nullable String verdictsJson) {
        if (answersJson == null || verdictsJson == null) {
            values.add(null);
            values.add(null);
            return;
        }
        var answers = AnswerJson.fromStored(answersJson);
        var verdicts = AnswerJson.verdictsFromStored(verdictsJson);
        var overall = verdicts.get(Protocol.OVERALL);
        values.add(overall == null ? null : overall.word());
        var dimensions = new ArrayList<List<@Nullable Object>>();
        for (var dimension : answers.keySet().stream().sorted().toList()) {
            var verdict = verdicts.get(dimension);
            var rated = answers.get(dimension) instanceof RatingPair pair ? pair : null;
            dimensions.add(Arrays.asList(
                    dimension,
                    verdict == null ? null : verdict.word(),
                    rated == null ? null : rated.first(),
                    rated == null ? null : rated.second()));
        }
        values.add(dimensions);
    }
}
