package org.diptych.statistics.replay;

import org.diptych.statistics.acquisition.PairFeatures;

/**
 * The labels that a preference model learns from: one row per labelled pair (or per label), with counts, which may be
 * fractions when labels are weighted by the reliability of their annotators.
 *
 * @param features feature difference of each row
 * @param first weight of the labels that prefer the first candidate
 * @param tie weight of the labels that see no difference
 * @param second weight of the labels that prefer the second candidate
 */
public record PairLabels(PairFeatures features, double[] first, double[] tie, double[] second) {
    /** Checks lengths and values. */
    public PairLabels {
        if (first.length != features.size() || tie.length != features.size() || second.length != features.size()) {
            throw new IllegalArgumentException("%d rows of features, but %d, %d and %d counts"
                    .formatted(features.size(), first.length, tie.length, second.length));
        }
        for (int row = 0; row < first.length; row++) {
            double total = first[row] + tie[row] + second[row];
            if (!(first[row] >= 0 && tie[row] >= 0 && second[row] >= 0 && total < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException(
                        "Row %d has the counts %s, %s, %s".formatted(row, first[row], tie[row], second[row]));
            }
        }
    }

    /** Number of rows. */
    public int size() {
        return first.length;
    }

    /** Weight of all labels, rounded: how many there are. */
    int count() {
        double sum = 0;
        for (int row = 0; row < size(); row++) {
            sum += total(row);
        }
        return (int) Math.round(sum);
    }

    /** Weight of all labels of the row. */
    double total(int row) {
        return first[row] + tie[row] + second[row];
    }

    /** Weight for the first candidate, a tie counting half for each side. */
    double wins(int row) {
        return first[row] + tie[row] / 2;
    }
}
