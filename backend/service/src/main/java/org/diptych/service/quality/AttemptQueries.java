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
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The statements behind the qualification set. */
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

    /** The attempt under way. */
    Optional<UUID> open(UUID annotator, UUID campaign) {
        return jdbc.sql("""
                        SELECT id FROM qualification_attempt
                        WHERE account_id = ? AND campaign_id = ? AND finished_at IS NULL""").params(annotator, campaign).query(UUID.class).optional();
    }

    /** A new attempt over the whole set, in random order with random sides. */
    UUID start(UUID annotator, UUID campaign, double passMark) {
        var attempt = jdbc.sql("""
                        INSERT INTO qualification_attempt (campaign_id, account_id, number, protocol_sha256, pass_mark)
                        SELECT c.id, :annotator, 1 + (SELECT count(*) FROM qualification_attempt
                                                      WHERE campaign_id = c.id AND account_id = :annotator),
                               c.protocol_sha256, :passMark
                        FROM campaign c WHERE c.id = :campaign RETURNING id""")
                .param("annotator", annotator)
                .param("campaign", campaign)
                .param("passMark", passMark)
                .query(UUID.class)
                .single();
        jdbc.sql("""
                        INSERT INTO qualification_question (attempt_id, ordinal, known_answer_id, swapped)
                        SELECT :attempt, row_number() OVER (ORDER BY random()), k.id, random() < 0.5
                        FROM current_known_answer k WHERE k.campaign_id = :campaign AND k.use = 'QUALIFICATION'""").param("attempt", attempt).param("campaign", campaign).update();
        return attempt;
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

    /** Scores the attempt when its last answer is there. */
    void finishWhenComplete(UUID attempt, double rounding) {
        jdbc.sql("""
                        UPDATE qualification_attempt t SET finished_at = now(), score = q.score,
                            passed = q.score >= t.pass_mark - :rounding
                        FROM (SELECT avg(score) AS score, count(*) FILTER (WHERE answers IS NULL) AS open
                              FROM qualification_question WHERE attempt_id = :attempt) q
                        WHERE t.id = :attempt AND t.finished_at IS NULL AND q.open = 0""").param("attempt", attempt).param("rounding", rounding).update();
    }

    Progress progress(UUID attempt) {
        return jdbc.sql("""
                        SELECT t.number, t.protocol_sha256, t.pass_mark, t.score, t.passed, q.total, q.answered
                        FROM qualification_attempt t CROSS JOIN LATERAL (
                            SELECT count(*) AS total, count(answers) AS answered
                            FROM qualification_question WHERE attempt_id = t.id) q
                        WHERE t.id = ?""")
                .param(attempt)
                .query((row, number) -> new Progress(
                        row.getInt("number"),
                        row.getString("protocol_sha256"),
                        row.getInt("answered"),
                        row.getInt("total"),
                        row.getObject("score") == null
                                ? null
                                : new Finished(
                                        row.getDouble("score"), row.getDouble("pass_mark"), row.getBoolean("passed"))))
                .single();
    }

    /** The first question without an answer. */
    Optional<Attempt.Question> next(UUID attempt) {
        return jdbc.sql("""
                        SELECT q.id, q.swapped, i.instruction, i.category, s.sha256 s_sha, s.width s_w, s.height s_h,
                               f.sha256 f_sha, f.width f_w, f.height f_h, g.sha256 g_sha, g.width g_w, g.height g_h
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
        return Picture.of(row.getString(prefix + "_sha"), row.getInt(prefix + "_w"), row.getInt(prefix + "_h"));
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

    record Finished(double score, double passMark, boolean passed) {}

    record Progress(
            int number,
            String protocolSha256,
            int answered,
            int total,
            @Nullable Finished finished) {}
}
