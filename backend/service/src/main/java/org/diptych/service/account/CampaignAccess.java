package org.diptych.service.account;

import java.util.Locale;
import java.util.UUID;
import org.diptych.service.problem.Problem;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Whether somebody may touch a campaign: by membership, whatever their role; administrators may touch all. Whoever is in
 * it, but not as what is asked for, hears so; everybody else hears the same as of a campaign that there is not. It is one statement,
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

    /** Whether somebody may know that the campaign is there: as a member of any kind, or as an administrator. */
    public boolean mayKnow(SignedIn who, UUID campaign) {
        var membership = membership(who, campaign);
        return !membership.equals("UNKNOWN") && (who.role() == Role.ADMIN || !membership.equals("NONE"));
    }

    /**
     * Requires that whoever holds something of a campaign still labels in it; they know it, so they are told that they were
     * removed.
     */
    public void requireStill(SignedIn who, UUID campaign) {
        if (membership(who, campaign).equals("NONE") && who.role() != Role.ADMIN) {
            throw notAMember("ANNOTATOR");
        }
        requireMember(who, campaign);
    }

    private void require(SignedIn who, UUID campaign, String least) {
        var membership = membership(who, campaign);
        boolean administers = who.role() == Role.ADMIN;
        // whoever is not in it is not to learn whether it is there
        if (membership.equals("UNKNOWN") || (membership.equals("NONE") && !administers)) {
            throw unknown(campaign);
        }
        if (!administers && !membership.equals("LEAD") && !membership.equals(least)) {
            throw notAMember(least);
        }
    }

    /** What is said of a campaign that is not there, and of one that is not theirs to know of: the same. */
    public static Problem unknown(UUID campaign) {
        return Problem.notFound(
                "unknown_campaign",
                "There is no campaign " + campaign + ", or you are not in it. Ask its lead to add you.");
    }

    private static Problem notAMember(String least) {
        return Problem.forbidden(
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
