package org.diptych.service.pair;

/** How an annotator is called while their name is hidden: the same on every page of a campaign, another in each campaign. */
final class Pseudonym {
    private Pseudonym() {}

    /** The pseudonym of {@code l.annotator_id} in {@code l.campaign_id}, as an expression of the database. */
    static final String EXPRESSION =
            "left(encode(sha256(convert_to(l.campaign_id::text || l.annotator_id, 'UTF8')), 'hex'), 6)";
}
