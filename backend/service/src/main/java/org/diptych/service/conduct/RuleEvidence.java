package org.diptych.service.conduct;

import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * What a rule found.
 *
 * @param cause which rule
 * @param action what it does
 * @param figures what the rule says and what it found, in the order in which they are shown
 * @param labels the labels of it that can be disputed, the latest of many
 * @param upTo the last label that was looked at
 */
record RuleEvidence(Cause cause, RuleAction action, Map<String, Object> figures, List<UUID> labels, long upTo) {
    RuleEvidence {
        labels = List.copyOf(labels);
    }
}
