package org.diptych.service.campaign;

import java.util.UUID;

/** Somebody is no member of a campaign any more. Told within the transaction that removes them. */
public record MemberRemoved(UUID campaign, UUID account) {}
