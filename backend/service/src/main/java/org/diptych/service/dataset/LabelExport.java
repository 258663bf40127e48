package org.diptych.service.dataset;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;
import java.util.UUID;
import org.diptych.service.database.Streaming;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Every label of a campaign with its full provenance, one JSON object a line, in order of acceptance.
 *
 * <p>Readers such as Hugging Face {@code datasets} take the type of a column from the first lines, so a column has one type
 * from the first line to the last: an absent text is empty, an absent number is one that cannot occur, a free object is its
 * JSON as text. {@code labels.schema.json} says which. Only a skip has no answers and no verdicts.
 */
@Component
class LabelExport {
    /** Stands for a number that there is not, where 0 is one. */
    private static final long NONE = -1;

    private final JsonMapper json;

    LabelExport(JsonMapper json) {
        this.json = json;
    }

    /**
     * Writes all lines.
     *
     * @return how many
     */
    Written write(Streaming streaming, UUID campaign, ExportOptions options, OutputStream stream) {
        try (var generator = json.writer()
                .with(LineSeparators.ESCAPED)
                .withRootValueSeparator("")
                .without(StreamWriteFeature.AUTO_CLOSE_TARGET)
                .createGenerator(stream)) {
            return write(streaming, campaign, options, new Pseudonyms(options.names()), "train", generator);
        }
    }

    /** Writes the lines of one part; the options say which parts there are. */
    Written write(
            Streaming streaming,
            UUID campaign,
            ExportOptions options,
            Pseudonyms names,
            String part,
            JsonGenerator generator) {
        var filter = options.filter();
        var condition = filter.condition();
        long[] rows = new long[1];
        streaming.query(
                """
                    SELECT l.*, c.name AS campaign, i.external_id, i.instruction, i.category, i.source_sha256,
                           a.name AS annotator, a.simulated, pr.id || '-v' || pr.version AS protocol,
                           f.model AS first_model, f.path AS first_path, f.image_sha256 AS first_image, f.seed AS first_seed,
                           s.model AS second_model, s.path AS second_path, s.image_sha256 AS second_image,
                           s.seed AS second_seed, b.policy, m.number AS model_version, m.parameters_digest,
                           coalesce(src.pixels_sha256, src.sha256) AS source_pixels,
                           coalesce(fi.pixels_sha256, fi.sha256) AS first_pixels,
                           coalesce(si.pixels_sha256, si.sha256) AS second_pixels,
                           """ + LabelFilter.SUPERSEDED + " AS superseded, " + LabelFilter.EXTRA + " AS extra"
                        + (filter.imported() ? "" : ", NULL AS imported") + " FROM "
                        + LabelledTasks.of("label", filter, """
                             JOIN campaign c ON c.id = l.campaign_id
                            LEFT JOIN acquisition_batch b ON b.id = l.acquisition_batch_id
                            LEFT JOIN model_version m ON m.id = b.model_version_id""")
                        + condition.text()
                        + (filter.superseded() ? "" : " AND NOT " + LabelFilter.SUPERSEDED)
                        + " ORDER BY l.sequence",
                row -> {
                    if (!options.split().part(row.getString("source_pixels")).equals(part)) {
                        return;
                    }
                    try {
                        write(generator, row, names);
                        generator.writeRaw('\n');
                        rows[0]++;
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                },
                condition.after(campaign));
        return new Written(rows[0], 0);
    }

    private static void write(JsonGenerator out, ResultSet row, Pseudonyms names) throws SQLException, IOException {
        out.writeStartObject();
        out.writeStringProperty("id", row.getString("id"));
        out.writeNumberProperty("sequence", row.getLong("sequence"));
        out.writeStringProperty("kind", row.getString("kind").toLowerCase(Locale.ROOT));
        out.writeStringProperty("campaign", row.getString("campaign"));
        out.writeStringProperty("item", row.getString("external_id"));
        out.writeStringProperty("instruction", row.getString("instruction"));
        text(out, "category", row.getString("category"));
        out.writeStringProperty("source", row.getString("source_sha256"));
        out.writeStringProperty("pair", row.getString("pair_id"));
        out.writeStringProperty("task", Task.of(row).digest());
        candidate(out, row, "first", names);
        candidate(out, row, "second", names);
        raw(out, "answers", row.getString("answers"));
        raw(out, "verdicts", row.getString("verdicts"));
        text(out, "skip_reason", row.getString("skip_reason"));
        text(out, "comment", names.telling(row.getString("comment")));
        out.writeBooleanProperty("flagged", row.getBoolean("flagged"));
        text(out, "annotator", names.annotator(row.getString("annotator")));
        out.writeBooleanProperty("simulated", row.getBoolean("simulated"));
        out.writeStringProperty("left", row.getBoolean("swapped") ? "second" : "first");
        out.writeStringProperty("stratum", row.getString("stratum").toLowerCase(Locale.ROOT));
        out.writeNumberProperty("selection_probability", row.getDouble("selection_probability"));
        text(out, "acquisition_batch", row.getString("acquisition_batch_id"));
        text(out, "acquisition_policy", row.getString("policy"));
        number(out, "acquisition_model", row, "model_version", 0);
        text(out, "acquisition_model_digest", row.getString("parameters_digest"));
        text(out, "assignment", row.getString("assignment_id"));
        number(out, "slot", row, "slot", NONE);
        out.writeBooleanProperty("extra", row.getBoolean("extra"));
        out.writeNumberProperty("fencing_token", row.getLong("fencing_token"));
        out.writeNumberProperty("active_milliseconds", row.getLong("active_milliseconds"));
        number(out, "first_answer_milliseconds", row, "first_answer_milliseconds", NONE);
        text(out, "attention", row.getString("attention"));
        text(out, "supersedes", row.getString("supersedes"));
        out.writeBooleanProperty("superseded", row.getBoolean("superseded"));
        out.writeStringProperty("protocol", row.getString("protocol"));
        out.writeStringProperty("protocol_sha256", row.getString("protocol_sha256"));
        out.writeStringProperty(
                "submitted_at", row.getTimestamp("submitted_at").toInstant().toString());
        text(out, "imported", names.telling(row.getString("imported")));
        out.writeEndObject();
    }

    private static void candidate(JsonGenerator out, ResultSet row, String side, Pseudonyms names) throws SQLException {
        out.writeObjectPropertyStart(side);
        text(out, "model", names.model(row.getString(side + "_model")));
        text(out, "image", names.telling(row.getString(side + "_path")));
        out.writeStringProperty("sha256", row.getString(side + "_image"));
        text(out, "seed", row.getString(side + "_seed"));
        out.writeEndObject();
    }

    private static void text(JsonGenerator out, String name, @Nullable String value) {
        out.writeStringProperty(name, value == null ? "" : value);
    }

    private static void number(JsonGenerator out, String name, ResultSet row, String column, long absent)
            throws SQLException {
        long value = row.getLong(column);
        out.writeNumberProperty(name, row.wasNull() ? absent : value);
    }

    private static void raw(JsonGenerator out, String name, @Nullable String value) {
        out.writeName(name);
        if (value == null) {
            out.writeNull();
        } else {
            out.writeRawValue(value);
        }
    }
}
