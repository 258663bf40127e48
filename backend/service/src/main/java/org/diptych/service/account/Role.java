package org.diptych.service.account;

/** What a person may do across the installation; what they may do in a campaign is its membership. */
public enum Role {
    /** Everything, everywhere. */
    ADMIN,
    /** Creates campaigns; leads those they are a lead of. */
    LEAD,
    /** Labels in the campaigns they are a member of. */
    ANNOTATOR
}
