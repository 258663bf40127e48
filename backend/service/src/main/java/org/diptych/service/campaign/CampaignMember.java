package org.diptych.service.campaign;

import java.time.Instant;
import java.util.UUID;

/**
 * A member of a campaign.
 *
 * @param account who
 * @param name what they sign in with
 * @param displayName what leads see
 * @param role what they do in the campaign
 * @param simulated whether a program answers in their place
 * @param labels answers of theirs in the campaign that nobody superseded
 * @param joinedAt since when
 */
public record CampaignMember(
        UUID account,
        String name,
        String displayName,
        MemberRole role,
        boolean simulated,
        long labels,
        Instant joinedAt) {}
