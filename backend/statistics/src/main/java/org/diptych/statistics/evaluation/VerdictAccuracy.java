package org.diptych.statistics.evaluation;

import java.util.Arrays;

/** Exact-match accuracy of a judge that answers with a verdict (first, second, tie, both bad) instead of a score. */
public final class VerdictAccuracy {

    /** Stands for a judge's answer that could not be read: counted, and always wrong. */
    public static final int NO_VERDICT = -1;

    private VerdictAccuracy() {}

    /**
     * @param human the human verdict of each pair, 0 .. verdicts - 1
     * @param judge the judge's verdict of the same pairs, or {@link #NO_VERDICT}
     * @throws IllegalArgumentException when the lengths differ or a human verdict is out of range
     */
    public static Accuracy of(int[] human, int[] judge, int verdicts) {
        if (human.length != judge.length) {
            throw new IllegalArgumentException("Need one human and one judge's verdict per pair, but got %d and %d"
                    .formatted(human.length, judge.length));
        }
        int[] count = new int[verdicts];
        int right = 0;
        for (int pair = 0; pair < human.length; pair++) {
            if (human[pair] < 0 || human[pair] >= verdicts) {
                throw new IllegalArgumentException(
                        "Pair %d: human verdict must be 0 to %d, not %d".formatted(pair, verdicts - 1, human[pair]));
            }
            count[human[pair]]++;
            if (human[pair] == judge[pair]) {
                right++;
            }
        }
        int majority = Arrays.stream(count).max().orElse(0);
        return Accuracy.of(right, human.length, majority, "there are no pairs");
    }
}
