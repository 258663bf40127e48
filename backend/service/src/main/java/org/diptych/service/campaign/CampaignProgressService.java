package org.diptych.service.campaign;

import java.util.List;
import java.util.UUID;
import org.diptych.service.account.CampaignAccess;
import org.diptych.service.account.SignedIn;
import org.diptych.service.figures.SharedReading;
import org.springframework.stereotype.Service;

/**
 * What leads and annotators read about campaigns. Reads only; everything is computed from what is stored. No transaction
 * is around it: a page that waits for figures holds no connection.
 */
@Service
public class CampaignProgressService {
    private static final int MOST_KEPT = 1_000;

    private final CampaignProgressQueries queries;
    private final AnnotatorProgressService annotators;
    private final StuckPairsQuery stuckPairs;
    private final CampaignAccess access;
    private final SharedReading<Read, CampaignProgress> progress = new SharedReading<>(MOST_KEPT);
    private final SharedReading<UUID, StuckPairs> stuck = new SharedReading<>(MOST_KEPT);

    CampaignProgressService(
            CampaignProgressQueries queries,
            AnnotatorProgressService annotators,
            StuckPairsQuery stuckPairs,
            CampaignAccess access) {
        this.queries = queries;
        this.annotators = annotators;
        this.stuckPairs = stuckPairs;
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
        return queries.annotating(who).stream()
                .map(campaign -> new AnnotatorCampaign(
                        campaign.id(), campaign.name(), campaign.state(), annotators.of(who, campaign.id())))
                .toList();
    }

    /** How far a campaign is. Leads of the campaign only. */
    public CampaignProgress progress(SignedIn who, UUID campaign) {
        access.requireLead(who, campaign);
        return progress.get(new Read(campaign, who.id()), () -> queries.progress(who, campaign));
    }

    /** The pairs that nobody is left for. Leads of the campaign only. */
    public StuckPairs stuck(SignedIn who, UUID campaign) {
        access.requireLead(who, campaign);
        return stuck.get(campaign, () -> stuckPairs.of(campaign));
    }

    /** Days begin when they do where the reader is. */
    private record Read(UUID campaign, UUID reader) {}
}
