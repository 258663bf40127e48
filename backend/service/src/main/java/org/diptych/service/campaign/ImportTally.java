package org.diptych.service.campaign;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Counts what an import does while it runs. */
final class ImportTally {
    private final int maximumProblems;
    private final List<ImportProblem> problems = new ArrayList<>();
    private final List<ImportWarning> warnings = new ArrayList<>();
    private final ManifestColumns columns = new ManifestColumns();
    private long items;
    private long candidates;
    private long pairs;
    private long unchanged;
    private long rejected;
    private long warned;

    ImportTally(int maximumProblems) {
        this.maximumProblems = maximumProblems;
    }

    /** A row was rejected for the given reasons. */
    void reject(List<ImportProblem> reasons) {
        rejected++;
        for (var reason : reasons) {
            if (problems.size() < maximumProblems) {
                problems.add(reason);
            }
        }
    }

    /** A row is taken although it is odd. */
    void warn(List<ImportWarning> oddities) {
        if (!oddities.isEmpty()) {
            warned++;
            oddities.stream().limit(maximumProblems - warnings.size()).forEach(warnings::add);
        }
    }

    void unchanged(long rows) {
        unchanged += rows;
    }

    void added(List<PreparedRow> rows) {
        items += rows.size();
        for (var row : rows) {
            candidates += row.images().size();
            pairs += row.pairs().size();
            columns.added(row);
        }
    }

    /** Rows were understood, whether or not they are new. */
    void understood(List<PreparedRow> rows) {
        rows.forEach(columns::add);
    }

    /** What stands in the rows that were understood. */
    ManifestContents contents() {
        return columns.contents();
    }

    boolean hasProblems() {
        return rejected > 0;
    }

    ImportReport report(@Nullable UUID campaign, String name, boolean dryRun) {
        return new ImportReport(
                campaign, name, dryRun, items, candidates, pairs, unchanged, rejected, inOrder(), warned, warnings);
    }

    /** Nothing was imported because of the problems. */
    ImportReport refusal(@Nullable UUID campaign, String name, boolean dryRun) {
        return new ImportReport(campaign, name, dryRun, 0, 0, 0, 0, rejected, inOrder(), 0, List.of());
    }

    private List<ImportProblem> inOrder() {
        var sorted = new ArrayList<>(problems);
        sorted.sort(Comparator.comparingInt(ImportProblem::line));
        return Collections.unmodifiableList(sorted);
    }
}
