package org.diptych.service.assignment;

import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Gives annotators their turn: one thing at a time for one annotator in one campaign, whatever the number of tabs and
 * retries. This is the first lock of everything that acts on a lease, and here is the one order of all of them:
 *
 * <ol>
 *   <li>the annotator's turn in the campaign;
 *   <li>rows of {@code assignment}, by id;
 *   <li>rows of {@code slot}, by pair and ordinal.
 * </ol>
 *
 * Whoever <em>waits</em>, waits in this order: submit, skip, correction, heartbeat, renewal, the removal of a member and the pause of one, which is then
 * read by every claim behind it.
 * A label and a claim in one transaction lock all that their annotator holds before the label.
 * A batch of acquisition waits for slots alone, and changes no slot that it has not locked in their order; one that it
 * found open and that was leased meanwhile it locks all the same. It and a lead who takes a pair out, or puts it back, wait
 * for rows of {@code pair} before any slot: nothing else waits for those.
 *
 * <p>Whoever <em>looks for something to take</em> comes from the other side, slot first, and so never waits
 * ({@code SKIP LOCKED}): a claim, whose assignment is its own annotator's, behind their turn; and the reclaim of leases
 * that ran out, which touches others' assignments and is done by one claim of a campaign at a time, so that no two wait
 * for what the other only looked at. A lease that its annotator is answering at that moment is passed over, so a late
 * answer wins. A lease is read as it is when the turn has come: the end of a membership, which takes the leases along,
 * holds for everything that waited behind it.
 */
@Repository
class Turns {
    /** Waits for the turn of {@code :annotator} in {@code :campaign}, for what follows it in the same trip. */
    static final String AWAIT =
            "SELECT pg_advisory_xact_lock(hashtextextended((:annotator)::uuid::text || (:campaign)::uuid::text, 0))";

    private final JdbcClient jdbc;

    Turns(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Waits until nothing else of the annotator is under way in the campaign; holds until the transaction ends. */
    void await(UUID annotator, UUID campaign) {
        jdbc.sql("SELECT pg_advisory_xact_lock(hashtextextended(? || ?, 0))")
                .params(annotator.toString(), campaign.toString())
                .query((row, number) -> 0)
                .single();
    }
}
