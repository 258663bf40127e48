package org.diptych.service.reward;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.diptych.service.account.CampaignAccess;
import org.diptych.service.account.SignedIn;
import org.diptych.service.database.Columns;
import org.diptych.service.problem.Problem;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Model versions: stored by workers, listed, promoted and rolled back by leads. One is active per campaign. */
@Service
@Transactional
public class ModelVersionService {
    private final JdbcClient jdbc;
    private final CampaignAccess access;

    ModelVersionService(JdbcClient jdbc, CampaignAccess access) {
        this.jdbc = jdbc;
        this.access = access;
    }

    /** Stores a version as a candidate, with the campaign's next number. */
    private ModelVersion add(NewModelVersion version) {
        // versions of one campaign come one at a time: one live run per campaign
        var id = jdbc.sql("""
                        INSERT INTO model_version (campaign_id, number, run_id, snapshot_id, state, parameters_digest,
                            encoder_id, card, labels, accuracy, accuracy_low, accuracy_high, evaluated_pairs, majority_rate,
                            comparison)
                        SELECT :campaign, coalesce(max(number), 0) + 1, :run, :snapshot, 'CANDIDATE', :digest, :encoder,
                            :card::jsonb, :labels, :accuracy, :low, :high, :pairs, :majority, :comparison::jsonb
                        FROM model_version WHERE campaign_id = :campaign RETURNING id""")
                .param("campaign", version.campaign())
                .param("run", version.run())
                .param("snapshot", version.snapshot())
                .param("digest", version.digest())
                .param("encoder", version.encoderId())
                .param("card", version.card())
                .param("labels", version.labels())
                .param("accuracy", version.accuracy())
                .param("low", version.accuracyLow())
                .param("high", version.accuracyHigh())
                .param("pairs", version.evaluatedPairs())
                .param("majority", version.majorityRate())
                .param("comparison", version.comparison())
                .query(UUID.class)
                .single();
        return versions("m.id = ?", id).getFirst();
    }

    /** Stores a version and makes it the active one if it may be: both or neither, whenever the worker dies. */
    public ModelVersion add(NewModelVersion version, boolean promoted) {
        var added = add(version);
        if (promoted) {
            promote(version.campaign(), added.number());
        }
        return added;
    }

    /** Makes a version the active one; the one before retires. The same call rolls back. */
    public void promote(UUID campaign, int number) {
        jdbc.sql("SELECT id FROM campaign WHERE id = ? FOR NO KEY UPDATE")
                .param(campaign)
                .query(UUID.class)
                .optional();
        jdbc.sql("UPDATE model_version SET state = 'RETIRED' WHERE campaign_id = ? AND state = 'ACTIVE'")
                .param(campaign)
                .update();
        int promoted = jdbc.sql("""
                        UPDATE model_version SET state = 'ACTIVE', promoted_at = now()
                        WHERE campaign_id = ? AND number = ?""").params(campaign, number).update();
        if (promoted == 0) {
            throw Problem.notFound("unknown_model", "This campaign has no model version " + number + ".");
        }
    }

    /** A lead makes a version the active one. */
    public void promote(SignedIn who, UUID campaign, int number) {
        access.requireLead(who, campaign);
        promote(campaign, number);
    }

    /** The campaign's versions, newest first, for its leads. */
    @Transactional(readOnly = true)
    public List<ModelVersion> list(SignedIn who, UUID campaign) {
        access.requireLead(who, campaign);
        return versions("m.campaign_id = ? ORDER BY m.number DESC", campaign);
    }

    /** The version that chooses the campaign's next pairs, if any was promoted. */
    @Transactional(readOnly = true)
    public Optional<ModelVersion> active(UUID campaign) {
        return versions("m.campaign_id = ? AND m.state = 'ACTIVE'", campaign).stream()
                .findFirst();
    }

    /** The campaign's version of that number. */
    @Transactional(readOnly = true)
    public Optional<ModelVersion> find(UUID campaign, int number) {
        return versions("m.campaign_id = ? AND m.number = ?", campaign, number).stream()
                .findFirst();
    }

    private List<ModelVersion> versions(String condition, Object... parameters) {
        return jdbc.sql("""
                        SELECT m.*, s.digest AS snapshot_digest FROM model_version m
                        JOIN dataset_snapshot s ON s.id = m.snapshot_id WHERE """ + " " + condition)
                .params(parameters)
                .query((row, number) -> new ModelVersion(
                        row.getObject("id", UUID.class),
                        row.getObject("campaign_id", UUID.class),
                        row.getInt("number"),
                        ModelVersion.State.valueOf(row.getString("state")),
                        row.getString("parameters_digest"),
                        row.getString("encoder_id"),
                        row.getString("snapshot_digest"),
                        row.getInt("labels"),
                        Columns.number(row, "accuracy"),
                        Columns.number(row, "accuracy_low"),
                        Columns.number(row, "accuracy_high"),
                        row.getInt("evaluated_pairs"),
                        Columns.number(row, "majority_rate"),
                        row.getString("comparison"),
                        row.getString("card"),
                        row.getTimestamp("created_at").toInstant(),
                        Columns.instant(row, "promoted_at")))
                .list();
    }
}
