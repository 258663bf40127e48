package org.diptych.service.agreement;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Agreement in a campaign, under its one protocol version.
 *
 * @param protocol reference of the protocol, e.g. {@code edit-preference-v1}
 * @param protocolSha256 its digest
 * @param labels current labels that were read
 * @param at when it was computed
 * @param strata the uniform stratum first (quote that one: acquired pairs are hard by choice), then all labels
 */
public record CampaignAgreement(String protocol, String protocolSha256, long labels, Instant at, List<Stratum> strata) {
    /**
     * Agreement in a part of the labels.
     *
     * @param name {@code uniform} or {@code all}
     * @param labels current labels in it
     * @param dimensions the protocol's dimensions and, last, {@code overall}
     */
    public record Stratum(String name, long labels, List<DimensionAgreement> dimensions) {}

    /**
     * Agreement on one dimension.
     *
     * @param dimension its id, or {@code overall}
     * @param ratings agreement of the ratings: the unit is one image of a pair; null where nobody rates
     * @param verdicts agreement of the verdicts: the unit is the pair
     */
    public record DimensionAgreement(
            String dimension, @Nullable Reading ratings, Reading verdicts) {}

    /**
     * Krippendorff's alpha, Gwet's coefficient and the plain share of agreeing pairs of answers, always together.
     *
     * @param alpha ordinal for ratings, nominal for verdicts
     * @param gwet AC2 with quadratic weights for ratings, AC1 for verdicts
     * @param percent share of agreeing pairs of answers
     * @param units things answered at least once
     * @param pairable things answered by two or more
     * @param ratings answers
     */
    public record Reading(Figure alpha, Figure gwet, Figure percent, long units, long pairable, long ratings) {}

    /**
     * A figure with its 95 % interval (bootstrap over units), or the reason why there is none.
     *
     * @param value null when undefined
     * @param low null when there is no interval
     * @param high null when there is no interval
     * @param reason why the value is undefined, for people
     */
    public record Figure(
            @Nullable Double value,
            @Nullable Double low,
            @Nullable Double high,
            @Nullable String reason) {}
}
