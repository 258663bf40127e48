package org.diptych.service.agreement;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.HashMap;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.diptych.service.database.Streaming;
import org.diptych.service.protocol.ProtocolService;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The labels of the campaigns that somebody looks at, kept in memory and followed: the first look reads them all, each
 * later one reads what came since. Whatever is not looked at, or does not fit, is forgotten.
 */
@Component
class LabelReadings {
    private static final int MOST_CAMPAIGNS = 64;
    private static final Duration FORGOTTEN = Duration.ofMinutes(20);
    private static final int SECONDS = 60;

    private final JdbcClient jdbc;
    private final Streaming streaming;
    private final ProtocolService protocols;
    private final Cache<UUID, CampaignLabels> kept = Caffeine.newBuilder()
            .maximumSize(MOST_CAMPAIGNS)
            .expireAfterAccess(FORGOTTEN)
            .softValues()
            .build();

    LabelReadings(JdbcClient jdbc, Streaming streaming, ProtocolService protocols) {
        this.jdbc = jdbc;
        this.streaming = streaming;
        this.protocols = protocols;
    }

    /** The current labels of a campaign. Gold, training pairs, pairs that a lead took out and excluded annotators are left out. */
    CampaignLabels.Snapshot of(UUID campaign) {
        var labels = Objects.requireNonNull(kept.get(
                campaign,
                _ -> new CampaignLabels(sha256 -> protocols.bySha256(sha256).protocol())));
        synchronized (labels) {
            follow(campaign, labels);
            return labels.snapshot();
        }
    }

    /** Labels may be committed in another order than their numbers, so what is not settled is read again. */
    private void follow(UUID campaign, CampaignLabels labels) {
        streaming.asOfOneMoment(() -> {
            var settled = jdbc.sql("SELECT sequence FROM label_chain_mark")
                    .query(Long.class)
                    .single();
            streaming.query(
                    """
                    SELECT l.pair_id, l.annotator_id, l.sequence, l.supersedes IS NOT NULL AS corrects, l.protocol_sha256,
                           l.answers, l.verdicts, l.stratum, l.swapped, extract(epoch FROM l.submitted_at)::bigint AS at,
                           i.category, f.model AS first_model, s.model AS second_model
                    FROM label l JOIN pair p ON p.id = l.pair_id JOIN item i ON i.id = p.item_id
                    JOIN candidate f ON f.id = p.first_candidate_id JOIN candidate s ON s.id = p.second_candidate_id
                    WHERE l.campaign_id = ? AND l.sequence > ? AND l.stratum IN ('UNIFORM', 'ACQUIRED')
                    ORDER BY l.sequence""",
                    row -> labels.add(new CampaignLabels.Row(
                            row.getObject("pair_id", UUID.class),
                            row.getObject("annotator_id", UUID.class),
                            row.getLong("sequence"),
                            row.getBoolean("corrects"),
                            row.getString("protocol_sha256"),
                            row.getString("answers"),
                            row.getString("verdicts"),
                            (int) (row.getLong("at") / SECONDS),
                            row.getString("stratum").equals("UNIFORM"),
                            row.getBoolean("swapped"),
                            row.getString("category"),
                            row.getString("first_model"),
                            row.getString("second_model"))),
                    campaign,
                    labels.settled());
            labels.takeOut(Set.copyOf(jdbc.sql("SELECT pair_id FROM pair_taken_out WHERE campaign_id = ?")
                    .param(campaign)
                    .query(UUID.class)
                    .list()));
            var excluded = new HashMap<UUID, Integer>();
            jdbc.sql(
                            "SELECT account_id, extract(epoch FROM since)::bigint AS since FROM excluded_annotator WHERE campaign_id = ?")
                    .param(campaign)
                    .query(row -> {
                        excluded.put(row.getObject("account_id", UUID.class), (int) (row.getLong("since") / SECONDS));
                    });
            labels.exclude(excluded);
            labels.settle(settled);
            return true;
        });
    }
}
