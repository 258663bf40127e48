package org.diptych.command;

import java.util.List;
import org.diptych.statistics.replay.ReplayReport.PolicyReport;

/**
 * The JSON of {@code diptych replay}.
 *
 * @param policies one entry per arm, uniform first
 * @param uniformTarget uniform's accuracy with the whole budget
 * @param defaultPolicy what {@code --policy default} stands for
 * @param table what was replayed
 * @param settings how
 */
record ReplayOutput(
        List<PolicyReport> policies, double uniformTarget, String defaultPolicy, Table table, Settings settings) {
    /** The table after columns and models that are mostly empty were left out. */
    record Table(int edits, int items, int pairs, int majorityTies, int raters, int features) {}

    /** The options in force. */
    record Settings(
            String prior,
            boolean ties,
            String labelsPerPair,
            int batch,
            int labels,
            int splits,
            int heldOut,
            List<Double> reliabilities,
            long seed) {}
}
