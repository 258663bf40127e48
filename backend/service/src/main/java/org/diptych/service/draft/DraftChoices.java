package org.diptych.service.draft;

import java.util.List;
import java.util.UUID;
import org.diptych.service.campaign.CampaignSettings;
import org.diptych.service.campaign.MemberRole;
import org.diptych.service.quality.GoldSettings;
import org.jspecify.annotations.Nullable;

/**
 * What somebody has chosen for a campaign to be.
 *
 * @param step of the wizard that its maker was at, from 1
 * @param name of the campaign; may be empty until it is launched
 * @param addTo the campaign of that name into which the pairs go; null for a new one. Protocol, settings, gold and
 *     people of this draft do not count then
 * @param protocol reference of the protocol
 * @param settings overlap, leases, acquisition, retraining
 * @param gold share of gold, and whether annotators learn what was known
 * @param people who is to be in it beside its maker
 */
public record DraftChoices(
        int step,
        String name,
        @Nullable UUID addTo,
        String protocol,
        CampaignSettings settings,
        GoldSettings gold,
        List<Person> people) {
    private static final double USUAL_GOLD = 0.05;

    /** What a draft begins with. */
    public static final DraftChoices FIRST = new DraftChoices(
            1,
            "",
            null,
            "edit-preference-v1",
            CampaignSettings.DEFAULT,
            new GoldSettings(USUAL_GOLD, GoldSettings.Feedback.NONE),
            List.of());

    /** Copies the list. */
    public DraftChoices {
        people = List.copyOf(people);
    }

    /**
     * Somebody who is to be in the campaign.
     *
     * @param name of the account
     * @param displayName of an account that is to be made; null for one that is there
     */
    public record Person(String name, @Nullable String displayName, MemberRole role) {}

    /** What the check of the pairs depends on: another protocol may read known answers otherwise. */
    String checkedFor() {
        return addTo == null ? protocol : addTo.toString();
    }
}
