package org.diptych.reward;

/** Features by row, one row per candidate; rows may come from memory or from a file. */
public interface FeatureTable {

    /** Number of rows. */
    int size();

    /** The features of one row; the caller does not change them. */
    float[] row(int index);

    /** A table in memory. */
    static FeatureTable of(float[][] rows) {
        return new FeatureTable() {
            @Override
            public int size() {
                return rows.length;
            }

            @Override
            public float[] row(int index) {
                return rows[index];
            }
        };
    }
}
