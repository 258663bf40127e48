package org.diptych.service.campaign;

/** What may be done in a campaign. */
public enum CampaignState {
    /** Pairs are handed out and labels accepted. */
    OPEN,
    /** No pairs are handed out, also not again; labels for pairs that are out are accepted. */
    PAUSED,
    /** Finished: nothing is handed out or imported, no lease is extended, and no label fills a slot any more. */
    CLOSED
}
