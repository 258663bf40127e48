package org.diptych.service.account;

import java.util.Locale;
import java.util.UUID;
import org.diptych.service.problem.Problem;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Whether somebody may touch a campaign: by membership, whatever their role; administrators may touch all. It is one statement,
 * and is asked in the caller's transaction or in none.
 */
@Service
@Transactional(propagation = Propagation.SUPPORTS, readOnly = true)
public class CampaignAccess {
    private final JdbcClient jdbc;

    CampaignAccess(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Requires membership as an annotator or a lead. */
    public void requireMember(SignedIn who, UUID campaign) {
        require(who, campaign, "ANNOTATOR");
    }

    /** Requires membership as an adjudicator or a lead. */
    public void requireAdjudicator(SignedIn who, UUID campaign) {
        require(who, campaign, "ADJUDICATOR");
    }

    /** Requires membership as a lead. */
    public void requireLead(SignedIn who, UUID campaign) {
        require(who, campaign, "LEAD");
    }

    /** Whether {@link #requireLead} would pass. */
    public boolean isLead(SignedIn who, UUID campaign) {
        return who.role() == Role.ADMIN || "LEAD".equals(membership(who, campaign));
    }

    private void require(SignedIn who, UUID campaign, String least) {
        var membership = membership(who, campaign);
        if (membership.equals("UNKNOWN")) {
            throw Problem.notFound("unknown_campaign", "There is no campaign " + campaign + ".");
        }
        if (who.role() == Role.ADMIN || membership.equals("LEAD") || membership.equals(least)) {
            return;
        }
        throw Problem.forbidden(
                "not_a_member",
                "You are not " + (least.equals("LEAD") ? "a " : "an ") + least.toLowerCase(Locale.ROOT)
                        + " of this campaign. Ask its lead to add you.");
    }

    private String membership(SignedIn who, UUID campaign) {
        return jdbc.sql("""
                        SELECT coalesce(m.role, 'NONE') FROM campaign c
                        LEFT JOIN campaign_member m ON m.campaign_id = c.id AND m.account_id = ? WHERE c.id = ?""")
                .params(who.id(), campaign)
                .query(String.class)
                .optional()
                .orElse("UNKNOWN");
    }
}
