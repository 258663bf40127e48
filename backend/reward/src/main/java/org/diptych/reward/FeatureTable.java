package org.diptych.reward;

/** Features by row, one row per candidate. */
public final class FeatureTable {

    private final float[][] rows;

    private FeatureTable(float[][] rows) {
        this.rows = rows;
    }

    /** A table over rows that nobody changes. */
    public static FeatureTable of(float[][] rows) {
        return new FeatureTable(rows);
    }

    /** Number of rows. */
    int size() {
        return rows.length;
    }

    /** The features of one row. */
    float[] row(int index) {
        return rows[index];
    }
}
