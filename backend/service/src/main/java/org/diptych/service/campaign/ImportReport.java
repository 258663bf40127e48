package org.diptych.service.campaign;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What an import did, or, when it was a dry run, would do.
 *
 * @param campaign the campaign, null when there is none (a dry run, or nothing could be imported)
 * @param name its name
 * @param dryRun whether nothing was changed on purpose
 * @param items new items
 * @param candidates new candidates
 * @param pairs new pairs
 * @param unchanged items that were there already with the same content
 * @param rejected rows with at least one problem
 * @param problems the first problems, in the order of the manifest
 * @param warned rows that were taken although something is odd about them
 * @param warnings the first oddities, in the order of the manifest
 */
public record ImportReport(
        @Nullable UUID campaign,
        String name,
        boolean dryRun,
        long items,
        long candidates,
        long pairs,
        long unchanged,
        long rejected,
        List<ImportProblem> problems,
        long warned,
        List<ImportWarning> warnings) {
    public ImportReport {
        problems = List.copyOf(problems);
        warnings = List.copyOf(warnings);
    }

    /** Whether the manifest as a whole was refused: no row could be imported, or strictness forbade it. */
    public boolean refused() {
        return items == 0 && unchanged == 0;
    }
}
