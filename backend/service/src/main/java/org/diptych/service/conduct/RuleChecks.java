package org.diptych.service.conduct;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.diptych.statistics.annotator.ChangePoint;

/** The arithmetic of the rules: labels in, evidence out. */
final class RuleChecks {
    private static final double MILLISECONDS = 1_000;
    /** As many as a rule can ask for; of more, the latest. */
    private static final int MOST_LABELS = 200;

    private RuleChecks() {}

    /**
     * A label, as rules see it.
     *
     * @param skip whether the pair was left unanswered
     * @param milliseconds active time
     */
    record Work(UUID label, long sequence, boolean skip, long milliseconds) {}

    /**
     * An answer to gold.
     *
     * @param at when it was given
     * @param score 0 to 1
     */
    record GoldAnswer(UUID label, long sequence, Instant at, double score) {}

    /**
     * A judgement beside those of others.
     *
     * @param at when it was given
     * @param same which share of the others said the same
     */
    record Compared(UUID label, Instant at, double same) {}

    /**
     * Mean score under the bound. Fewer answers than the rule asks for say nothing.
     *
     * @param answers latest first
     */
    static Optional<RuleEvidence> gold(AnnotatorRules.Gold rule, List<GoldAnswer> answers) {
        if (answers.size() < rule.last()) {
            return Optional.empty();
        }
        var last = answers.subList(0, rule.last());
        double accuracy = last.stream().mapToDouble(GoldAnswer::score).average().orElseThrow();
        if (accuracy >= rule.below()) {
            return Optional.empty();
        }
        return Optional.of(new RuleEvidence(
                Cause.GOLD,
                rule.action(),
                figures("accuracy", accuracy, "answers", rule.last(), "below", rule.below()),
                last.stream()
                        .filter(answer -> answer.score() < 1)
                        .map(GoldAnswer::label)
                        .toList(),
                last.getFirst().sequence()));
    }

    /**
     * Median time of answers under the bound.
     *
     * @param answers latest first
     */
    static Optional<RuleEvidence> fast(AnnotatorRules.Fast rule, List<Work> answers) {
        if (answers.size() < rule.last()) {
            return Optional.empty();
        }
        var last = answers.subList(0, rule.last());
        var sorted = last.stream().mapToLong(Work::milliseconds).sorted().toArray();
        int middle = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2.0;
        double seconds = median / MILLISECONDS;
        if (seconds >= rule.seconds()) {
            return Optional.empty();
        }
        return Optional.of(new RuleEvidence(
                Cause.FAST,
                rule.action(),
                figures("seconds", seconds, "answers", rule.last(), "below", rule.seconds()),
                last.stream().map(Work::label).toList(),
                last.getFirst().sequence()));
    }

    /**
     * So many skips without an answer in between.
     *
     * @param work answers and skips that stand, latest first
     */
    static Optional<RuleEvidence> skips(AnnotatorRules.Skips rule, List<Work> work) {
        var row = work.stream().takeWhile(Work::skip).toList();
        if (row.size() < rule.inARow()) {
            return Optional.empty();
        }
        return Optional.of(new RuleEvidence(
                Cause.SKIPS,
                rule.action(),
                figures("skips", row.size(), "bound", rule.inARow()),
                row.stream().limit(MOST_LABELS).map(Work::label).toList(),
                row.getFirst().sequence()));
    }

    /**
     * Agreement that fell at some moment, more than chance explains. It rests on all judgements since, alike: those alone in
     * which the others differ would tell pair by pair what the others said.
     *
     * @param judgements in the order in which they were given
     * @param upTo the last label that was looked at
     */
    static Optional<RuleEvidence> drift(AnnotatorRules.Drift rule, List<Compared> judgements, long upTo) {
        return ChangePoint.of(judgements.stream().mapToDouble(Compared::same).toArray())
                .filter(ChangePoint::fell)
                .map(change -> new RuleEvidence(
                        Cause.DRIFT,
                        rule.action(),
                        figures(
                                "before", change.before(),
                                "after", change.after(),
                                "since", judgements.get(change.first()).at().toString(),
                                "pairs", change.cases(),
                                "pValue", change.pValue()),
                        judgements
                                .subList(Math.max(change.first(), judgements.size() - MOST_LABELS), judgements.size())
                                .stream()
                                .map(Compared::label)
                                .toList(),
                        upTo));
    }

    /** Names and values by turns; in this order they are stored and sent. */
    private static Map<String, Object> figures(Object... namesAndValues) {
        var figures = new LinkedHashMap<String, Object>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            figures.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return figures;
    }
}
