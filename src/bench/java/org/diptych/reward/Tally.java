package org.diptych.reward;

import org.diptych.protocol.Verdict;

/** Counts agreement with the truth: per dimension and for the sum, on strict pairs and on all pairs. */
final class Tally {

    /** Instruction following, visual quality, overall; each without ties, then each with ties. */
    static final int COLUMNS = 6;

    private static final int OVERALL = EditSet.DIMENSIONS.size();

    private final double[] right = new double[COLUMNS];
    private final double[] all = new double[COLUMNS];

    /** How a rule compares two candidates, given by their rows; the dimension after the last is the overall comparison. */
    interface Rule {

        /** Above 0 if the first is better. */
        double difference(int first, int second, int dimension);

        /** The verdict, ties allowed. */
        Verdict verdict(int first, int second, int dimension);
    }

    /** Judges every pair of an item. */
    void add(EditSet.Item item, Rule rule) {
        for (int a = 0; a < item.rows().length; a++) {
            for (int b = a + 1; b < item.rows().length; b++) {
                int sum = 0;
                for (int d = 0; d < OVERALL; d++) {
                    int gap = item.truth()[a][d] - item.truth()[b][d];
                    sum += gap;
                    count(d, gap, item.rows()[a], item.rows()[b], rule);
                }
                count(OVERALL, sum, item.rows()[a], item.rows()[b], rule);
            }
        }
    }

    private void count(int dimension, int gap, int first, int second, Rule rule) {
        if (gap != 0) {
            double predicted = rule.difference(first, second, dimension);
            all[dimension]++;
            right[dimension] += predicted == 0 ? 0.5 : gap * predicted > 0 ? 1 : 0;
        }
        all[OVERALL + 1 + dimension]++;
        if (rule.verdict(first, second, dimension) == Answers.compare(gap)) {
            right[OVERALL + 1 + dimension]++;
        }
    }

    /** Adds what another has counted. */
    void add(Tally other) {
        for (int c = 0; c < COLUMNS; c++) {
            right[c] += other.right[c];
            all[c] += other.all[c];
        }
    }

    /** Share right per column. */
    double[] shares() {
        double[] shares = new double[COLUMNS];
        for (int c = 0; c < COLUMNS; c++) {
            shares[c] = right[c] / all[c];
        }
        return shares;
    }
}
