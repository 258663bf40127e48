package org.diptych.service.campaign;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What an import may cost.
 *
 * @param maximumArchiveBytes of an uploaded archive
 * @param maximumArchiveEntries files in an archive; fewer where memory is scarce, because their names are held in it
 * @param maximumUnpackedBytes of all files of an archive together
 * @param maximumRatio unpacked to packed size of a manifest or picture larger than 1 MB: bombs compress better
 * @param maximumItems rows of a manifest
 * @param maximumLineBytes of a row
 * @param maximumCandidates of an item: n candidates make n (n - 1) / 2 pairs
 * @param maximumPairs that the new items of a manifest make together: a picture in many of them costs nothing to send
 * @param maximumProblems that a report lists; all are counted
 */
@ConfigurationProperties("diptych.imports")
record ImportLimits(
        @DefaultValue("20000000000") long maximumArchiveBytes,
        @DefaultValue("1000000") int maximumArchiveEntries,
        @DefaultValue("60000000000") long maximumUnpackedBytes,
        @DefaultValue("200") int maximumRatio,
        @DefaultValue("1000000") int maximumItems,
        @DefaultValue("1000000") int maximumLineBytes,
        @DefaultValue("64") int maximumCandidates,
        @DefaultValue("1000000") long maximumPairs,
        @DefaultValue("1000") int maximumProblems) {
    private static final int MEMORY_PER_ENTRY = 700;

    /** For whoever reads an archive that is already there. */
    static final ImportLimits OF_OWNER = new ImportLimits(
            Long.MAX_VALUE,
            Integer.MAX_VALUE,
            Long.MAX_VALUE,
            200,
            Integer.MAX_VALUE,
            100_000_000,
            64,
            Long.MAX_VALUE,
            1000);

    ImportLimits {
        var affordable = Runtime.getRuntime().maxMemory() / 4 / MEMORY_PER_ENTRY;
        maximumArchiveEntries = (int) Math.min(maximumArchiveEntries, affordable);
    }
}
