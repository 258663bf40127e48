package org.diptych.service.assignment;

import java.util.Optional;
import java.util.UUID;
import org.diptych.service.account.CampaignAccess;
import org.diptych.service.account.Role;
import org.diptych.service.account.SignedIn;
import org.diptych.service.campaign.CampaignState;
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
 * Whoever <em>waits</em>, waits in this order: submit, skip, correction, heartbeat, renewal and the removal of a member.
 * A batch of acquisition waits for slots alone, and changes no slot that it has not locked in their order.
 *
 * <p>Whoever <em>looks for something to take</em> comes from the other side, slot first, and so never waits
 * ({@code SKIP LOCKED}): a claim, whose assignment is its own annotator's, behind their turn; and the reclaim of leases
 * that ran out, which touches others' assignments and is done by one claim of a campaign at a time, so that no two wait
 * for what the other only looked at. A lease that its annotator is answering at that moment is passed over, so a late
 * answer wins. Membership and the campaign's state are read when the turn has come: what was taken away before holds.
 */
@Repository
class Turns {
    private final CampaignAccess access;
    private final JdbcClient jdbc;

    Turns(CampaignAccess access, JdbcClient jdbc) {
        this.access = access;
        this.jdbc = jdbc;
    }

    /** Waits until nothing else of the annotator is under way in the campaign; holds until the transaction ends. */
    void await(UUID annotator, UUID campaign) {
        jdbc.sql("SELECT pg_advisory_xact_lock(hashtextextended(? || ?, 0))")
                .params(annotator.toString(), campaign.toString())
                .query((row, number) -> 0)
                .single();
    }

    /**
     * The turn of a member.
     *
     * @return how the campaign stands now
     */
    CampaignState take(SignedIn who, UUID campaign) {
        await(who.id(), campaign);
        Optional<CampaignState> state = jdbc.sql("""
                        SELECT c.state FROM campaign c WHERE c.id = :campaign AND (:everywhere OR EXISTS (
                            SELECT 1 FROM campaign_member m WHERE m.campaign_id = c.id AND m.account_id = :annotator))""")
                .param("campaign", campaign)
                .param("everywhere", who.role() == Role.ADMIN)
                .param("annotator", who.id())
                .query(CampaignState.class)
                .optional();
        if (state.isPresent()) {
            return state.get();
        }
        access.requireMember(who, campaign);
        // they became a member this moment
        return take(who, campaign);
    }

    /**
     * The turn of the annotator of an assignment.
     *
     * @return whether the annotator has such an assignment
     */
    boolean takeFor(UUID assignment, UUID annotator) {
        return !jdbc.sql("""
                        SELECT pg_advisory_xact_lock(hashtextextended(annotator_id::text || campaign_id, 0)) FROM assignment
                        WHERE id = ? AND annotator_id = ?""")
                .params(assignment, annotator)
                .query((row, number) -> 0)
                .list()
                .isEmpty();
    }
}
