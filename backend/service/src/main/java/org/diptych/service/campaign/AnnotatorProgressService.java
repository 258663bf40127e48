package org.diptych.service.campaign;

import java.util.UUID;
import org.diptych.service.account.SignedIn;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/**
 * Tells annotators how far they and the campaign are: the one place for every number that they see beside their work.
 *
 * <p>What others hold and have answered may be some seconds old: it is counted beside the requests, and none of them waits
 * for it but the first of a campaign that nobody was in. What the annotator holds and has answered is read from
 * their own rows at each call, gold like any other pair: every claim takes one from {@code open} and every answer adds one
 * to {@code filled}, at the same moment, whatever the pair was. Else the counts would tell which pair was gold. They are
 * off by the annotator's own gold pairs at most; nothing but the display depends on them, and leads see exact ones. No
 * transaction is around both readings: who waits for the first holds no connection.
 */
@Service
public class AnnotatorProgressService {
    private final CampaignCounts counts;
    private final JdbcClient jdbc;

    public AnnotatorProgressService(CampaignCounts counts, JdbcClient jdbc) {
        this.counts = counts;
        this.jdbc = jdbc;
    }

    /** Progress of the annotator in the campaign. */
    public AnnotatorProgress of(SignedIn who, UUID campaign) {
        var known = counts.recently(campaign);
        var all = known.allSlots();
        var before = known.heldBy(who.id());
        // answered: what fills a slot, and gold as if it did
        return jdbc.sql("""
                        SELECT count(*) AS mine, count(*) FILTER (WHERE NOT extra) AS answered,
                               count(*) FILTER (WHERE answered_at >= (SELECT midnight_of(:annotator))) AS today,
                               (SELECT count(*) FROM assignment WHERE annotator_id = :annotator
                                    AND campaign_id = :campaign AND state = 'LEASED') AS held
                        FROM answered_pair WHERE annotator_id = :annotator AND campaign_id = :campaign""")
                .param("annotator", who.id())
                .param("campaign", campaign)
                .query((row, number) -> {
                    long filled = all.filled() - before.filled() + row.getLong("answered");
                    long held = all.leased() - before.leased() + row.getLong("held");
                    return new AnnotatorProgress(
                            row.getLong("mine"),
                            row.getLong("today"),
                            Math.max(0, all.wanted() - filled - held),
                            all.wanted(),
                            Math.min(all.wanted(), filled));
                })
                .single();
    }
}
