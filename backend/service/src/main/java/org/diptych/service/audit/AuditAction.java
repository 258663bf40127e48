package org.diptych.service.audit;

import java.util.Locale;

/** What can be done that must be answered for. Codes are stored: an action that was published keeps its name. */
public enum AuditAction {
    SIGNIN_ACCEPTED,
    SIGNIN_REFUSED,
    ACCOUNT_CREATED,
    ACCOUNT_DISABLED,
    ACCOUNT_ENABLED,
    ACCOUNT_SIGNED_OUT,
    PASSWORD_CHANGED,
    PASSWORD_RESET,
    TOKEN_CREATED,
    TOKEN_REVOKED,
    PROTOCOL_PUBLISHED,
    CAMPAIGN_CREATED,
    CAMPAIGN_IMPORTED,
    CAMPAIGN_RENAMED,
    CAMPAIGN_CLONED,
    CAMPAIGN_ARCHIVED,
    CAMPAIGN_RESTORED,
    CAMPAIGN_SETTINGS,
    CAMPAIGN_STATE,
    CAMPAIGN_PROTOCOL,
    MEMBER_ADDED,
    MEMBER_ROLE,
    MEMBER_REMOVED,
    MEMBERS_SIMULATED,
    GOLD_SETTINGS,
    ANSWER_KNOWN,
    ANSWER_WITHDRAWN,
    TRY_GRANTED,
    PAIR_REVEALED,
    PAIR_TAKEN_OUT,
    PAIR_PUT_BACK,
    MESSAGE_ANSWERED,
    MESSAGE_DISMISSED,
    MESSAGE_REOPENED,
    TRAINING_REQUESTED,
    TRAINING_CANCELLED,
    MODEL_PROMOTED,
    ALERT_ACKNOWLEDGED,
    ALERT_BOUNDS,
    ALERT_SUBSCRIPTION,
    WEBHOOK_CREATED,
    WEBHOOK_REMOVED,
    WEBHOOK_TESTED;

    /** How it is stored and exported, e.g. {@code campaign.settings}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replaceFirst("_", ".");
    }
}
