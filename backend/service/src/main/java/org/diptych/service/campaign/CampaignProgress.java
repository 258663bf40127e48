package org.diptych.service.campaign;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How far a campaign is.
 *
 * @param id the campaign
 * @param name its name
 * @param state {@code OPEN}, {@code PAUSED} or {@code CLOSED}
 * @param protocol reference of its protocol
 * @param items number of instructions with their source image
 * @param pairs number of pairs
 * @param slots per stratum ({@code UNIFORM}, {@code ACQUIRED}, …) how many slots are in which state
 * @param labels judgements that count (superseded ones do not)
 * @param skips pairs passed over by somebody who has not answered them since
 * @param flagged judgements and skips that their annotator flagged
 * @param annotators people who have answered or skipped at least once
 * @param annotatorsToday people who answered or skipped since midnight where the reader lives
 * @param medianActiveSeconds median active time of a judgement, or null before the first
 * @param lastLabelAt when the last judgement came in, or null before the first
 * @param days judgements of each day (where the reader lives) that had any, oldest first, at most 60
 * @param retrainEvery new judgements after which a model is trained
 * @param labelsSinceTraining judgements beyond those that the last training froze: at {@code retrainEvery} the next begins
 * @param stuck pairs that wait in vain
 */
public record CampaignProgress(
        UUID id,
        String name,
        String state,
        String protocol,
        long items,
        long pairs,
        Map<String, SlotCount> slots,
        long labels,
        long skips,
        long flagged,
        long annotators,
        long annotatorsToday,
        @Nullable Double medianActiveSeconds,
        @Nullable Instant lastLabelAt,
        List<Day> days,
        int retrainEvery,
        long labelsSinceTraining,
        StuckPairs stuck) {
    /** The slots of one stratum; none when the campaign has none of it. */
    public SlotCount slots(String stratum) {
        return slots.getOrDefault(stratum, SlotCount.NONE);
    }

    /** The slots of all strata together. */
    public SlotCount allSlots() {
        return slots.values().stream().reduce(SlotCount.NONE, SlotCount::plus);
    }

    /**
     * The judgements of one day.
     *
     * @param date the day
     * @param labels how many
     */
    public record Day(LocalDate date, long labels) {}
}
