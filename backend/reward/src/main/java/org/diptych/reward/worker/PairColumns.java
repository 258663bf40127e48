package org.diptych.reward.worker;

import java.util.Arrays;
import java.util.UUID;

/** Pairs in columns: a campaign may have hundreds of thousands. */
final class PairColumns {
    private static final int START = 1_024;

    private UUID[] ids = new UUID[START];
    private int[] first = new int[START];
    private int[] second = new int[START];
    private int[] items = new int[START];
    private int[] groups = new int[START];
    private int[] labels = new int[START];
    private int size;

    /**
     * Adds a pair.
     *
     * @param firstRow row of its first candidate
     * @param secondRow row of its second candidate
     * @param item number of its item
     * @param group number of its source image
     * @param filled labels that it has
     */
    void add(UUID id, int firstRow, int secondRow, int item, int group, int filled) {
        if (size == ids.length) {
            int capacity = size * 2;
            ids = Arrays.copyOf(ids, capacity);
            first = Arrays.copyOf(first, capacity);
            second = Arrays.copyOf(second, capacity);
            items = Arrays.copyOf(items, capacity);
            groups = Arrays.copyOf(groups, capacity);
            labels = Arrays.copyOf(labels, capacity);
        }
        ids[size] = id;
        first[size] = firstRow;
        second[size] = secondRow;
        items[size] = item;
        groups[size] = group;
        labels[size] = filled;
        size++;
    }

    int size() {
        return size;
    }

    UUID id(int pair) {
        return ids[pair];
    }

    int[] first() {
        return Arrays.copyOf(first, size);
    }

    int[] second() {
        return Arrays.copyOf(second, size);
    }

    int[] items() {
        return Arrays.copyOf(items, size);
    }

    int[] groups() {
        return Arrays.copyOf(groups, size);
    }

    int[] labels() {
        return Arrays.copyOf(labels, size);
    }

    /** The pairs for which it says true, in the same order. */
    PairColumns where(boolean[] kept) {
        var result = new PairColumns();
        for (int pair = 0; pair < size; pair++) {
            if (kept[pair]) {
                result.add(ids[pair], first[pair], second[pair], items[pair], groups[pair], labels[pair]);
            }
        }
        return result;
    }

    /** How many different items, and groups, there are. */
    int distinctItems() {
        return (int) Arrays.stream(items, 0, size).distinct().count();
    }

    int distinctGroups() {
        return (int) Arrays.stream(groups, 0, size).distinct().count();
    }
}
