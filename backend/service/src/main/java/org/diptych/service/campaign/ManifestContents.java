package org.diptych.service.campaign;

import java.util.Map;

/**
 * What stands in the rows of a manifest that were understood, and that do not differ from what is in the campaign.
 *
 * @param rows number of rows
 * @param columns in how many rows each key of an item stands; keys that the product does not know are kept as metadata
 * @param candidateColumns in how many candidates each key of a candidate stands
 * @param categories pairs of each category, the largest first; of the first categories only
 * @param known new pairs with a known answer, by what it is for: {@code gold}, {@code qualification}
 */
public record ManifestContents(
        long rows,
        Map<String, Long> columns,
        Map<String, Long> candidateColumns,
        Map<String, Long> categories,
        Map<String, Long> known) {}
