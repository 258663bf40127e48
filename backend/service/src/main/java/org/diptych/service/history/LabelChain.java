package org.diptych.service.history;

import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * Appends labels to the chain of their campaign once they are committed, in the order of their numbers as far as they can be
 * seen. A label that commits later than one with a higher number comes after it, and still comes: a place up to which nothing
 * is looked for any more is passed only when every transaction that could have written before it has ended.
 */
@Service
public class LabelChain {
    private static final int ROUND = 5_000;

    private final ChainTable table;
    /** The place that is passed when its time has come; another process that appends has its own. */
    private ChainTable.@Nullable Moment pending;

    LabelChain(ChainTable table) {
        this.table = table;
    }

    /**
     * Appends every label that is visible and not in the chain yet.
     *
     * @param stopping asked between rounds
     * @return how many
     */
    public synchronized int extend(BooleanSupplier stopping) {
        // before what is appended is looked for: it must include everything that ended before this
        boolean passed = pending != null && table.hasPassed(pending);
        int appended = 0;
        var round = new ChainTable.Appended(ROUND, table.mark());
        while (round.labels() == ROUND) {
            if (stopping.getAsBoolean() || Thread.currentThread().isInterrupted()) {
                return appended;
            }
            var next = table.append(round.last(), ROUND);
            if (next.isEmpty()) {
                return appended;
            }
            round = next.get();
            appended += round.labels();
        }
        if (pending == null) {
            pending = table.moment();
        } else if (passed) {
            table.advance(pending.sequence());
            pending = table.moment();
        }
        return appended;
    }
}
