package org.diptych.service.campaign;

/** What a member does in a campaign. */
public enum MemberRole {
    LEAD,
    ANNOTATOR
}
