package org.diptych.service.campaign;

import java.util.UUID;
import org.diptych.service.account.SignedIn;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/**
 * Tells annotators how far they and the campaign are: the one place for every number that they see beside their work.
 *
 * <p>What others hold and have answered may be some seconds old: it is counted beside the requests, and none of them waits
 * for it but the first of a campaign that nobody was in. What the annotator holds and has answered is exact at each call
 * ({@link OwnAnswers}), gold like any other pair: every claim takes one from {@code open} and every answer adds one to
 * {@code filled}, at the same moment, whatever the pair was. Else the counts would tell which pair was gold. They are off by
 * the annotator's own gold pairs at most; nothing but the display depends on them, and leads see exact ones. No transaction
 * is around both readings: who waits for the first holds no connection.
 */
@Service
public class AnnotatorProgressService {
    private final CampaignCounts counts;
    private final OwnAnswers answers;

    public AnnotatorProgressService(CampaignCounts counts, JdbcClient jdbc) {
        this.counts = counts;
        this.answers = new OwnAnswers(jdbc);
    }

    /** Progress of the annotator in the campaign. */
    public AnnotatorProgress of(SignedIn who, UUID campaign) {
        var known = counts.recently(campaign);
        var all = known.allSlots();
        var before = known.heldBy(who.id());
        var own = answers.of(who.id(), campaign);
        // answered: what fills a slot, and gold as if it did
        long filled = all.filled() - before.filled() + own.answered();
        long held = all.leased() - before.leased() + own.held();
        return new AnnotatorProgress(
                own.mine(),
                own.today(),
                Math.max(0, all.wanted() - filled - held),
                all.wanted(),
                Math.min(all.wanted(), filled));
    }
}
