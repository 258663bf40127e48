package org.diptych.service.campaign;

/** What a member does in a campaign. */
public enum MemberRole {
    LEAD,
    ANNOTATOR,
    /** Decides what annotators disagree on; sees that and nothing else of the campaign. */
    ADJUDICATOR
}
