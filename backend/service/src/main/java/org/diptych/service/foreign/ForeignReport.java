package org.diptych.service.foreign;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What an import from another tool did, or, when it was a dry run, would do.
 *
 * @param campaign null when there is none (a dry run, or nothing could be imported)
 * @param name its name
 * @param dryRun whether nothing was changed on purpose
 * @param mapping that the files were read with
 * @param items new items
 * @param candidates new candidates
 * @param pairs new pairs
 * @param unchanged items that were there already with the same content
 * @param rejected rows and items with at least one problem
 * @param labels new imported labels
 * @param labelsUnchanged labels that were there already
 * @param labelsRejected labels with a problem
 * @param skipped answers that are none: cancelled, drafts, discarded
 * @param problems the first problems
 * @param warned items that were taken although something is odd about them
 * @param warnings the first oddities
 */
public record ForeignReport(
        @Nullable UUID campaign,
        String name,
        boolean dryRun,
        ImportMapping mapping,
        long items,
        long candidates,
        long pairs,
        long unchanged,
        long rejected,
        long labels,
        long labelsUnchanged,
        long labelsRejected,
        long skipped,
        List<ForeignProblem> problems,
        long warned,
        List<ForeignProblem> warnings) {
    public ForeignReport {
        problems = List.copyOf(problems);
        warnings = List.copyOf(warnings);
    }

    /** Whether the files as a whole were refused: no row could be imported, or strictness forbade it. */
    public boolean refused() {
        return items == 0 && unchanged == 0;
    }
}
