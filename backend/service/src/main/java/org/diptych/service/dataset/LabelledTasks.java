package org.diptych.service.dataset;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.diptych.protocol.Answer;
import org.diptych.protocol.Verdict;
import org.diptych.service.database.Streaming;
import org.diptych.service.label.AnswerJson;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Reads a campaign's labelled tasks one by one, those of one source picture together, always in the same order. */
@Component
class LabelledTasks {
    /** The tables that the condition of a {@link LabelFilter} speaks of. */
    private static final String JOINED = """
             l JOIN pair p ON p.id = l.pair_id JOIN item i ON i.id = p.item_id
            JOIN account a ON a.id = l.annotator_id JOIN protocol pr ON pr.sha256 = l.protocol_sha256
            JOIN candidate f ON f.id = p.first_candidate_id JOIN image fi ON fi.sha256 = f.image_sha256
            JOIN candidate s ON s.id = p.second_candidate_id JOIN image si ON si.sha256 = s.image_sha256
            JOIN image src ON src.sha256 = i.source_sha256
            WHERE l.campaign_id = ?""";

    private static final String VERDICT =
            " LEFT JOIN adjudicated v ON v.pair_id = p.id LEFT JOIN protocol vp ON vp.sha256 = v.protocol_sha256";

    private final Streaming streaming;

    LabelledTasks(Streaming streaming) {
        this.streaming = streaming;
    }

    /**
     * The same tables behind the labels of a filter.
     *
     * @param labels {@code label} or {@code current_label}; where the filter asks for imported labels, these are among them
     * @param more tables, in words that begin with a space; or nothing
     */
    static String of(String labels, LabelFilter filter, String more) {
        var joined = JOINED.replace("\nWHERE", more + "\nWHERE");
        return filter.imported()
                ? labels + "_with_imported" + joined.replace("JOIN account a", "JOIN account_with_imported a")
                : labels + joined;
    }

    /** The same tables behind the skips that stand. Nobody imports a skip. */
    static String ofSkips() {
        return "current_skip" + JOINED;
    }

    /** Hands over every task with its labels. */
    void read(UUID campaign, LabelFilter filter, Pseudonyms names, Consumer<LabelledTask> reader) {
        var condition = filter.condition();
        var open = new Gathering(filter, names, reader);
        streaming.query(
                """
                SELECT l.id, l.answers, l.verdicts, l.stratum, l.active_milliseconds, l.comment, l.submitted_at,
                       a.name AS annotator, pr.id || '-v' || pr.version AS protocol,
                       i.external_id, i.instruction, i.category, i.source_sha256, src.media_type AS source_type,
                       f.id AS first_id, f.model AS first_model, f.image_sha256 AS first_image, fi.media_type AS first_type,
                       s.id AS second_id, s.model AS second_model, s.image_sha256 AS second_image,
                       si.media_type AS second_type,
                       coalesce(src.pixels_sha256, src.sha256) AS source_pixels,
                       coalesce(fi.pixels_sha256, fi.sha256) AS first_pixels,
                       coalesce(si.pixels_sha256, si.sha256) AS second_pixels,
                       v.answers AS decided, v.verdicts AS decided_verdicts, v.decided_at,
                       v.sequence AS decided_sequence, vp.id || '-v' || vp.version AS decided_protocol
                FROM """ + " " + of("current_label", filter, VERDICT) + condition.text() + """

                ORDER BY source_pixels,
                    least(coalesce(fi.pixels_sha256, fi.sha256), coalesce(si.pixels_sha256, si.sha256)),
                    greatest(coalesce(fi.pixels_sha256, fi.sha256), coalesce(si.pixels_sha256, si.sha256)),
                    md5(i.instruction), l.stratum = 'IMPORTED', l.sequence""",
                open::add,
                condition.after(campaign));
        open.finish();
    }

    private static final class Gathering {
        private static final String IMPORTED = "imported";

        private final LabelFilter filter;
        private final Pseudonyms names;
        private final Consumer<LabelledTask> reader;
        private @Nullable LabelledTask current;
        private String firstPixels = "";
        private long latest;

        Gathering(LabelFilter filter, Pseudonyms names, Consumer<LabelledTask> reader) {
            this.filter = filter;
            this.names = names;
            this.reader = reader;
        }

        void add(ResultSet row) throws SQLException {
            var task = Task.of(row);
            var open = current;
            var stratum = row.getString("stratum").toLowerCase(Locale.ROOT);
            boolean imported = stratum.equals(IMPORTED);
            // answers of other tools measure something else: they are told apart from ours on the same two edits
            if (open == null || !open.task().equals(task) || open.stratum().equals(IMPORTED) != imported) {
                finish();
                firstPixels = row.getString("first_pixels");
                open = new LabelledTask(
                        task,
                        row.getString("external_id"),
                        row.getString("category"),
                        new LabelledTask.Picture(row.getString("source_sha256"), row.getString("source_type")),
                        edit(row, "first"),
                        edit(row, "second"),
                        stratum,
                        List.of(),
                        List.of());
                current = open;
                latest = 0;
            }
            // under another id the same two edits may stand the other way round
            boolean exchanged = !firstPixels.equals(row.getString("first_pixels"));
            open.labels().add(said(row, exchanged));
            // under two ids a task may have two verdicts: the later one counts
            if (!imported
                    && row.getLong("decided_sequence") > latest
                    && filter.admits(
                            row.getString("decided_protocol"),
                            row.getTimestamp("decided_at").toInstant())) {
                latest = row.getLong("decided_sequence");
                var answers = AnswerJson.fromStored(row.getString("decided"));
                var verdicts = AnswerJson.verdictsFromStored(row.getString("decided_verdicts"));
                open.verdicts()
                        .add(new LabelledTask.Decided(
                                exchanged ? exchangedAnswers(answers) : answers,
                                exchanged ? exchangedVerdicts(verdicts) : verdicts));
            }
        }

        void finish() {
            if (current != null) {
                reader.accept(current);
            }
        }

        private LabelledTask.Edit edit(ResultSet row, String side) throws SQLException {
            return new LabelledTask.Edit(
                    row.getObject(side + "_id", UUID.class),
                    names.model(row.getString(side + "_model")),
                    new LabelledTask.Picture(row.getString(side + "_image"), row.getString(side + "_type")));
        }

        private LabelledTask.Said said(ResultSet row, boolean exchanged) throws SQLException {
            var answers = AnswerJson.fromStored(row.getString("answers"));
            var verdicts = AnswerJson.verdictsFromStored(row.getString("verdicts"));
            var annotator = row.getString("annotator");
            return new LabelledTask.Said(
                    row.getObject("id", UUID.class),
                    annotator,
                    names.annotator(annotator),
                    exchanged ? exchangedAnswers(answers) : answers,
                    exchanged ? exchangedVerdicts(verdicts) : verdicts,
                    row.getString("protocol"),
                    row.getLong("active_milliseconds"),
                    names.telling(row.getString("comment")),
                    row.getTimestamp("submitted_at").toInstant());
        }

        private static Map<String, Answer> exchangedAnswers(Map<String, Answer> answers) {
            return answers.entrySet().stream()
                    .collect(Collectors.toMap(
                            Map.Entry::getKey, answer -> answer.getValue().exchanged()));
        }

        private static Map<String, Verdict> exchangedVerdicts(Map<String, Verdict> verdicts) {
            return verdicts.entrySet().stream()
                    .collect(Collectors.toMap(
                            Map.Entry::getKey, verdict -> verdict.getValue().exchanged()));
        }
    }
}
