package org.diptych.acquisition;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.diptych.account.CampaignAccess;
import org.diptych.account.SignedIn;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** The queue of a campaign: what a model put in front, and what is next. */
@Service
@Transactional
public class QueueService {
    private static final int ROWS_AT_A_TIME = 500;

    private final JdbcClient jdbc;
    private final JdbcTemplate batches;
    private final CampaignAccess access;
    private final JsonMapper json;

    QueueService(JdbcClient jdbc, JdbcTemplate batches, CampaignAccess access, JsonMapper json) {
        this.jdbc = jdbc;
        this.batches = batches;
        this.access = access;
        this.json = json;
    }

    /**
     * Puts a batch in front of the queue, in one transaction: priorities, selection probabilities and what the policy saw
     * change together, and what an earlier batch put in front and nobody has taken goes back to the crowd.
     *
     * @param order the chosen pairs, most wanted first
     * @return the batch's row
     */
    public UUID putInFront(NewBatch batch, List<Choice> order) {
        var id = jdbc.sql("""
                        INSERT INTO acquisition_batch (campaign_id, model_version_id, policy, seed, pool, size)
                        VALUES (?, ?, ?, ?, ?, ?) RETURNING id""")
                .params(
                        batch.campaign(),
                        batch.modelVersion(),
                        batch.policy(),
                        batch.seed(),
                        batch.pool(),
                        order.size())
                .query(UUID.class)
                .single();
        jdbc.sql("""
                        UPDATE pair SET selection_probability = 1, acquisition_batch_id = NULL, score_parts = '{}'
                        WHERE campaign_id = :campaign AND acquisition_batch_id IS NOT NULL
                          AND EXISTS (SELECT 1 FROM slot s WHERE s.pair_id = pair.id AND s.state = 'OPEN')""").param("campaign", batch.campaign()).update();
        jdbc.sql("UPDATE slot SET priority = 0 WHERE campaign_id = ? AND state = 'OPEN' AND priority <> 0")
                .param(batch.campaign())
                .update();
        batches.batchUpdate("""
                UPDATE pair SET selection_probability = ?, acquisition_batch_id = ?, score_parts = ?::jsonb WHERE id = ?""", order, ROWS_AT_A_TIME, (row, choice) -> {
            row.setDouble(1, choice.selectionProbability());
            row.setObject(2, id);
            row.setString(3, json.writeValueAsString(choice.scoreParts()));
            row.setObject(4, choice.pair());
        });
        batches.batchUpdate(
                "UPDATE slot SET priority = ? WHERE pair_id = ? AND state = 'OPEN'",
                order,
                ROWS_AT_A_TIME,
                (row, choice) -> {
                    row.setDouble(1, choice.priority());
                    row.setObject(2, choice.pair());
                });
        return id;
    }

    /** What is next in the queue, for the campaign's leads. */
    @Transactional(readOnly = true)
    public List<QueueEntry> next(SignedIn who, UUID campaign, int limit) {
        access.requireLead(who, campaign);
        return jdbc.sql("""
                        SELECT q.*, i.external_id, i.instruction, i.category, i.source_sha256, f.image_sha256 AS first_image,
                               s.image_sha256 AS second_image, b.policy, m.number AS model_version,
                               (SELECT count(*) FROM slot WHERE slot.pair_id = q.id AND slot.state = 'FILLED') AS filled,
                               (SELECT count(*) FROM slot WHERE slot.pair_id = q.id) AS wanted
                        FROM (SELECT p.*, o.priority, o.random_key FROM pair p JOIN (
                                SELECT pair_id, max(priority) AS priority, min(random_key) AS random_key FROM slot
                                WHERE campaign_id = :campaign AND state = 'OPEN' GROUP BY pair_id) o ON o.pair_id = p.id
                              ORDER BY o.priority DESC, o.random_key LIMIT :limit) q
                        JOIN item i ON i.id = q.item_id JOIN candidate f ON f.id = q.first_candidate_id
                        JOIN candidate s ON s.id = q.second_candidate_id
                        LEFT JOIN acquisition_batch b ON b.id = q.acquisition_batch_id
                        LEFT JOIN model_version m ON m.id = b.model_version_id
                        ORDER BY q.priority DESC, q.random_key""")
                .param("campaign", campaign)
                .param("limit", limit)
                .query((row, number) -> new QueueEntry(
                        row.getObject("id", UUID.class),
                        row.getString("external_id"),
                        row.getString("instruction"),
                        row.getString("category"),
                        row.getString("source_sha256"),
                        row.getString("first_image"),
                        row.getString("second_image"),
                        row.getString("stratum").toLowerCase(Locale.ROOT),
                        row.getDouble("priority"),
                        row.getDouble("selection_probability"),
                        row.getString("score_parts"),
                        row.getInt("filled"),
                        row.getInt("wanted"),
                        row.getString("policy"),
                        row.getObject("model_version") == null ? null : row.getInt("model_version")))
                .list();
    }

    /**
     * What a batch is.
     *
     * @param modelVersion row of the model that it was chosen by
     * @param policy name of the policy
     * @param seed of its random numbers
     * @param pool pairs it was chosen from
     */
    public record NewBatch(UUID campaign, UUID modelVersion, String policy, long seed, int pool) {}

    /**
     * A chosen pair.
     *
     * @param priority higher comes first; above 0
     * @param selectionProbability probability with which it was chosen at its rank
     * @param scoreParts what the policy saw, by name
     */
    public record Choice(UUID pair, double priority, double selectionProbability, Map<String, Double> scoreParts) {}
}
