package org.diptych.reward;

import java.util.List;

/** Features, the loss or a gradient held NaN or infinity. No model was made; what was there before stays. */
public class NotFiniteException extends TrainingException {

    private static final long serialVersionUID = 1L;

    /** What the numbers belong to. */
    public enum Kind {
        /** Rows of the feature table. */
        CANDIDATES,
        /** Labels of the training set. */
        LABELS
    }

    private final Kind kind;
    private final List<Integer> rows;

    NotFiniteException(Kind kind, List<Integer> rows, String message) {
        super(message);
        this.kind = kind;
        this.rows = List.copyOf(rows);
    }

    /** The loss or its gradient is not finite, with the places of the labels. */
    public static NotFiniteException ofLabels(List<Integer> rows) {
        return new NotFiniteException(
                Kind.LABELS,
                rows,
                "the loss or its gradient is not finite in the batch with the labels "
                        + rows.stream().limit(20).toList()
                        + (rows.size() > 20 ? " and %d more".formatted(rows.size() - 20) : ""));
    }

    static NotFiniteException ofFeature(int row, int feature, float value) {
        return new NotFiniteException(
                Kind.CANDIDATES,
                List.of(row),
                "feature %d of row %d is %s; encode this candidate again".formatted(feature, row, value));
    }

    /** What {@link #rows} counts. */
    public Kind kind() {
        return kind;
    }

    /** Which ones, from 0. */
    public List<Integer> rows() {
        return rows;
    }
}
