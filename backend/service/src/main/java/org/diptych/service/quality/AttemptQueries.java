package org.diptych.service.quality;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.diptych.protocol.Answer;
import org.diptych.service.assignment.AssignmentView.Picture;
import org.diptych.service.label.AnswerJson;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The statements behind the questions of the qualification set. */
@Repository
class AttemptQueries {
    private final JdbcClient jdbc;

    AttemptQueries(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** One start at a time for one annotator in one campaign, whatever the number of tabs and retries. */
    void serialise(UUID annotator, UUID campaign) {
        jdbc.sql("SELECT pg_advisory_xact_lock(hashtextextended('qualification' || ? || ?, 0))")
                .params(annotator.toString(), campaign.toString())
                .query((row, number) -> 0)
                .single();
    }

    /** Asks the whole set, in random order with random sides. */
    void ask(UUID attempt, UUID campaign) {
        jdbc.sql("""
                        INSERT INTO qualification_question (attempt_id, ordinal, known_answer_id, swapped)
                        SELECT :attempt, row_number() OVER (ORDER BY random()), k.id, random() < 0.5
                        FROM current_known_answer k WHERE k.campaign_id = :campaign AND k.use = 'QUALIFICATION'
                            AND NOT EXISTS (SELECT 1 FROM pair_taken_out o WHERE o.pair_id = k.pair_id)""").param("attempt", attempt).param("campaign", campaign).update();
    }

    /** The annotator's question, its attempt locked until the transaction ends. */
    Optional<Asked> lock(UUID question, UUID annotator) {
        return jdbc.sql("""
                        SELECT t.id, t.campaign_id, t.protocol_sha256, q.swapped, q.answers IS NOT NULL AS answered, k.answers AS known
                        FROM qualification_attempt t JOIN qualification_question q ON q.attempt_id = t.id
                        JOIN known_answer k ON k.id = q.known_answer_id
                        WHERE q.id = ? AND t.account_id = ? FOR UPDATE OF t, q""")
                .params(question, annotator)
                .query((row, number) -> new Asked(
                        row.getObject("id", UUID.class),
                        row.getObject("campaign_id", UUID.class),
                        row.getString("protocol_sha256"),
                        row.getBoolean("swapped"),
                        row.getBoolean("answered"),
                        AnswerJson.fromStored(row.getString("known"))))
                .optional();
    }

    void store(UUID question, String answers, double score, long activeMilliseconds) {
        jdbc.sql("""
                        UPDATE qualification_question SET answers = ?::jsonb, score = ?, active_milliseconds = ?,
                            answered_at = now() WHERE id = ?""").params(answers, score, activeMilliseconds, question).update();
    }

    /** How far an attempt is. */
    Progress progress(UUID attempt) {
        return jdbc.sql("""
                        SELECT count(*) AS total, count(answers) AS answered, coalesce(avg(score), 0) AS score
                        FROM qualification_question WHERE attempt_id = ?""")
                .param(attempt)
                .query((row, number) ->
                        new Progress(row.getInt("answered"), row.getInt("total"), row.getDouble("score")))
                .single();
    }

    /** The first question without an answer. */
    Optional<Attempt.Question> next(UUID attempt) {
        return jdbc.sql("""
                        SELECT q.id, q.swapped, i.instruction, i.category, s.sha256 s_sha, s.width s_w, s.height s_h,
                               f.sha256 f_sha, f.width f_w, f.height f_h, g.sha256 g_sha, g.width g_w, g.height g_h,
                               s.remade_by s_made, f.remade_by f_made, g.remade_by g_made
                        FROM qualification_question q JOIN known_answer k ON k.id = q.known_answer_id
                        JOIN pair p ON p.id = k.pair_id JOIN item i ON i.id = p.item_id
                        JOIN image s ON s.sha256 = i.source_sha256
                        JOIN candidate fc ON fc.id = p.first_candidate_id JOIN image f ON f.sha256 = fc.image_sha256
                        JOIN candidate gc ON gc.id = p.second_candidate_id JOIN image g ON g.sha256 = gc.image_sha256
                        WHERE q.attempt_id = ? AND q.answers IS NULL ORDER BY q.ordinal LIMIT 1""")
                .param(attempt)
                .query((row, number) -> {
                    var first = picture(row, "f");
                    var second = picture(row, "g");
                    boolean swapped = row.getBoolean("swapped");
                    return new Attempt.Question(
                            row.getObject("id", UUID.class),
                            row.getString("instruction"),
                            row.getString("category"),
                            picture(row, "s"),
                            swapped ? second : first,
                            swapped ? first : second);
                })
                .optional();
    }

    private static Picture picture(ResultSet row, String prefix) throws SQLException {
        return Picture.of(
                row.getString(prefix + "_sha"),
                row.getInt(prefix + "_w"),
                row.getInt(prefix + "_h"),
                row.getInt(prefix + "_made"));
    }

    /** What was known and what was answered. */
    List<Answered> answers(UUID attempt) {
        return jdbc.sql("""
                        SELECT k.answers AS known, q.answers AS given FROM qualification_question q
                        JOIN known_answer k ON k.id = q.known_answer_id
                        WHERE q.attempt_id = ? AND q.answers IS NOT NULL ORDER BY q.ordinal""")
                .param(attempt)
                .query((row, number) -> new Answered(
                        AnswerJson.fromStored(row.getString("known")), AnswerJson.fromStored(row.getString("given"))))
                .list();
    }

    record Asked(
            UUID attempt,
            UUID campaign,
            String protocolSha256,
            boolean swapped,
            boolean answered,
            Map<String, Answer> known) {}

    record Answered(Map<String, Answer> known, Map<String, Answer> given) {}

    /**
     * How far an attempt is.
     *
     * @param score mean of the answers so far
     */
    record Progress(int answered, int total, double score) {
        boolean complete() {
            return answered == total;
        }
    }
}
