package org.diptych.campaign;

import java.util.List;
import java.util.UUID;
import org.diptych.account.CampaignAccess;
import org.diptych.account.SignedIn;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What leads and annotators read about campaigns. Reads only; everything is computed from what is stored. */
@Service
@Transactional(readOnly = true)
public class CampaignProgressService {
    private final CampaignProgressQueries queries;
    private final CampaignAccess access;

    CampaignProgressService(CampaignProgressQueries queries, CampaignAccess access) {
        this.queries = queries;
        this.access = access;
    }

    /** The campaigns somebody leads, newest first; all of them for an administrator. */
    public List<CampaignName> names(SignedIn who) {
        return queries.names(who);
    }

    /** The same campaigns with their progress and active model. */
    public List<CampaignSummary> summaries(SignedIn who) {
        return queries.summaries(who);
    }

    /** The campaigns somebody may label in. */
    public List<AnnotatorCampaign> annotating(SignedIn who) {
        return queries.annotating(who);
    }

    /** How far a campaign is. Leads of the campaign only. */
    public CampaignProgress progress(SignedIn who, UUID campaign) {
        access.requireLead(who, campaign);
        return queries.progress(campaign);
    }
}
