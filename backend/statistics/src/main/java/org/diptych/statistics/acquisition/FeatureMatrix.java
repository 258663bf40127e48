package org.diptych.statistics.acquisition;

import java.util.List;
import java.util.Objects;

/**
 * A table of feature vectors in single precision, row after row.
 *
 * <p>Kept in blocks of at most 16 MiB, so that a gigabyte of features needs no gigabyte of contiguous memory. Not
 * thread-safe while rows are written; safe to read from many threads afterwards.
 */
public final class FeatureMatrix implements PairFeatures {
    private static final int BLOCK_ELEMENTS = 1 << 22;

    private final int size;
    private final int width;
    private final int rowsPerBlock;
    private final float[][] blocks;

    private FeatureMatrix(int size, int width) {
        if (size < 0 || width < 1) {
            throw new IllegalArgumentException("A feature matrix of %d rows x %d columns".formatted(size, width));
        }
        this.size = size;
        this.width = width;
        rowsPerBlock = Math.max(1, BLOCK_ELEMENTS / width);
        blocks = new float[Math.ceilDiv(size, rowsPerBlock)][];
        for (int block = 0; block < blocks.length; block++) {
            int rows = Math.min(rowsPerBlock, size - block * rowsPerBlock);
            blocks[block] = new float[rows * width];
        }
    }

    /** A matrix of zeros to be filled with {@link #set}. */
    public static FeatureMatrix zeros(int size, int width) {
        return new FeatureMatrix(size, width);
    }

    /**
     * A copy of the given rows.
     *
     * @throws IllegalArgumentException when there is no row, or the rows differ in length
     */
    public static FeatureMatrix of(List<float[]> rows) {
        if (rows.isEmpty()) {
            throw new IllegalArgumentException("No rows: the width is unknown, use zeros(0, width)");
        }
        var matrix = new FeatureMatrix(rows.size(), rows.getFirst().length);
        for (int row = 0; row < rows.size(); row++) {
            matrix.set(row, rows.get(row));
        }
        return matrix;
    }

    /**
     * Writes one row.
     *
     * @throws IllegalArgumentException when the length is not the width, or a value is not finite
     */
    public void set(int row, float[] values) {
        Objects.checkIndex(row, size);
        if (values.length != width) {
            throw new IllegalArgumentException("Row %d has %d features, not %d".formatted(row, values.length, width));
        }
        for (int column = 0; column < width; column++) {
            if (!Float.isFinite(values[column])) {
                throw new IllegalArgumentException(
                        "Row %d, feature %d is %s; features must be finite".formatted(row, column, values[column]));
            }
        }
        System.arraycopy(values, 0, blocks[row / rowsPerBlock], row % rowsPerBlock * width, width);
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public int width() {
        return width;
    }

    @Override
    public void read(int row, float[] target) {
        System.arraycopy(blocks[row / rowsPerBlock], row % rowsPerBlock * width, target, 0, width);
    }

    void subtract(int row, float[] target) {
        float[] block = blocks[row / rowsPerBlock];
        int offset = row % rowsPerBlock * width;
        for (int column = 0; column < width; column++) {
            target[column] -= block[offset + column];
        }
    }
}
