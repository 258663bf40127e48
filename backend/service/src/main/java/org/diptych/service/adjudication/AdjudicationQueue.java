package org.diptych.service.adjudication;

import java.util.List;
import java.util.UUID;
import org.diptych.service.account.CampaignAccess;
import org.diptych.service.account.SignedIn;
import org.diptych.service.assignment.AssignmentView.Picture;
import org.diptych.service.campaign.CampaignName;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Which pairs wait for a verdict, those first where one is worth most. A pair waits when nobody is asked for an answer to it
 * any more, its annotators disagree on a dimension under the campaign's version of the protocol, and no verdict holds. First
 * come pairs whose verdict fell to an objection.
 *
 * <p>The value of a decision is the number of wrong verdicts of the dataset that it is expected to put right:
 *
 * <pre>
 * value = use × Σ over dimensions (1 − max over verdicts P(verdict | answers))
 * P(verdict | answers) ∝ 9 ^ (answers that gave it), over first, second, tie and both bad
 * </pre>
 *
 * <p>The sum is the posterior doubt where each verdict is as likely as another before anybody answers and an annotator is
 * right in three of four cases, otherwise wrong in each way alike: the odds of one answer are (3/4) / (1/12) = 9. The use is 2
 * in the uniform stratum, whose verdicts train models and measure them, and 1 elsewhere, where they train only.
 *
 * <p>It follows from the answers to the pair alone and is written when one of them comes. A list is a walk along an index.
 */
@Service
@Transactional(readOnly = true)
public class AdjudicationQueue {
    /** More pairs than this are not counted. */
    public static final int MOST_COUNTED = 1_000;

    private static final String WAITING = """
            FROM adjudication_queue q WHERE q.campaign_id = :campaign
                AND q.protocol_sha256 = (SELECT protocol_sha256 FROM campaign WHERE id = :campaign)
                AND q.waiting AND NOT EXISTS (
                SELECT 1 FROM label own WHERE own.pair_id = q.pair_id AND own.annotator_id = :who AND own.kind = 'ANSWER')""";

    private final JdbcClient jdbc;
    private final CampaignAccess access;

    AdjudicationQueue(JdbcClient jdbc, CampaignAccess access) {
        this.jdbc = jdbc;
        this.access = access;
    }

    /** The first pairs that this person may decide, at most {@code limit}. Pairs of their own answers are not among them. */
    public List<WaitingPair> next(SignedIn who, UUID campaign, int limit) {
        access.requireAdjudicator(who, campaign);
        return jdbc.sql("""
                        SELECT n.*, i.instruction, i.category, s.sha256, s.width, s.height, s.remade_by
                        FROM (SELECT q.* %s ORDER BY q.again DESC, q.value DESC, q.pair_id LIMIT :limit) n
                        JOIN pair p ON p.id = n.pair_id JOIN item i ON i.id = p.item_id
                        JOIN image s ON s.sha256 = i.source_sha256
                        ORDER BY n.again DESC, n.value DESC, n.pair_id""".formatted(WAITING))
                .param("campaign", campaign)
                .param("who", who.id())
                .param("limit", limit)
                .query((row, number) -> new WaitingPair(
                        row.getObject("pair_id", UUID.class),
                        row.getString("instruction"),
                        row.getString("category"),
                        Picture.of(
                                row.getString("sha256"),
                                row.getInt("width"),
                                row.getInt("height"),
                                row.getInt("remade_by")),
                        row.getDouble("value"),
                        row.getInt("labels"),
                        row.getBoolean("again")))
                .list();
    }

    /** Digest of the version that verdicts are given under. */
    public String protocol(SignedIn who, UUID campaign) {
        access.requireAdjudicator(who, campaign);
        return jdbc.sql("SELECT protocol_sha256 FROM campaign WHERE id = ?")
                .param(campaign)
                .query(String.class)
                .single();
    }

    /** The campaigns that are not archived in which somebody decides what others disagree on, by name. */
    public List<CampaignName> campaigns(SignedIn who) {
        return jdbc.sql("""
                        SELECT c.id, c.name FROM campaign c JOIN campaign_member m ON m.campaign_id = c.id
                        WHERE m.account_id = ? AND m.role = 'ADJUDICATOR' AND c.archived_at IS NULL ORDER BY c.name""")
                .param(who.id())
                .query((row, number) -> new CampaignName(row.getObject("id", UUID.class), row.getString("name")))
                .list();
    }

    /** How many pairs wait for this person; {@link #MOST_COUNTED} stands for that many or more. */
    public int waiting(SignedIn who, UUID campaign) {
        access.requireAdjudicator(who, campaign);
        return jdbc.sql("SELECT count(*) FROM (SELECT 1 " + WAITING + " LIMIT :most) counted")
                .param("campaign", campaign)
                .param("who", who.id())
                .param("most", MOST_COUNTED)
                .query(Integer.class)
                .single();
    }
}
