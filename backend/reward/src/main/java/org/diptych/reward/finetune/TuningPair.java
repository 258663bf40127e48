package org.diptych.reward.finetune;

import java.util.List;
import org.diptych.protocol.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * A label that the backbone learns from. Pictures are named, not held: they are read when their turn comes.
 *
 * @param source name of the picture before the edits
 * @param first name of the first edit
 * @param second name of the second
 * @param instruction what was asked of both
 * @param verdicts one per dimension; null where there is none
 */
public record TuningPair(
        String source, String first, String second, String instruction, List<@Nullable Verdict> verdicts) {}
