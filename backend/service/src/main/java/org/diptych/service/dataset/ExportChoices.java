package org.diptych.service.dataset;

import java.util.List;
import java.util.UUID;
import org.diptych.service.account.CampaignAccess;
import org.diptych.service.account.SignedIn;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What a filter of a campaign's labels may name. */
@Service
public class ExportChoices {
    /** More names than anybody picks from a list; what is not among them can be typed. */
    private static final int MOST = 500;

    private final CampaignAccess access;
    private final JdbcClient jdbc;

    ExportChoices(CampaignAccess access, JdbcClient jdbc) {
        this.access = access;
        this.jdbc = jdbc;
    }

    /** Names of the campaign's annotators, of at most so many as fit a list. */
    @Transactional(readOnly = true)
    public List<String> annotators(SignedIn who, UUID campaign) {
        access.requireLead(who, campaign);
        return jdbc.sql("""
                        SELECT a.name FROM campaign_member m JOIN account a ON a.id = m.account_id
                        WHERE m.campaign_id = ? AND m.role = 'ANNOTATOR' ORDER BY a.name LIMIT ?""").params(campaign, MOST).query(String.class).list();
    }
}
