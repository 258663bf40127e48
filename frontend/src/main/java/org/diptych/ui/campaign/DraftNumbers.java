package org.diptych.ui.campaign;

import org.diptych.service.campaign.CheckedPairs;
import org.diptych.service.campaign.MemberRole;
import org.diptych.service.draft.DraftChoices;

/**
 * What a campaign to be will take.
 *
 * @param pairs that are to be labelled
 * @param uniform of them, drawn at random for measurement
 * @param known pairs with a known answer, which teach or check
 * @param labels judgements that the queue asks for
 * @param gold judgements of gold pairs among them and beside
 * @param hours of work
 * @param days of five hours, with everybody at work
 * @param annotators who are in it so far
 */
record DraftNumbers(
        long pairs, long uniform, long known, long labels, long gold, double hours, double days, long annotators) {
    private static final double SECONDS_IN_HOUR = 3_600;
    private static final double HOURS_IN_DAY = 5;

    /** Pairs without a known answer. */
    static long toLabel(CheckedPairs checked) {
        long known = checked.contents().known().values().stream()
                .mapToLong(Long::longValue)
                .sum();
        return Math.max(0, checked.report().pairs() - known);
    }

    /** @param seconds that a judgement takes */
    static DraftNumbers of(DraftChoices choices, CheckedPairs checked, double seconds) {
        var settings = choices.settings();
        var byUse = checked.contents().known();
        long known = byUse.values().stream().mapToLong(Long::longValue).sum();
        long pairs = toLabel(checked);
        long uniform = Math.round(pairs * settings.uniformShare());
        long labels = uniform * settings.uniformLabels() + (pairs - uniform) * settings.acquiredLabels();
        double rate = byUse.getOrDefault("gold", 0L) == 0 ? 0 : choices.gold().rate();
        long gold = Math.round(labels * rate / (1 - rate));
        double hours = (labels + gold) * seconds / SECONDS_IN_HOUR;
        long annotators = choices.people().stream()
                .filter(person -> person.role() == MemberRole.ANNOTATOR)
                .count();
        return new DraftNumbers(
                pairs, uniform, known, labels, gold, hours, hours / HOURS_IN_DAY / Math.max(1, annotators), annotators);
    }
}
