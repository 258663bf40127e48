package org.diptych.fault;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One fault, again and again under a storm of labels.
 *
 * @param fault what was done
 * @param rounds how often
 * @param acknowledged labels that were acknowledged meanwhile
 * @param unavailable requests that were told to come again later
 * @param unheard requests that got no answer
 * @param slowest seconds from the fault to the next label, the longest
 * @param faults what went wrong; nothing is to
 */
record Trial(
        String fault, int rounds, int acknowledged, int unavailable, int unheard, double slowest, List<String> faults) {
    private static final long LONGEST_WAIT = 240;
    /** Labels between two faults: an answer that was on its way when the fault came is no sign of anything. */
    private static final int BETWEEN = 40;

    static final String HEADER = """
            | fault | rounds | labels acknowledged | told to come again | unheard | longest without a label | lost, doubled, wrong answers |
            |---|---|---|---|---|---|---|""";

    /** Does what is to go wrong, and whatever people do about it: nothing where the product is to manage alone. */
    @FunctionalInterface
    interface Strike {
        void run(Storm storm) throws Exception;
    }

    static Trial of(String fault, Study study, List<String> nodes, List<Client> annotators, int rounds, Strike strike)
            throws Exception {
        var faults = new ArrayList<String>();
        double slowest = 0;
        var storm = new Storm(nodes, study.id(), annotators);
        try (storm) {
            int round = 0;
            for (; round < rounds && storm.awaitLabels(BETWEEN, LONGEST_WAIT); round++) {
                long begin = System.nanoTime();
                strike.run(storm);
                storm.awaitLabels(1, LONGEST_WAIT);
                slowest = Math.max(slowest, (System.nanoTime() - begin) / 1e9);
            }
            if (round < rounds || !storm.awaitLabels(BETWEEN, LONGEST_WAIT)) {
                faults.add("no label came any more after round " + round);
            }
        }
        study.acknowledged().addAll(storm.acknowledged());
        faults.addAll(study.faults(nodes.getFirst()));
        faults.addAll(storm.wrong());
        var trial = new Trial(
                fault, rounds, storm.acknowledged().size(), storm.unavailable(), storm.unheard(), slowest, faults);
        System.out.println(trial.row());
        return trial;
    }

    /** A row of the table. */
    String row() {
        return String.format(
                Locale.ROOT,
                "| %s | %d | %d | %d | %d | %.1f s | %s |",
                fault,
                rounds,
                acknowledged,
                unavailable,
                unheard,
                slowest,
                faults.isEmpty() ? "0" : String.join("; ", faults));
    }
}
