package org.diptych.service.pair;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.diptych.service.assignment.AssignmentView.Picture;
import org.diptych.service.database.Columns;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Reads one pair. Names that are hidden are not read. */
@Repository
class PairQuery {
    private static final TypeReference<Map<String, String>> TEXTS = new TypeReference<>() {};
    private static final TypeReference<Map<String, Object>> VALUES = new TypeReference<>() {};

    private final JdbcClient jdbc;
    private final JsonMapper json;

    PairQuery(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    Optional<Pair> read(UUID campaign, UUID pair, boolean reveal) {
        var answers = answers(pair, reveal);
        var history = history(campaign, pair);
        return jdbc.sql("""
                        SELECT p.*, i.external_id, i.instruction, i.category, c.protocol_sha256, t.taken_at,
                               s.sha256 s_sha, s.width s_w, s.height s_h, s.remade_by s_made,
                               f.sha256 f_sha, f.width f_w, f.height f_h, f.remade_by f_made,
                               g.sha256 g_sha, g.width g_w, g.height g_h, g.remade_by g_made,
                               CASE WHEN :reveal THEN fc.model END AS f_model, CASE WHEN :reveal THEN gc.model END AS g_model,
                               m.number AS model_version, fs.overall_mu AS f_mu, fs.overall_sigma AS f_sigma,
                               gs.overall_mu AS g_mu, gs.overall_sigma AS g_sigma, o.*
                        FROM pair p JOIN campaign c ON c.id = p.campaign_id JOIN item i ON i.id = p.item_id
                        JOIN image s ON s.sha256 = i.source_sha256
                        JOIN candidate fc ON fc.id = p.first_candidate_id JOIN image f ON f.sha256 = fc.image_sha256
                        JOIN candidate gc ON gc.id = p.second_candidate_id JOIN image g ON g.sha256 = gc.image_sha256
                        LEFT JOIN pair_taken_out t ON t.pair_id = p.id
                        LEFT JOIN model_version m ON m.campaign_id = p.campaign_id AND m.state = 'ACTIVE'
                        LEFT JOIN candidate_score fs ON fs.model_version_id = m.id AND fs.candidate_id = fc.id
                        LEFT JOIN candidate_score gs ON gs.model_version_id = m.id AND gs.candidate_id = gc.id
                        CROSS JOIN LATERAL (
                            SELECT count(*) FILTER (WHERE state = 'FILLED') AS filled,
                                   count(*) FILTER (WHERE state = 'LEASED') AS held, count(*) AS wanted
                            FROM slot WHERE slot.pair_id = p.id) o
                        WHERE p.campaign_id = :campaign AND p.id = :pair""")
                .param("campaign", campaign)
                .param("pair", pair)
                .param("reveal", reveal)
                .query((row, number) -> {
                    var first = edit(row, "f");
                    var second = edit(row, "g");
                    return new Pair(
                            pair,
                            campaign,
                            row.getString("external_id"),
                            row.getString("instruction"),
                            row.getString("category"),
                            row.getString("protocol_sha256"),
                            picture(row, "s"),
                            first,
                            second,
                            row.getString("stratum"),
                            new Pair.Slots(row.getInt("filled"), row.getInt("held"), row.getInt("wanted")),
                            Columns.instant(row, "taken_at"),
                            reveal,
                            first.score() == null || second.score() == null
                                    ? null
                                    : Columns.integer(row, "model_version"),
                            answers,
                            history);
                })
                .optional();
    }

    static Picture picture(ResultSet row, String prefix) throws SQLException {
        return Picture.of(
                row.getString(prefix + "_sha"),
                row.getInt(prefix + "_w"),
                row.getInt(prefix + "_h"),
                row.getInt(prefix + "_made"));
    }

    private static Pair.Edit edit(ResultSet row, String prefix) throws SQLException {
        var mu = Columns.number(row, prefix + "_mu");
        var sigma = Columns.number(row, prefix + "_sigma");
        return new Pair.Edit(
                picture(row, prefix),
                row.getString(prefix + "_model"),
                mu == null || sigma == null ? null : new Pair.Score(mu, sigma));
    }

    private List<PairAnswer> answers(UUID pair, boolean reveal) {
        return jdbc.sql("""
                        SELECT l.*, r.id || '-v' || r.version AS protocol, %s AS code,
                               CASE WHEN :reveal THEN who.name END AS name,
                               CASE WHEN :reveal THEN who.display_name END AS display_name,
                               EXISTS (SELECT 1 FROM label newer WHERE newer.pair_id = l.pair_id
                                       AND newer.annotator_id = l.annotator_id AND newer.sequence > l.sequence) AS superseded
                        FROM label l JOIN account who ON who.id = l.annotator_id JOIN protocol r ON r.sha256 = l.protocol_sha256
                        WHERE l.pair_id = :pair ORDER BY l.sequence DESC""".formatted(Pseudonym.EXPRESSION))
                .param("pair", pair)
                .param("reveal", reveal)
                .query((row, number) -> new PairAnswer(
                        row.getObject("id", UUID.class),
                        annotator(row),
                        row.getTimestamp("submitted_at").toInstant(),
                        row.getLong("active_milliseconds") / 1000.0,
                        row.getBoolean("swapped"),
                        parsed(row.getString("verdicts"), TEXTS),
                        parsed(row.getString("answers"), VALUES),
                        row.getString("skip_reason"),
                        row.getString("comment"),
                        row.getBoolean("flagged"),
                        row.getString("protocol"),
                        row.getBoolean("superseded"),
                        row.getString("kind").equals("ANSWER")
                                && row.getObject("slot") == null
                                && !row.getString("stratum").equals("GOLD"),
                        row.getString("stratum"),
                        row.getDouble("selection_probability")))
                .list();
    }

    static Annotator annotator(ResultSet row) throws SQLException {
        return new Annotator(row.getString("code"), row.getString("name"), row.getString("display_name"));
    }

    private <T> @Nullable T parsed(@Nullable String stored, TypeReference<T> type) {
        return stored == null ? null : json.readValue(stored, type);
    }

    private List<PairEvent> history(UUID campaign, UUID pair) {
        var events = new ArrayList<>(jdbc.sql("""
                        SELECT created_at AS at, 'imported' AS what, NULL AS by, NULL::int AS model, NULL::float8 AS probability
                        FROM pair WHERE id = :pair
                        UNION
                        SELECT b.created_at, 'chosen', b.policy, m.number, s.selection_probability
                        FROM slot s JOIN acquisition_batch b ON b.id = s.acquisition_batch_id
                        LEFT JOIN model_version m ON m.id = b.model_version_id
                        WHERE s.pair_id = :pair AND b.pinned_by IS NULL
                        UNION
                        SELECT withdrawn_at, 'withdrawn', lower(reason), NULL, settles FROM slot_withdrawal
                        WHERE campaign_id = :campaign AND pair_id = :pair""")
                .param("campaign", campaign)
                .param("pair", pair)
                .query(PairQuery::event)
                .list());
        events.addAll(jdbc.sql("""
                        SELECT e.at, split_part(e.action, '.', 2) AS what, who.display_name AS by, NULL::int AS model,
                               NULL::float8 AS probability
                        FROM audit_event e LEFT JOIN account who ON who.id = e.account_id
                        WHERE e.campaign_id = :campaign AND e.action IN ('pair.revealed', 'pair.taken_out', 'pair.put_back',
                              'pair.pinned', 'pair.unpinned', 'pair.vetoed', 'pair.allowed', 'pair.adjudicated', 'opinion.requested')
                          AND e.subject = :pair""")
                .param("campaign", campaign)
                .param("pair", pair.toString())
                .query(PairQuery::event)
                .list());
        events.sort(Comparator.comparing(PairEvent::at).reversed());
        return events;
    }

    private static PairEvent event(ResultSet row, int number) throws SQLException {
        return new PairEvent(
                row.getTimestamp("at").toInstant(),
                row.getString("what"),
                row.getString("by"),
                Columns.integer(row, "model"),
                Columns.number(row, "probability"));
    }
}
