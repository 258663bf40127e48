package org.diptych.service.campaign;

/**
 * How far an annotator and the campaign are, as the annotator sees it.
 *
 * @param mine pairs whose latest label by this annotator is an answer, gold among them
 * @param today those whose first answer is of today, where the annotator lives
 * @param open slots that nobody holds
 * @param wanted all slots
 * @param filled slots with a label
 */
public record AnnotatorProgress(long mine, long today, long open, long wanted, long filled) {}
