package org.diptych.service.health;

import java.util.HashMap;
import java.util.List;
import java.util.UUID;
import org.diptych.service.account.SignedIn;
import org.diptych.service.campaign.CampaignName;
import org.diptych.service.campaign.CampaignProgressService;
import org.diptych.service.campaign.CampaignProgressService.Counted;
import org.diptych.service.campaign.CampaignSummary;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** The campaigns of a lead with how they stand. However many labels there are, none is read for it. */
@Service
public class CampaignHome {
    /** Slots and labels that are counted in no time, and then as they are at this moment. */
    private static final long FEW = 20_000;

    private final CampaignProgressService progress;
    private final CampaignHealths healths;

    CampaignHome(CampaignProgressService progress, CampaignHealths healths) {
        this.progress = progress;
        this.healths = healths;
    }

    /**
     * A campaign as one line.
     *
     * @param health how it stood when that was last read; null before the first time
     */
    public record Line(CampaignSummary campaign, @Nullable CampaignHealth health) {}

    /**
     * The campaigns somebody leads, newest first; all of them for an administrator.
     *
     * @param archived those that are archived, or those that are not
     */
    public List<Line> of(SignedIn who, boolean archived) {
        var known = healths.of(
                progress.names(who, archived).stream().map(CampaignName::id).toList());
        var counted = new HashMap<UUID, Counted>();
        known.forEach((id, health) -> {
            if (health.labels() + health.wanted() >= FEW) {
                counted.put(id, new Counted(health.pairs(), health.filled(), health.wanted(), health.lastSeen()));
            }
        });
        return progress.summaries(who, archived, counted).stream()
                .map(campaign -> new Line(campaign, known.get(campaign.id())))
                .toList();
    }
}
