package org.diptych.service.quality;

import java.util.Map;
import java.util.UUID;
import org.diptych.service.account.CampaignAccess;
import org.diptych.service.account.SignedIn;
import org.diptych.service.audit.AuditAction;
import org.diptych.service.audit.AuditLog;
import org.diptych.service.campaign.CampaignService;
import org.diptych.service.campaign.NewCampaign;
import org.diptych.service.problem.Problem;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Makes a campaign like another one, for the next wave of items. */
@Service
@Transactional
public class CampaignClone {
    private final CampaignService campaigns;
    private final CampaignAccess access;
    private final AuditLog audit;
    private final JdbcClient jdbc;

    CampaignClone(CampaignService campaigns, CampaignAccess access, AuditLog audit, JdbcClient jdbc) {
        this.campaigns = campaigns;
        this.access = access;
        this.audit = audit;
        this.jdbc = jdbc;
    }

    /**
     * What the new campaign takes over beside protocol, settings and bounds of alerts.
     *
     * @param name its name
     * @param gold the items of which every pair has a known answer, with these answers
     * @param members everybody in the campaign, with their roles
     */
    public record Wanted(String name, boolean gold, boolean members) {}

    /**
     * Makes it. Neither labels nor the other items are taken over.
     *
     * @return its id
     * @throws Problem {@code invalid_name} or {@code name_taken}
     */
    public UUID make(SignedIn lead, UUID campaign, Wanted wanted) {
        access.requireLead(lead, campaign);
        var source = jdbc.sql("""
                        SELECT c.name, p.id || '-v' || p.version AS protocol FROM campaign c
                        JOIN protocol p ON p.sha256 = c.protocol_sha256 WHERE c.id = ?""")
                .param(campaign)
                .query((row, number) -> Map.entry(row.getString("name"), row.getString("protocol")))
                .single();
        var made = campaigns.create(
                lead, new NewCampaign(wanted.name(), source.getValue(), campaigns.settings(lead, campaign)));
        run("""
                UPDATE campaign SET gold_rate = old.gold_rate, gold_feedback = old.gold_feedback
                FROM campaign old WHERE campaign.id = :made AND old.id = :campaign""", campaign, made);
        run("""
                INSERT INTO alert_bounds (campaign_id, agreement, queue_hours, message_hours, gold)
                SELECT :made, agreement, queue_hours, message_hours, gold FROM alert_bounds
                WHERE campaign_id = :campaign""", campaign, made);
        run("""
                INSERT INTO annotator_rules (campaign_id, gold_below, gold_last, gold_action, fast_seconds, fast_last,
                    fast_action, skips, skips_action, drift_action)
                SELECT :made, gold_below, gold_last, gold_action, fast_seconds, fast_last, fast_action, skips,
                    skips_action, drift_action FROM annotator_rules WHERE campaign_id = :campaign""", campaign, made);
        if (wanted.members()) {
            run("""
                    INSERT INTO campaign_member (campaign_id, account_id, role)
                    SELECT :made, account_id, role FROM campaign_member WHERE campaign_id = :campaign
                    ON CONFLICT DO NOTHING""", campaign, made);
        }
        if (wanted.gold()) {
            copyGold(lead, campaign, made);
        }
        audit.write(
                AuditAction.CAMPAIGN_CLONED,
                lead.id(),
                made,
                wanted.name(),
                null,
                Map.of("from", source.getKey(), "gold", wanted.gold(), "members", wanted.members()));
        return made;
    }

    private void run(String statement, UUID campaign, UUID made) {
        jdbc.sql(statement).param("campaign", campaign).param("made", made).update();
    }

    /** An item with a pair that is to be labelled stays behind: imported later, it would count as there already. */
    private void copyGold(SignedIn lead, UUID campaign, UUID made) {
        jdbc.sql("""
                        WITH items AS MATERIALIZED (
                            SELECT i.*, uuidv7() AS made FROM item i WHERE i.campaign_id = :campaign
                              AND EXISTS (SELECT 1 FROM pair p WHERE p.item_id = i.id)
                              AND NOT EXISTS (SELECT 1 FROM pair p JOIN pair_taken_out t ON t.pair_id = p.id
                                  WHERE p.item_id = i.id)
                              AND NOT EXISTS (SELECT 1 FROM pair p WHERE p.item_id = i.id AND NOT EXISTS (
                                  SELECT 1 FROM current_known_answer k WHERE k.pair_id = p.id)
                                  OR p.item_id = i.id AND p.stratum NOT IN ('GOLD', 'TRAINING'))),
                        candidates AS MATERIALIZED (
                            SELECT c.*, uuidv7() AS made, items.made AS made_item
                            FROM candidate c JOIN items ON items.id = c.item_id),
                        pairs AS MATERIALIZED (
                            SELECT p.*, uuidv7() AS made, items.made AS made_item, f.made AS made_first, s.made AS made_second
                            FROM pair p JOIN items ON items.id = p.item_id
                            JOIN candidates f ON f.id = p.first_candidate_id
                            JOIN candidates s ON s.id = p.second_candidate_id),
                        new_pictures AS (
                            INSERT INTO campaign_image (campaign_id, sha256)
                            SELECT :made, source_sha256 FROM items UNION SELECT :made, image_sha256 FROM candidates
                            ON CONFLICT DO NOTHING),
                        new_items AS (
                            INSERT INTO item (id, campaign_id, external_id, instruction, category, source_sha256, metadata,
                                content_sha256, task_sha256)
                            SELECT made, :made, external_id, instruction, category, source_sha256, metadata, content_sha256,
                                task_sha256 FROM items),
                        new_candidates AS (
                            INSERT INTO candidate (id, campaign_id, item_id, ordinal, model, path, image_sha256, seed, metadata)
                            SELECT made, :made, made_item, ordinal, model, path, image_sha256, seed, metadata FROM candidates),
                        new_pairs AS (
                            INSERT INTO pair (id, campaign_id, item_id, first_candidate_id, second_candidate_id, stratum)
                            SELECT made, :made, made_item, made_first, made_second, stratum FROM pairs)
                        INSERT INTO known_answer (campaign_id, pair_id, use, answers, reason, origin, created_by, retired)
                        SELECT :made, pairs.made, k.use, k.answers, k.reason, k.origin, :lead, k.retired
                        FROM current_known_answer k JOIN pairs ON pairs.id = k.pair_id""")
                .param("campaign", campaign)
                .param("made", made)
                .param("lead", lead.id())
                .update();
    }
}
