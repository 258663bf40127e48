package org.diptych.service.campaign;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.diptych.service.campaign.CampaignProgress.Day;
import org.jspecify.annotations.Nullable;

/**
 * All that is counted of a campaign, as of one moment: every page, interface and rule takes its numbers from here, so that
 * they mean the same. Nothing in it depends on who reads; what does (days begin where the reader is) is derived.
 *
 * @param items number of instructions with their source image
 * @param pairs number of pairs
 * @param slots by stratum, the uniform one first
 * @param holders by annotator, the slots that they hold or have filled
 * @param annotators what the people did who have answered or skipped at least once
 * @param quarters judgements that count by the quarter of an hour in which they came, which is as fine as time zones differ
 * @param skips pairs passed over by somebody who has not answered them since
 * @param flagged judgements and skips that their annotator flagged
 * @param medianActiveSeconds median active time of a judgement, or null before the first
 * @param lastLabelAt when the last judgement came in, or null before the first
 * @param labelsSinceTraining judgements that models learn from, beyond those that the last training froze
 * @param stuck pairs that wait in vain
 */
public record CampaignFigures(
        long items,
        long pairs,
        Map<String, SlotCount> slots,
        Map<UUID, SlotCount> holders,
        Map<UUID, Work> annotators,
        SortedMap<Instant, Long> quarters,
        long skips,
        long flagged,
        @Nullable Double medianActiveSeconds,
        @Nullable Instant lastLabelAt,
        long labelsSinceTraining,
        StuckPairs stuck) {
    /**
     * What somebody did.
     *
     * @param labels their judgements that count (superseded ones do not)
     * @param lastAt when they last answered or skipped
     */
    public record Work(long labels, Instant lastAt) {}

    /** The slots of all strata together. */
    public SlotCount allSlots() {
        return slots.values().stream().reduce(SlotCount.NONE, SlotCount::plus);
    }

    /** The slots that an annotator holds or has filled. */
    public SlotCount heldBy(UUID annotator) {
        return holders.getOrDefault(annotator, SlotCount.NONE);
    }

    /** Judgements that count (superseded ones do not). */
    public long labels() {
        return annotators.values().stream().mapToLong(Work::labels).sum();
    }

    /** An annotator's judgements that count. */
    public long labelsOf(UUID annotator) {
        var work = annotators.get(annotator);
        return work == null ? 0 : work.labels();
    }

    /** People who have answered or skipped since. */
    public long annotatorsSince(Instant moment) {
        return annotators.values().stream()
                .filter(work -> !work.lastAt().isBefore(moment))
                .count();
    }

    /**
     * The latest days that had judgements, oldest first.
     *
     * @param zone where days begin
     * @param most how many at most
     */
    public List<Day> days(ZoneId zone, int most) {
        var days = new TreeMap<LocalDate, Long>();
        quarters.forEach((quarter, labels) -> days.merge(LocalDate.ofInstant(quarter, zone), labels, Long::sum));
        return days.entrySet().stream()
                .skip(Math.max(0, days.size() - most))
                .map(day -> new Day(day.getKey(), day.getValue()))
                .toList();
    }
}
