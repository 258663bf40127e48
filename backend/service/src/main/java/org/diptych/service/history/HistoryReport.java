package org.diptych.service.history;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a verification found.
 *
 * @param intact whether nothing is amiss
 * @param campaigns the chain of each campaign
 * @param protocols the published protocols
 * @param pictures pictures, evidence maps and models
 * @param counts numbers of rows that have to agree
 */
public record HistoryReport(
        boolean intact, List<Chain> campaigns, Protocols protocols, Files pictures, List<Count> counts) {
    /**
     * The chain of a campaign.
     *
     * @param labels in the campaign
     * @param chained entries in the chain
     * @param waiting labels that are too new to be in it
     * @param head the last hash, lower-case hexadecimal, or empty: kept elsewhere, it tells a chain that was made anew
     * @param firstBreak the first place where it does not fit
     */
    public record Chain(
            UUID campaign,
            String name,
            long labels,
            long chained,
            long waiting,
            String head,
            @Nullable Break firstBreak) {}

    /**
     * A place where a chain does not fit.
     *
     * @param position of the entry, from 1; 0 for a label that is in no entry
     * @param label its label
     * @param what is wrong, in words
     */
    public record Break(long position, @Nullable UUID label, String what) {}

    /**
     * What a chain was known to hold.
     *
     * @param chained how many entries
     * @param head the hash of the last of them
     */
    public record Anchor(long chained, String head) {}

    /** Published protocols whose text is not what their digest says. */
    public record Protocols(long checked, List<String> changed) {}

    /**
     * Files in the object store.
     *
     * @param checked how many were read
     * @param bytes of them
     * @param wrong how many are missing or not what their name says
     * @param first the first of those, with what is wrong
     */
    public record Files(long checked, long bytes, long wrong, List<String> first) {}

    /**
     * Rows that have to agree with others.
     *
     * @param what the rule
     * @param wrong how many break it
     */
    public record Count(String what, long wrong) {}
}
