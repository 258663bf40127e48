package org.diptych.service.conduct;

import java.util.Map;
import java.util.TreeMap;
import org.diptych.protocol.text.Sha256;
import org.diptych.service.problem.Problem;
import org.jspecify.annotations.Nullable;

/**
 * The rules of a campaign about its annotators' work. A rule that is null is off.
 *
 * @param gold gold accuracy too low
 * @param fast judgements too quick
 * @param skips too many skips in a row
 * @param drift agreement with the others fell
 */
public record AnnotatorRules(
        @Nullable Gold gold,
        @Nullable Fast fast,
        @Nullable Skips skips,
        @Nullable Drift drift) {
    /** No rule: what holds for a campaign whose leads have chosen nothing. */
    public static final AnnotatorRules NONE = new AnnotatorRules(null, null, null, null);

    /** Warnings alone, for what is far from usual. */
    public static final AnnotatorRules WATCH = new AnnotatorRules(
            new Gold(0.6, 20, RuleAction.WARN),
            new Fast(3, 30, RuleAction.WARN),
            new Skips(10, RuleAction.WARN),
            new Drift(RuleAction.WARN));

    /** Pauses for gold and haste, warnings for the rest. */
    public static final AnnotatorRules STRICT = new AnnotatorRules(
            new Gold(0.7, 20, RuleAction.PAUSE),
            new Fast(3, 30, RuleAction.PAUSE),
            new Skips(8, RuleAction.WARN),
            new Drift(RuleAction.WARN));

    private static final int MOST = 200;
    private static final int LEAST_LAST = 5;
    private static final int MOST_SECONDS = 600;

    /** The presets by name. */
    public static Map<String, AnnotatorRules> presets() {
        return new TreeMap<>(Map.of("none", NONE, "watch", WATCH, "strict", STRICT));
    }

    /**
     * Mean score of the latest answers to gold.
     *
     * @param below under this, in (0, 1]
     * @param last over so many answers, 5..200
     */
    public record Gold(double below, int last, RuleAction action) {}

    /**
     * Median time of the latest answers.
     *
     * @param seconds under this, in (0, 600]
     * @param last over so many answers, 5..200
     */
    public record Fast(double seconds, int last, RuleAction action) {}

    /**
     * Skips one after the other.
     *
     * @param inARow so many, 2..200
     */
    public record Skips(int inARow, RuleAction action) {}

    /** A fall of agreement that chance does not explain ({@link org.diptych.statistics.annotator.ChangePoint}). */
    public record Drift(RuleAction action) {}

    /** Tells these rules from others: what a lead has read, and changes only if it is still so. */
    public String tag() {
        return Sha256.hexadecimal(toString()).substring(0, 16);
    }

    /** Whether there is any. */
    public boolean any() {
        return !equals(NONE);
    }

    /**
     * These rules.
     *
     * @throws Problem {@code invalid_rules} naming the first field that is out of range
     */
    AnnotatorRules checked() {
        if (gold != null) {
            require(gold.below() > 0 && gold.below() <= 1, "gold.below", "a share over 0, at most 1");
            require(gold.last() >= LEAST_LAST && gold.last() <= MOST, "gold.last", "a whole number from 5 to 200");
            requireAction(gold.action(), "gold.action");
        }
        if (fast != null) {
            require(
                    fast.seconds() > 0 && fast.seconds() <= MOST_SECONDS,
                    "fast.seconds",
                    "a number over 0, at most 600");
            require(fast.last() >= LEAST_LAST && fast.last() <= MOST, "fast.last", "a whole number from 5 to 200");
            requireAction(fast.action(), "fast.action");
        }
        if (skips != null) {
            require(skips.inARow() >= 2 && skips.inARow() <= MOST, "skips.inARow", "a whole number from 2 to 200");
            requireAction(skips.action(), "skips.action");
        }
        if (drift != null) {
            requireAction(drift.action(), "drift.action");
        }
        return this;
    }

    private static void requireAction(@Nullable RuleAction action, String field) {
        require(action != null, field, "WARN or PAUSE");
    }

    private static void require(boolean condition, String field, String expected) {
        if (!condition) {
            throw Problem.invalid("invalid_rules", field, field + " must be " + expected + ".");
        }
    }
}
