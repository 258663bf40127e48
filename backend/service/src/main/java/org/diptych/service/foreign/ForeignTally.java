package org.diptych.service.foreign;

import java.util.ArrayList;
import java.util.List;

/** Counts what an import from another tool does while it runs. */
final class ForeignTally {
    private static final int MOST_LISTED = 1_000;

    private final List<ForeignProblem> problems = new ArrayList<>();
    private long rejectedRows;
    private long added;
    private long unchanged;
    private long rejectedLabels;
    private long skipped;

    /** Lists a problem, while there is room for it. */
    void add(ForeignProblem problem) {
        if (problems.size() < MOST_LISTED) {
            problems.add(problem);
        }
    }

    /** A row came to nothing. */
    void countRow() {
        rejectedRows++;
    }

    void rejectRow(ForeignProblem problem) {
        add(problem);
        countRow();
    }

    void rejectLabel(ForeignProblem problem) {
        add(problem);
        rejectedLabels++;
    }

    /** An answer is none. */
    void skip() {
        skipped++;
    }

    void labelsAdded(long labels) {
        added += labels;
    }

    void labelUnchanged() {
        unchanged++;
    }

    boolean hasProblems() {
        return rejectedRows + rejectedLabels > 0;
    }

    List<ForeignProblem> problems() {
        return List.copyOf(problems);
    }

    long rejectedRows() {
        return rejectedRows;
    }

    long added() {
        return added;
    }

    long unchanged() {
        return unchanged;
    }

    long rejectedLabels() {
        return rejectedLabels;
    }

    long skipped() {
        return skipped;
    }
}
