package org.diptych.service.conduct;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.diptych.protocol.AnswerScore;
import org.diptych.protocol.Protocol;
import org.diptych.service.agreement.SharedPairs;
import org.diptych.service.agreement.SharedPairs.SharedPair;
import org.diptych.service.campaign.CampaignProtocols;
import org.diptych.service.label.ActiveTime;
import org.diptych.service.label.AnswerJson;
import org.diptych.service.protocol.ProtocolService;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Reads the work of one annotator in one campaign: their latest labels, never more than {@value #MOST}, and never those of
 * the whole campaign.
 */
@Repository
class WorkReader {
    /** Older labels say little about how somebody works now. */
    static final int MOST = 5_000;

    private static final String LATEST = """
            (SELECT * FROM label WHERE annotator_id = :annotator AND campaign_id = :campaign
             ORDER BY sequence DESC LIMIT :most) l""";

    private final JdbcClient jdbc;
    private final ProtocolService protocols;
    private final CampaignProtocols campaignProtocols;
    private final SharedPairs shared;

    WorkReader(JdbcClient jdbc, ProtocolService protocols, CampaignProtocols campaignProtocols, SharedPairs shared) {
        this.jdbc = jdbc;
        this.protocols = protocols;
        this.campaignProtocols = campaignProtocols;
        this.shared = shared;
    }

    /**
     * A label.
     *
     * @param first whether it answers for the first time, or skips
     * @param stands whether nothing took its place
     * @param overall verdict of an answer, e.g. {@code first}; empty for a skip
     */
    record Row(
            UUID id,
            long sequence,
            Instant at,
            boolean skip,
            boolean first,
            boolean stands,
            String overall,
            boolean swapped,
            boolean flagged,
            long milliseconds) {
        RuleChecks.Work work() {
            return new RuleChecks.Work(id, sequence, skip, milliseconds);
        }
    }

    /** The latest labels, latest first; one more than {@value #MOST} where there are more. */
    List<Row> labels(UUID annotator, UUID campaign) {
        return jdbc.sql("""
                        SELECT l.id, l.sequence, l.submitted_at, l.kind, coalesce(l.verdicts ->> 'overall', '') AS overall,
                               l.swapped, l.flagged, least(l.active_milliseconds, :longest) AS active,
                               former.kind IS DISTINCT FROM 'ANSWER' AS first,
                               NOT EXISTS (SELECT 1 FROM label newer WHERE newer.supersedes = l.id) AS stands
                        FROM
                        """ + LATEST + " LEFT JOIN label former ON former.id = l.supersedes ORDER BY l.sequence DESC")
                .param("annotator", annotator)
                .param("campaign", campaign)
                .param("longest", ActiveTime.LONGEST)
                .param("most", MOST + 1)
                .query((row, number) -> new Row(
                        row.getObject("id", UUID.class),
                        row.getLong("sequence"),
                        row.getTimestamp("submitted_at").toInstant(),
                        row.getString("kind").equals("SKIP"),
                        row.getBoolean("first"),
                        row.getBoolean("stands"),
                        row.getString("overall"),
                        row.getBoolean("swapped"),
                        row.getBoolean("flagged"),
                        row.getLong("active")))
                .list();
    }

    /**
     * First answers to gold, latest first, against what is known now. Gold that an appeal disputes is left out.
     *
     * @param after labels up to this one are left out
     * @param since those up to this moment are, too
     */
    List<RuleChecks.GoldAnswer> gold(UUID annotator, UUID campaign, long after, Instant since) {
        return jdbc.sql("""
                        SELECT l.id, l.sequence, l.submitted_at, l.protocol_sha256, l.answers AS given, k.answers AS known
                        FROM
                        """ + LATEST + """
                         LEFT JOIN label former ON former.id = l.supersedes
                        JOIN current_known_answer k ON k.pair_id = l.pair_id AND k.use = 'GOLD'
                        WHERE l.stratum = 'GOLD' AND l.kind = 'ANSWER' AND former.kind IS DISTINCT FROM 'ANSWER'
                          AND l.sequence > :after AND l.submitted_at > :since
                          AND NOT EXISTS (SELECT 1 FROM suspended_gold g WHERE g.pair_id = l.pair_id)
                        ORDER BY l.sequence DESC""")
                .param("annotator", annotator)
                .param("campaign", campaign)
                .param("most", MOST)
                .param("after", after)
                .param("since", since.atOffset(ZoneOffset.UTC))
                .query((row, number) -> new RuleChecks.GoldAnswer(
                        row.getObject("id", UUID.class),
                        row.getLong("sequence"),
                        row.getTimestamp("submitted_at").toInstant(),
                        AnswerScore.of(
                                        protocols
                                                .bySha256(row.getString("protocol_sha256"))
                                                .protocol(),
                                        AnswerJson.fromStored(row.getString("known")),
                                        AnswerJson.fromStored(row.getString("given")))
                                .mean()))
                .list();
    }

    Protocol protocol(UUID campaign) {
        return campaignProtocols.current(campaign);
    }

    /** Pairs that the annotator shares with others, in the order in which they became complete. */
    List<SharedPair> shared(UUID annotator, UUID campaign, Instant until) {
        return shared.of(annotator, campaign, protocol(campaign).sha256(), MOST, until);
    }

    /** The annotator's overall judgements beside those of the others, in the order in which they gave them. */
    static List<RuleChecks.Compared> compared(List<SharedPair> pairs) {
        var compared = new ArrayList<RuleChecks.Compared>();
        for (var pair : pairs) {
            var own = pair.own().verdicts().get(Protocol.OVERALL);
            var votes = pair.votes(Protocol.OVERALL);
            int others = 0;
            for (int count : votes) {
                others += count;
            }
            if (own != null && others > 0) {
                compared.add(new RuleChecks.Compared(
                        pair.own().label(), pair.own().at(), (double) votes[own.ordinal()] / others));
            }
        }
        compared.sort(Comparator.comparing(RuleChecks.Compared::at));
        return compared;
    }
}
