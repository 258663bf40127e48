package org.diptych.service.acquisition;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.diptych.service.account.CampaignAccess;
import org.diptych.service.account.SignedIn;
import org.diptych.service.acquisition.QueuePlace.ChosenBy;
import org.diptych.service.acquisition.QueuePlace.Standing;
import org.diptych.service.database.Columns;
import org.diptych.service.problem.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Explains to leads where a pair stands in the queue. Reads the rows of one pair and the campaign's annotators. */
@Service
@Transactional(readOnly = true)
public class QueuePlaces {
    /** Answers before a pair that are counted. */
    private static final int MOST_COUNTED = 1_000;

    private final JdbcClient jdbc;
    private final CampaignAccess access;

    QueuePlaces(JdbcClient jdbc, CampaignAccess access) {
        this.jdbc = jdbc;
        this.access = access;
    }

    /**
     * Where a pair stands.
     *
     * @throws Problem {@code unknown_pair}
     */
    public QueuePlace of(SignedIn who, UUID campaign, UUID pair) {
        access.requireLead(who, campaign);
        var place = jdbc.sql("""
                        SELECT p.stratum AS own_stratum, c.state AS campaign_state, s.*, next.stratum, next.state = 'OPEN' AS waits, next.priority,
                            next.random_key, next.selection_probability, next.score_parts, next.extra,
                            b.policy, b.in_place_of, b.pinned_by, b.pool, b.size, b.created_at AS chosen_at,
                            m.number AS model, pinner.display_name AS pinner,
                            t.pair_id IS NOT NULL AS taken_out,
                            v.vetoed_at, vetoer.display_name AS vetoer,
                            (SELECT k.use FROM current_known_answer k WHERE k.pair_id = p.id LIMIT 1) AS known,
                            a.*,
                            (SELECT count(*) FROM current_label l JOIN excluded_annotator x ON x.campaign_id = l.campaign_id
                                 AND x.account_id = l.annotator_id AND x.since <= l.submitted_at
                             WHERE l.pair_id = p.id) AS left_out
                        FROM pair p JOIN campaign c ON c.id = p.campaign_id
                        CROSS JOIN LATERAL (
                            SELECT count(*) FILTER (WHERE state = 'FILLED') AS filled, count(*) AS wanted,
                                count(*) FILTER (WHERE state = 'LEASED') AS held, min(expires_at) AS held_until
                            FROM slot WHERE pair_id = p.id) s
                        CROSS JOIN LATERAL (
                            SELECT count(*) AS annotators, count(h.annotator_id) AS had,
                                count(*) FILTER (WHERE h.annotator_id IS NULL AND EXISTS (
                                    SELECT 1 FROM annotator_notice n WHERE n.campaign_id = p.campaign_id
                                        AND n.account_id = w.account_id AND n.action = 'PAUSE' AND n.ended_at IS NULL)) AS paused
                            FROM campaign_member w JOIN account who ON who.id = w.account_id
                            LEFT JOIN assignment h ON h.pair_id = p.id AND h.annotator_id = w.account_id AND h.state <> 'LOST'
                            WHERE w.campaign_id = p.campaign_id AND w.role = 'ANNOTATOR' AND NOT who.disabled) a
                        LEFT JOIN LATERAL (
                            SELECT * FROM slot WHERE pair_id = p.id AND state <> 'FILLED'
                            ORDER BY state = 'OPEN' DESC, priority DESC, random_key LIMIT 1) next ON true
                        LEFT JOIN acquisition_batch b ON b.id = next.acquisition_batch_id
                            AND (b.pinned_by IS NULL OR next.priority > 0)
                        LEFT JOIN model_version m ON m.id = b.model_version_id
                        LEFT JOIN account pinner ON pinner.id = b.pinned_by
                        LEFT JOIN pair_taken_out t ON t.pair_id = p.id
                        LEFT JOIN pair_vetoed v ON v.pair_id = p.id LEFT JOIN account vetoer ON vetoer.id = v.vetoed_by
                        WHERE p.id = :pair AND p.campaign_id = :campaign""")
                .param("pair", pair)
                .param("campaign", campaign)
                .query((row, number) -> place(campaign, pair, row))
                .optional();
        return place.orElseThrow(
                () -> Problem.notFound("unknown_pair", "There is no pair " + pair + " in this campaign."));
    }

    private QueuePlace place(UUID campaign, UUID pair, ResultSet row) throws SQLException {
        var stratum = row.getString("stratum");
        double priority = row.getDouble("priority");
        boolean waits = row.getBoolean("waits");
        var before = stratum == null || !waits || priority == 0
                ? null
                : before(campaign, stratum.equals("UNIFORM"), priority, row.getDouble("random_key"));
        var parts = row.getString("score_parts");
        return new QueuePlace(
                pair,
                (stratum == null ? row.getString("own_stratum") : stratum).toLowerCase(Locale.ROOT),
                standing(row, waits),
                before,
                before != null && before == MOST_COUNTED,
                chosenBy(row),
                batch(row),
                parts == null ? null : (Double) row.getDouble("selection_probability"),
                parts,
                row.getBoolean("extra"),
                veto(row),
                new QueuePlace.Waits(
                        row.getInt("filled"),
                        row.getInt("wanted"),
                        row.getInt("held"),
                        Columns.instant(row, "held_until"),
                        row.getString("known"),
                        row.getInt("annotators"),
                        row.getInt("had"),
                        row.getInt("paused"),
                        row.getInt("left_out")));
    }

    private int before(UUID campaign, boolean uniform, double priority, double key) {
        return jdbc.sql("""
                        SELECT count(*) FROM (SELECT 1 FROM slot WHERE campaign_id = ? AND state = 'OPEN' AND priority > 0
                            AND priority >= ? AND (priority > ? OR random_key < ?) AND (stratum = 'UNIFORM') = ?
                            LIMIT ?) earlier""")
                .params(List.of(campaign, priority, priority, key, uniform, MOST_COUNTED))
                .query(Integer.class)
                .single();
    }

    private static Standing standing(ResultSet row, boolean waits) throws SQLException {
        if (row.getBoolean("taken_out")) {
            return Standing.TAKEN_OUT;
        }
        if (row.getInt("wanted") == 0) {
            return Standing.KNOWN;
        }
        if (!waits) {
            return row.getInt("held") > 0 ? Standing.HELD : Standing.COMPLETE;
        }
        if (!row.getString("campaign_state").equals("OPEN")) {
            return Standing.CAMPAIGN_STOPPED;
        }
        return row.getInt("had") + row.getInt("paused") == row.getInt("annotators")
                ? Standing.NOBODY_LEFT
                : Standing.WAITING;
    }

    private static @Nullable ChosenBy chosenBy(ResultSet row) throws SQLException {
        if (row.getString("stratum") == null) {
            return null;
        }
        if (row.getString("policy") == null) {
            return ChosenBy.CHANCE;
        }
        if (row.getObject("pinned_by") != null) {
            return ChosenBy.PIN;
        }
        if (row.getString("policy").equals(OpinionRequests.PERSON)) {
            return ChosenBy.OPINION;
        }
        return Columns.integer(row, "model") == null ? ChosenBy.DESIGN : ChosenBy.MODEL;
    }

    private static QueuePlace.@Nullable Batch batch(ResultSet row) throws SQLException {
        var policy = row.getString("policy");
        return policy == null
                ? null
                : new QueuePlace.Batch(
                        policy.equals(OpinionRequests.PERSON) ? null : policy,
                        row.getString("in_place_of"),
                        Columns.integer(row, "model"),
                        row.getInt("pool"),
                        row.getInt("size"),
                        row.getTimestamp("chosen_at").toInstant(),
                        row.getString("pinner"));
    }

    private static QueuePlace.@Nullable Veto veto(ResultSet row) throws SQLException {
        var at = Columns.instant(row, "vetoed_at");
        return at == null ? null : new QueuePlace.Veto(row.getString("vetoer"), at);
    }

    /**
     * Pairs that no model may choose, the latest veto first.
     *
     * @param before older vetoes alone; null for all
     */
    public List<Vetoed> vetoed(SignedIn who, UUID campaign, @Nullable Instant before, int limit) {
        access.requireLead(who, campaign);
        return jdbc.sql("""
                        SELECT v.pair_id AS pair, i.external_id AS item, i.instruction, a.display_name AS by, v.vetoed_at AS at
                        FROM pair_vetoed v JOIN pair p ON p.id = v.pair_id JOIN item i ON i.id = p.item_id
                        JOIN account a ON a.id = v.vetoed_by
                        WHERE v.campaign_id = :campaign AND v.vetoed_at < coalesce(:before::timestamptz, 'infinity')
                        ORDER BY v.vetoed_at DESC LIMIT :limit""")
                .param("campaign", campaign)
                .param("before", before == null ? null : before.toString())
                .param("limit", limit)
                .query((row, number) -> new Vetoed(
                        row.getObject("pair", UUID.class),
                        row.getString("item"),
                        row.getString("instruction"),
                        new QueuePlace.Veto(
                                row.getString("by"), row.getTimestamp("at").toInstant())))
                .list();
    }

    /** How many pairs no model may choose. */
    public long countVetoed(SignedIn who, UUID campaign) {
        access.requireLead(who, campaign);
        return jdbc.sql("SELECT count(*) FROM pair_vetoed WHERE campaign_id = ?")
                .param(campaign)
                .query(Long.class)
                .single();
    }

    /** A pair that no model may choose. */
    public record Vetoed(UUID pair, String item, String instruction, QueuePlace.Veto veto) {}
}
