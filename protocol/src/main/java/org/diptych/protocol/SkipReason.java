package org.diptych.protocol;

/**
 * A reason for which an annotator may leave a pair unanswered.
 *
 * @param id stable name in stored labels
 * @param title what the annotator reads
 */
public record SkipReason(String id, LocalizedText title) {}
