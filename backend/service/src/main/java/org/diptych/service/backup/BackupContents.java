package org.diptych.service.backup;

import java.util.List;
import java.util.SortedMap;

/**
 * What a backup says at its end of all that it holds.
 *
 * @param tables what was written of each table
 * @param sequences the last number that each sequence gave; those that gave none are left out
 * @param objects pictures and models, held or named
 * @param missing keys of pictures and models that the installation itself had no more, or only damaged
 */
public record BackupContents(
        SortedMap<String, TableContent> tables,
        SortedMap<String, Long> sequences,
        ObjectsContent objects,
        List<String> missing) {
    /**
     * A table's content.
     *
     * @param rows how many
     * @param bytes of their text form, before compression
     * @param sha256 of the same
     */
    public record TableContent(long rows, long bytes, String sha256) {}

    /**
     * All pictures and models.
     *
     * @param count how many
     * @param bytes of all
     * @param sha256 of their keys and digests, in the order in which they stand
     */
    public record ObjectsContent(long count, long bytes, String sha256) {}
}
