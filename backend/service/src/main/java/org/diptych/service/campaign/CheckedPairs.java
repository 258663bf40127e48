package org.diptych.service.campaign;

/**
 * Pairs that were read.
 *
 * @param report what would become, or has become, of each row
 * @param contents what stands in the rows that were understood
 */
public record CheckedPairs(ImportReport report, ManifestContents contents) {}
