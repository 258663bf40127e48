package org.diptych.service.pair;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.diptych.service.account.CampaignAccess;
import org.diptych.service.account.SignedIn;
import org.diptych.service.assignment.AssignmentView.Picture;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Finds pairs of a campaign, in the order in which they came in, page by page. */
@Service
@Transactional(readOnly = true)
public class PairSearch {
    private static final int MOST_CHOICES = 200;

    private final JdbcClient jdbc;
    private final CampaignAccess access;

    PairSearch(JdbcClient jdbc, CampaignAccess access) {
        this.jdbc = jdbc;
        this.access = access;
    }

    /** The first pairs that are wanted, at most {@code limit}. */
    public List<Found> find(SignedIn lead, UUID campaign, Wanted wanted, int limit) {
        access.requireLead(lead, campaign);
        var query = jdbc.sql(statement(wanted));
        return query.param("campaign", campaign)
                .param("text", "%" + literally(wanted.instruction()) + "%")
                .param("item", wanted.item())
                .param("category", wanted.category())
                .param("model", wanted.model())
                .param("annotator", wanted.annotator())
                .param("verdict", wanted.verdict())
                .param("after", wanted.after())
                .param("limit", limit)
                .query((row, number) -> found(row))
                .list();
    }

    /** Those of the given pairs that the campaign has, in no order. */
    public List<Found> of(SignedIn lead, UUID campaign, List<UUID> pairs) {
        access.requireLead(lead, campaign);
        return jdbc.sql(statement("p.campaign_id = :campaign AND p.id = ANY (:pairs)"))
                .param("campaign", campaign)
                .param("pairs", pairs.toArray(UUID[]::new))
                .param("limit", pairs.size())
                .query((row, number) -> found(row))
                .list();
    }

    private static Found found(ResultSet row) throws SQLException {
        return new Found(
                row.getObject("id", UUID.class),
                row.getString("external_id"),
                row.getString("instruction"),
                row.getString("category"),
                PairQuery.picture(row, "s"),
                PairQuery.picture(row, "f"),
                PairQuery.picture(row, "g"),
                row.getString("stratum"),
                row.getInt("filled"),
                row.getInt("wanted"),
                row.getBoolean("taken_out"));
    }

    /** What is wanted becomes a condition each; the page is cut before anything else is read of its pairs. */
    static String statement(Wanted wanted) {
        var conditions = new ArrayList<>(List.of("p.campaign_id = :campaign"));
        var items = new ArrayList<String>();
        if (wanted.after() != null) {
            conditions.add("p.id > :after");
        }
        if (wanted.instruction() != null) {
            items.add("i.instruction ILIKE :text");
        }
        if (wanted.item() != null) {
            items.add("i.external_id = :item");
        }
        if (wanted.category() != null) {
            items.add("i.category = :category");
        }
        if (!items.isEmpty()) {
            conditions.add("p.item_id IN (SELECT i.id FROM item i WHERE i.campaign_id = :campaign AND "
                    + String.join(" AND ", items) + ")");
        }
        if (wanted.model() != null) {
            conditions.add("""
                    (p.first_candidate_id IN (SELECT c.id FROM candidate c WHERE c.campaign_id = :campaign AND c.model = :model)
                     OR p.second_candidate_id IN (SELECT c.id FROM candidate c WHERE c.campaign_id = :campaign AND c.model = :model))""");
        }
        if (wanted.annotator() != null) {
            conditions.add("""
                    p.id IN (SELECT l.pair_id FROM label l JOIN account who ON who.id = l.annotator_id
                             WHERE who.name = :annotator AND l.campaign_id = :campaign)""");
        }
        if (wanted.verdict() != null) {
            conditions.add("""
                    EXISTS (SELECT 1 FROM current_label l WHERE l.pair_id = p.id AND l.verdicts->>'overall' = :verdict)""");
        }
        return statement(String.join(" AND ", conditions));
    }

    private static String statement(String conditions) {
        return """
                WITH page AS MATERIALIZED (SELECT p.* FROM pair p WHERE %s ORDER BY p.id LIMIT :limit)
                SELECT p.id, p.stratum, i.external_id, i.instruction, i.category,
                       s.sha256 s_sha, s.width s_w, s.height s_h, s.remade_by s_made,
                       f.sha256 f_sha, f.width f_w, f.height f_h, f.remade_by f_made,
                       g.sha256 g_sha, g.width g_w, g.height g_h, g.remade_by g_made,
                       (SELECT count(*) FROM slot WHERE slot.pair_id = p.id AND slot.state = 'FILLED') AS filled,
                       (SELECT count(*) FROM slot WHERE slot.pair_id = p.id) AS wanted,
                       EXISTS (SELECT 1 FROM pair_taken_out t WHERE t.pair_id = p.id) AS taken_out
                FROM page p JOIN item i ON i.id = p.item_id
                JOIN image s ON s.sha256 = i.source_sha256
                JOIN candidate fc ON fc.id = p.first_candidate_id JOIN image f ON f.sha256 = fc.image_sha256
                JOIN candidate gc ON gc.id = p.second_candidate_id JOIN image g ON g.sha256 = gc.image_sha256
                ORDER BY p.id""".formatted(conditions);
    }

    private static String literally(@Nullable String text) {
        return text == null
                ? ""
                : text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
    }

    /** The categories of a campaign's items, by name; each is found in the index without reading its rows. */
    public List<String> categories(SignedIn lead, UUID campaign) {
        access.requireLead(lead, campaign);
        return distinct("item", "category", campaign);
    }

    /** The editing models of a campaign, by name. */
    public List<String> models(SignedIn lead, UUID campaign) {
        access.requireLead(lead, campaign);
        return distinct("candidate", "model", campaign);
    }

    private List<String> distinct(String table, String column, UUID campaign) {
        return jdbc.sql("""
                        WITH RECURSIVE step AS (
                            (SELECT %2$s AS value FROM %1$s WHERE campaign_id = :campaign AND %2$s IS NOT NULL
                             ORDER BY %2$s LIMIT 1)
                            UNION ALL
                            SELECT (SELECT %2$s FROM %1$s WHERE campaign_id = :campaign AND %2$s > step.value
                                    ORDER BY %2$s LIMIT 1)
                            FROM step WHERE step.value IS NOT NULL)
                        SELECT value FROM step WHERE value IS NOT NULL LIMIT :most""".formatted(table, column))
                .param("campaign", campaign)
                .param("most", MOST_CHOICES)
                .query(String.class)
                .list();
    }

    /**
     * What is wanted; null is everything.
     *
     * @param instruction words that the instruction has in it, in large or small letters
     * @param item id of the item in the manifest
     * @param category category of the item
     * @param model an editing model that made one of the two edits
     * @param annotator user name of somebody who has answered or skipped the pair
     * @param verdict overall verdict that somebody gave: {@code first}, {@code second}, {@code tie} or {@code both_bad}
     * @param after the last pair of the page before
     */
    public record Wanted(
            @Nullable String instruction,
            @Nullable String item,
            @Nullable String category,
            @Nullable String model,
            @Nullable String annotator,
            @Nullable String verdict,
            @Nullable UUID after) {}

    /**
     * A pair that was found.
     *
     * @param item id of the item in the manifest
     * @param filled labels it has
     * @param wanted labels it is to get
     * @param takenOut whether it is out of the queue
     */
    public record Found(
            UUID id,
            String item,
            String instruction,
            @Nullable String category,
            Picture source,
            Picture first,
            Picture second,
            String stratum,
            int filled,
            int wanted,
            boolean takenOut) {}
}
