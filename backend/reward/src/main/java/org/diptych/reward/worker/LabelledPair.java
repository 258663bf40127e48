package org.diptych.reward.worker;

import java.util.Map;
import java.util.UUID;
import org.diptych.protocol.Answer;
import org.diptych.protocol.Verdict;

/**
 * A label of a snapshot with what training needs to know about its pair.
 *
 * @param pair the pair
 * @param first its first candidate
 * @param second its second candidate
 * @param source digest of the source image's file
 * @param group digest of what the source image shows, the same in every format: splits never separate a group
 * @param instruction what was asked of the editors
 * @param annotator who answered
 * @param swapped whether the second candidate was at the left
 * @param uniform whether the pair was drawn at random
 * @param acquired whether a model had put the pair in front
 * @param answers per dimension
 * @param overall the derived overall verdict
 */
record LabelledPair(
        UUID pair,
        UUID first,
        UUID second,
        String source,
        String group,
        String instruction,
        UUID annotator,
        boolean swapped,
        boolean uniform,
        boolean acquired,
        Map<String, Answer> answers,
        Verdict overall) {}
