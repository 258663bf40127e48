package org.diptych.service.conduct;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.diptych.service.assignment.AssignmentView.Picture;
import org.diptych.service.database.Columns;
import org.diptych.service.label.AnswerJson;
import org.diptych.service.problem.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Warnings and pauses, and what annotators say to them. */
@Repository
class NoticeTable {
    private static final TypeReference<Map<String, Object>> FIGURES = new TypeReference<>() {};
    /** The latest are enough for a page. */
    private static final int MOST = 50;
    /** All that a rule may rest on. */
    private static final int MOST_PAIRS = 200;

    private static final String NOTICE = """
            SELECT n.*, g.display_name AS giver, e.display_name AS ender, a.words, a.made_at, a.lifted, a.answer,
                   a.answered_at, r.display_name AS answerer
            FROM annotator_notice n LEFT JOIN account g ON g.id = n.given_by LEFT JOIN account e ON e.id = n.ended_by
            LEFT JOIN appeal a ON a.notice_id = n.id LEFT JOIN account r ON r.id = a.answered_by
            WHERE n.campaign_id = :campaign AND\s""";

    private final JdbcClient jdbc;
    private final JsonMapper json;

    NoticeTable(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /** Latest first. */
    List<Notice> of(UUID campaign, UUID annotator) {
        return jdbc.sql(NOTICE + "n.account_id = :annotator ORDER BY n.given_at DESC, n.id DESC LIMIT " + MOST)
                .param("campaign", campaign)
                .param("annotator", annotator)
                .query(this::notice)
                .list();
    }

    /** The pause that lasts. */
    Optional<Notice> pause(UUID campaign, UUID annotator) {
        return jdbc.sql(NOTICE + "n.account_id = :annotator AND n.action = 'PAUSE' AND n.ended_at IS NULL")
                .param("campaign", campaign)
                .param("annotator", annotator)
                .query(this::notice)
                .optional();
    }

    /** Who is paused, by account, and whether an appeal of theirs waits. */
    Map<UUID, Boolean> paused(UUID campaign) {
        var paused = new HashMap<UUID, Boolean>();
        jdbc.sql("""
                        SELECT n.account_id, EXISTS (SELECT 1 FROM appeal a WHERE a.notice_id = n.id AND a.answered_at IS NULL) AS waits
                        FROM annotator_notice n
                        WHERE n.campaign_id = ? AND n.action = 'PAUSE' AND n.ended_at IS NULL""").param(campaign).query(row -> {
            paused.put(row.getObject("account_id", UUID.class), row.getBoolean("waits"));
        });
        return paused;
    }

    /**
     * Whose notice it is.
     *
     * @throws Problem {@code unknown_notice} when it is not of this campaign
     */
    UUID requireIn(UUID campaign, UUID notice) {
        return jdbc.sql("SELECT account_id FROM annotator_notice WHERE campaign_id = ? AND id = ?")
                .params(campaign, notice)
                .query(UUID.class)
                .optional()
                .orElseThrow(NoticeTable::unknown);
    }

    /**
     * Requires that it is this annotator's.
     *
     * @throws Problem {@code unknown_notice}
     */
    void requireOf(UUID annotator, UUID campaign, UUID notice) {
        if (!requireIn(campaign, notice).equals(annotator)) {
            throw unknown();
        }
    }

    private static Problem unknown() {
        return Problem.notFound("unknown_notice", "There is no such warning or pause.");
    }

    UUID add(UUID campaign, UUID annotator, RuleEvidence evidence) {
        return jdbc.sql("""
                        INSERT INTO annotator_notice (campaign_id, account_id, action, cause, figures, labels, up_to)
                        VALUES (:campaign, :annotator, :action, :cause, :figures::jsonb, :labels, :upTo) RETURNING id""")
                .param("campaign", campaign)
                .param("annotator", annotator)
                .param("action", evidence.action().name())
                .param("cause", evidence.cause().name())
                .param("figures", json.writeValueAsString(evidence.figures()))
                .param("labels", evidence.labels().toArray(UUID[]::new))
                .param("upTo", evidence.upTo())
                .query(UUID.class)
                .single();
    }

    void addByLead(UUID campaign, UUID annotator, UUID lead, String reason) {
        jdbc.sql("""
                        INSERT INTO annotator_notice (campaign_id, account_id, action, cause, reason, given_by)
                        VALUES (?, ?, 'PAUSE', 'LEAD', ?, ?)""").params(campaign, annotator, reason, lead).update();
    }

    void end(UUID notice, UUID lead, @Nullable String reason) {
        jdbc.sql(
                        "UPDATE annotator_notice SET ended_by = ?, ended_at = now(), end_reason = ? WHERE id = ? AND ended_at IS NULL")
                .param(lead)
                .param(reason)
                .param(notice)
                .update();
    }

    /**
     * What rules may not count again.
     *
     * @param since labels up to this moment were there when a lead ended the last pause
     * @param upTo the last label that each rule has found something in
     * @param at when it did
     */
    record Baseline(Instant since, Map<Cause, Long> upTo, Map<Cause, Instant> at) {
        long after(Cause cause) {
            return upTo.getOrDefault(cause, 0L);
        }

        Instant since(Cause cause) {
            var found = at.getOrDefault(cause, Instant.EPOCH);
            return found.isAfter(since) ? found : since;
        }
    }

    Baseline baseline(UUID campaign, UUID annotator) {
        var upTo = new EnumMap<Cause, Long>(Cause.class);
        var at = new EnumMap<Cause, Instant>(Cause.class);
        var since = new Instant[] {Instant.EPOCH};
        jdbc.sql("""
                        SELECT cause, max(up_to) AS up_to, max(given_at) AS at, max(ended_at) AS ended FROM annotator_notice
                        WHERE campaign_id = ? AND account_id = ? GROUP BY cause""").params(campaign, annotator).query(row -> {
            var cause = Cause.valueOf(row.getString("cause"));
            upTo.put(cause, row.getLong("up_to"));
            at.put(cause, row.getTimestamp("at").toInstant());
            var ended = Columns.instant(row, "ended");
            if (ended != null && ended.isAfter(since[0])) {
                since[0] = ended;
            }
        });
        return new Baseline(since[0], upTo, at);
    }

    /**
     * The judgements that a notice rests on, the latest first.
     *
     * @param warnings whether those of a mere warning, too
     */
    List<QuestionedPair> questioned(UUID notice, boolean warnings) {
        return jdbc.sql("""
                        SELECT l.id, l.pair_id, l.answers, l.swapped, l.protocol_sha256, n.cause, i.instruction,
                               s.sha256 s_sha, s.width s_w, s.height s_h, s.remade_by s_made,
                               f.sha256 f_sha, f.width f_w, f.height f_h, f.remade_by f_made,
                               g.sha256 g_sha, g.width g_w, g.height g_h, g.remade_by g_made
                        FROM annotator_notice n JOIN label l ON l.id = ANY (n.labels)
                        JOIN pair p ON p.id = l.pair_id JOIN item i ON i.id = p.item_id
                        JOIN image s ON s.sha256 = i.source_sha256
                        JOIN candidate fc ON fc.id = p.first_candidate_id JOIN image f ON f.sha256 = fc.image_sha256
                        JOIN candidate gc ON gc.id = p.second_candidate_id JOIN image g ON g.sha256 = gc.image_sha256
                        WHERE n.id = :notice AND (n.action = 'PAUSE' OR :warnings) ORDER BY l.sequence DESC LIMIT :most""")
                .param("notice", notice)
                .param("warnings", warnings)
                .param("most", MOST_PAIRS)
                .query((row, number) -> {
                    boolean swapped = row.getBoolean("swapped");
                    var answers = row.getString("answers");
                    return new QuestionedPair(
                            row.getObject("id", UUID.class),
                            row.getObject("pair_id", UUID.class),
                            row.getString("instruction"),
                            picture(row, "s"),
                            picture(row, swapped ? "g" : "f"),
                            picture(row, swapped ? "f" : "g"),
                            answers == null ? null : AnswerJson.toScreen(answers, swapped),
                            row.getString("protocol_sha256"),
                            QuestionedPair.Standing.of(Cause.valueOf(row.getString("cause"))));
                })
                .list();
    }

    private static Picture picture(ResultSet row, String prefix) throws SQLException {
        return Picture.of(
                row.getString(prefix + "_sha"),
                row.getInt(prefix + "_w"),
                row.getInt(prefix + "_h"),
                row.getInt(prefix + "_made"));
    }

    private Notice notice(ResultSet row, int number) throws SQLException {
        var words = row.getString("words");
        return new Notice(
                row.getObject("id", UUID.class),
                RuleAction.valueOf(row.getString("action")),
                Cause.valueOf(row.getString("cause")),
                row.getString("reason"),
                json.readValue(row.getString("figures"), FIGURES),
                row.getTimestamp("given_at").toInstant(),
                row.getString("giver"),
                Columns.instant(row, "ended_at"),
                row.getString("ender"),
                row.getString("end_reason"),
                words == null
                        ? null
                        : new Notice.Appeal(
                                words,
                                row.getTimestamp("made_at").toInstant(),
                                Columns.truth(row, "lifted"),
                                row.getString("answer"),
                                row.getString("answerer"),
                                Columns.instant(row, "answered_at")));
    }

    /** Appeals to a pause; gold that it rests on is suspended from now on. Whether there was none before. */
    boolean appeal(UUID campaign, UUID annotator, UUID notice, String words) {
        int made = jdbc.sql("""
                        INSERT INTO appeal (notice_id, campaign_id, account_id, words) VALUES (?, ?, ?, ?)
                        ON CONFLICT (notice_id) DO NOTHING""").params(notice, campaign, annotator, words).update();
        if (made == 1) {
            jdbc.sql("""
                            INSERT INTO appeal_gold (notice_id, pair_id)
                            SELECT DISTINCT n.id, l.pair_id FROM annotator_notice n JOIN label l ON l.id = ANY (n.labels)
                            WHERE n.id = ? AND n.cause = 'GOLD'""").param(notice).update();
        }
        return made == 1;
    }

    /** Answers an appeal. Whether it waited. */
    boolean answer(UUID notice, UUID lead, boolean lift, String words) {
        return jdbc.sql("""
                        UPDATE appeal SET lifted = ?, answer = ?, answered_by = ?, answered_at = now()
                        WHERE notice_id = ? AND answered_at IS NULL""").params(lift, words, lead, notice).update() == 1;
    }

    /** The exclusions that hold, by name. */
    List<Exclusion> exclusions(UUID campaign) {
        return jdbc.sql("""
                        SELECT x.account_id, a.display_name, x.from_day, x.reason, x.excluded_at, b.display_name AS by
                        FROM annotator_exclusion x JOIN account a ON a.id = x.account_id JOIN account b ON b.id = x.excluded_by
                        WHERE x.campaign_id = ? AND x.undone_at IS NULL ORDER BY a.name""")
                .param(campaign)
                .query((row, number) -> new Exclusion(
                        row.getObject("account_id", UUID.class),
                        row.getString("display_name"),
                        row.getObject("from_day", LocalDate.class),
                        row.getString("reason"),
                        row.getTimestamp("excluded_at").toInstant(),
                        row.getString("by")))
                .list();
    }

    /** Whether nobody else had excluded them. */
    boolean exclude(UUID campaign, UUID annotator, UUID lead, LocalDate from, String reason) {
        return jdbc.sql("""
                        INSERT INTO annotator_exclusion (campaign_id, account_id, from_day, reason, excluded_by)
                        VALUES (?, ?, ?, ?, ?) ON CONFLICT (campaign_id, account_id) WHERE undone_at IS NULL DO NOTHING""").params(campaign, annotator, from, reason, lead).update() == 1;
    }

    /** Whether they were excluded. */
    boolean readmit(UUID campaign, UUID annotator, UUID lead) {
        return jdbc.sql("""
                        UPDATE annotator_exclusion SET undone_by = ?, undone_at = now()
                        WHERE campaign_id = ? AND account_id = ? AND undone_at IS NULL""").params(lead, campaign, annotator).update() == 1;
    }

    /** Whether somebody is an annotator who has to qualify: no administrator, and not simulated. */
    boolean boundToQualify(UUID campaign, UUID annotator) {
        return jdbc.sql("""
                        SELECT EXISTS (SELECT 1 FROM campaign_member m JOIN account a ON a.id = m.account_id
                            WHERE m.campaign_id = ? AND a.id = ? AND m.role = 'ANNOTATOR' AND a.role <> 'ADMIN'
                              AND NOT a.simulated)""").params(campaign, annotator).query(Boolean.class).single();
    }

    void retrain(UUID campaign, UUID annotator, UUID lead, String reason) {
        jdbc.sql("INSERT INTO retraining (campaign_id, account_id, reason, required_by) VALUES (?, ?, ?, ?)")
                .params(campaign, annotator, reason, lead)
                .update();
    }

    /** When and why somebody was sent to the qualification set last. */
    Optional<AnnotatorReport.Retraining> retraining(UUID campaign, UUID annotator) {
        return jdbc.sql("""
                        SELECT r.required_at, r.reason, a.display_name FROM retraining r JOIN account a ON a.id = r.required_by
                        WHERE r.campaign_id = ? AND r.account_id = ? ORDER BY r.required_at DESC LIMIT 1""")
                .params(campaign, annotator)
                .query((row, number) -> new AnnotatorReport.Retraining(
                        row.getTimestamp("required_at").toInstant(),
                        row.getString("reason"),
                        row.getString("display_name")))
                .optional();
    }

    /** The name of somebody who labels in the campaign, or has; also of one who was paused before the first label, and has gone. */
    Optional<String> labelled(UUID campaign, UUID annotator) {
        return jdbc.sql("""
                        SELECT a.name FROM account a WHERE a.id = :annotator AND (
                            EXISTS (SELECT 1 FROM campaign_member m WHERE m.campaign_id = :campaign
                                    AND m.account_id = a.id AND m.role = 'ANNOTATOR')
                            OR EXISTS (SELECT 1 FROM label l WHERE l.annotator_id = a.id AND l.campaign_id = :campaign)
                            OR EXISTS (SELECT 1 FROM annotator_notice n WHERE n.account_id = a.id
                                       AND n.campaign_id = :campaign))""")
                .param("campaign", campaign)
                .param("annotator", annotator)
                .query(String.class)
                .optional();
    }

    /** The name of somebody who labels in the campaign. */
    Optional<String> member(UUID campaign, UUID annotator) {
        return jdbc.sql("""
                        SELECT a.name FROM account a JOIN campaign_member m ON m.account_id = a.id
                        WHERE m.campaign_id = ? AND a.id = ? AND m.role = 'ANNOTATOR'""").params(campaign, annotator).query(String.class).optional();
    }
}
